/** The recipes for classrooms: files of `content/classroom/recipes/`. */
import { projectFilesBelow, readProjectFile } from './project.ts';

export interface Recipe {
  readonly file: string;
  readonly title: string;
  readonly about: string;
}

const folder = 'content/classroom/recipes';

const known: readonly Recipe[] = [
  {
    file: 'workflow.yml',
    title: 'Hosted continuous integration',
    about:
      'A workflow for GitHub, Forgejo or Gitea Actions. It marks the workbook on every push and keeps JUnit and CSV reports.',
  },
  {
    file: 'classroom50-tests.json',
    title: 'Classroom 50, declarative tests',
    about:
      'A tests file for Node, with a test for each check, so that credit is partial. Take it as a pattern for the exercises you set.',
  },
  {
    file: 'classroom50-autograder.py',
    title: 'Classroom 50, own grader',
    about:
      'An autograder.py that writes result.json. With the teacher’s copy beside it, hidden checks count too.',
  },
  {
    file: 'exercism-run.sh',
    title: 'Exercism-shaped runner',
    about: 'run.sh for whoever speaks that contract: slug, input, output.',
  },
  {
    file: 'Containerfile',
    title: 'A container',
    about: 'Marks a folder of submissions without a network.',
  },
];

/**
 * Every recipe, in the order in which the page lists them.
 *
 * @throws {RangeError} when folder and list disagree
 */
export function recipes(): readonly Recipe[] {
  const files = projectFilesBelow(folder).map((path) =>
    path.slice(folder.length + 1),
  );
  const listed = known.map(({ file }) => file);
  const odd = [
    ...files.filter((file) => !listed.includes(file)),
    ...listed.filter((file) => !files.includes(file)),
  ];
  if (odd.length === 0) return known;
  throw new RangeError(
    `Cannot list the recipes: folder and src/site/recipes.ts differ in ${odd.join(', ')}`,
  );
}

/** The text of a recipe. */
export const recipeText = (file: string): string =>
  readProjectFile(`${folder}/${file}`);
