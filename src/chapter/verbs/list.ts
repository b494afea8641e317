/**
 * `chapter list`: which chapters and scenarios there are, and what of them
 * was run.
 */
import type { Command } from 'commander';
import { findChapters, loadScenario, partIds } from '../catalog.ts';
import type { Chapter } from '../catalog.ts';
import { readProgress } from '../progress.ts';
import { paintFor, say } from '../terminal.ts';

const partNames: Readonly<Record<(typeof partIds)[number], string>> = {
  knative: 'Knative Serving 0.4.1',
  kubelet: 'The kubelet of Kubernetes 1.13.5',
  tomcat: 'WebSocket in Tomcat 7.0.88',
  whole: 'All of it together',
};

/** Adds the verb to the command line. */
export function addList(program: Command): void {
  program
    .command('list')
    .description('list the chapters and your progress')
    .option('--json', 'as one JSON document')
    .action(async ({ json }: { readonly json?: boolean }) => {
      if (json === true) say(JSON.stringify(await described(), undefined, 2));
      else say(overview(findChapters()));
    });
}

async function described(): Promise<unknown> {
  const { lookForExercises } = await import('../../exercise/materials.ts');
  const { usable } = await import('../exercises.ts');
  const exercises = usable(lookForExercises());
  return Promise.all(
    findChapters().map(async ({ id, part, title, scenarios }) => ({
      id,
      part,
      title,
      scenarios: await Promise.all(
        scenarios.map(async (name) => {
          const { title: scenarioTitle } = await loadScenario(id, name);
          return { id: name, title: scenarioTitle };
        }),
      ),
      exercises: exercises
        .filter(({ chapter }) => chapter === id)
        .map((exercise) => ({ id: exercise.id, title: exercise.title })),
    })),
  );
}

function overview(chapters: readonly Chapter[]): string {
  const { strong, faint } = paintFor(process.stdout);
  const progress = readProgress();
  const width = Math.max(...chapters.map(({ id }) => id.length), 0);
  const row = ({ id, title, minutes, scenarios }: Chapter): string => {
    const run = progress.chapters[id]?.scenarios ?? [];
    const done = scenarios.filter((name) => run.includes(name)).length;
    const facts = [
      ...(minutes === undefined ? [] : [`${minutes} min`]),
      `${done} of ${scenarios.length} scenarios run`,
    ];
    return `  ${strong(id.padEnd(width))}  ${title}  ${faint(`(${facts.join(', ')})`)}`;
  };
  const parts = partIds.flatMap((part) => {
    const own = chapters.filter((chapter) => chapter.part === part);
    return own.length === 0 ? [] : [[partNames[part], ...own.map(row)]];
  });
  const [first] = chapters;
  const hint =
    first === undefined
      ? 'There is no chapter yet.'
      : `Run one with: npm run chapter ${first.id.replace(/-.*/, '')}`;
  return [...parts.map((lines) => lines.join('\n')), hint].join('\n\n');
}
