/** Exercises on their pages, the classroom, and a run of one's own. */
import { AxeBuilder } from '@axe-core/playwright';
import { expect, test } from '@playwright/test';
import {
  globSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Judge } from '../../src/exercise/judge.ts';
import {
  attemptsOf,
  attemptText,
  findExercises,
} from '../../src/exercise/materials.ts';
import { serve } from '../../src/site/serve.ts';
import { answerKeys } from './answer-key.ts';

const exercises = findExercises();
const parking = exercises.find(({ slug }) => slug === 'parking')!;
const chapter = `${parking.chapter}/`;

test('a chapter ends with its exercises', async ({ page }) => {
  await page.goto(chapter);
  const section = page.locator(`[data-exercise="${parking.id}"]`);
  await expect(section.getByRole('heading')).toHaveText(/Room for one/);
  await expect(section).toContainText('About 20 minutes, 9 points.');
  await expect(section).toContainText(`npm run chapter exercise ${parking.id}`);
  const hints = section.locator('details');
  await expect(hints).toHaveCount(3);
  await expect(hints.first().locator('p')).toBeHidden();
  await hints.first().locator('summary').click();
  await expect(hints.first().locator('p')).toBeVisible();
  const { violations } = await new AxeBuilder({ page })
    .include('.exercises')
    .analyze();
  expect(violations.map(({ id, nodes }) => [id, nodes[0]?.html])).toEqual([]);
});

test('progress of the terminal shows beside exercises and chapters', async ({
  page,
}) => {
  const own = { score: 9, points: 9, hints: 0 };
  const progress = {
    format: 'inside-the-loop/progress',
    version: 1,
    chapters: {},
    exercises: { [parking.id]: own },
  };
  await page.addInitScript((text) => {
    localStorage.setItem('progress', text);
  }, JSON.stringify(progress));
  await page.goto(chapter);
  const section = page.locator(`[data-exercise="${parking.id}"]`);
  await expect(section).toContainText('You passed it.');
  await page.goto('chapters/');
  const item = page.locator(`main [data-chapter="${parking.chapter}"]`);
  await expect(item).toContainText(/, 1 of \d+ exercises/);
});

for (const colorScheme of ['light', 'dark'] as const) {
  test(`the classroom is accessible in ${colorScheme}`, async ({ page }) => {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    await page.goto('classroom/');
    const { violations } = await new AxeBuilder({ page }).analyze();
    expect(violations.map(({ id, nodes }) => [id, nodes[0]?.html])).toEqual([]);
  });
}

test('recipes are downloaded as they are', async ({ page }) => {
  await page.goto('classroom/');
  const download = page.waitForEvent('download');
  await page.getByRole('link', { name: 'Exercism-shaped runner' }).click();
  const file = await (await download).path();
  const recipe = 'content/classroom/recipes/exercism-run.sh';
  expect(readFileSync(file, 'utf8')).toBe(readFileSync(recipe, 'utf8'));
});

test('the link of a failed check opens the step in the own run', async ({
  page,
}) => {
  const folder = mkdtempSync(join(tmpdir(), 'book-'));
  const own = join(folder, parking.id);
  mkdirSync(own, { recursive: true });
  const judge = new Judge();
  const [mistake] = attemptsOf(parking).wrong;
  const text = attemptText(parking, mistake!);
  const { pairs } = await judge.judge(parking, text, { traces: true });
  judge.close();
  writeFileSync(join(own, 'trace.json'), pairs[0]!.own);
  const { server, address } = await serve('dist', 4470, folder);
  try {
    const step = 'call PodWorkers.updatePod sync';
    const place = new URLSearchParams({
      workbook: `${parking.id}/trace.json`,
      step,
    });
    await page.goto(`${address}${chapter}#${place.toString()}`);
    await page.locator('[data-stage]').scrollIntoViewIfNeeded();
    const stage = page.locator('[data-stage]');
    await expect(stage).toContainText('your file');
    await expect(stage).toContainText(/request to sync arrives/i);
  } finally {
    server.close();
    server.closeAllConnections();
    rmSync(folder, { recursive: true });
  }
});

test('nothing of the solutions is in the site', () => {
  const flat = (text: string): string => text.replace(/\s+/g, ' ').trim();
  const secrets = exercises.flatMap((exercise) => {
    const { alternative, key = {}, wrong } = attemptsOf(exercise);
    const attempts = [alternative, ...wrong].flatMap(({ body, says }) => [
      says,
      body ?? '',
    ]);
    const reasons = Object.values(key).flatMap((one) => [
      one.otherwise,
      ...Object.values(one.wrong ?? {}),
    ]);
    return [...attempts, ...reasons].map(flat);
  });
  const answers = answerKeys().flatMap((key) => key.telling);
  const telling = [...secrets, ...answers].filter((text) => text.length > 40);
  const files = globSync('dist/**/*.{html,js,json,css,txt,xml,md,yaml,ts}')
    .filter((path) => statSync(path).isFile())
    .filter((path) => !path.includes('/traces/'));
  expect(files.length).toBeGreaterThan(100);
  for (const file of files) {
    const text = flat(readFileSync(file, 'utf8'));
    const found = telling.filter((secret) => text.includes(secret));
    expect(found, file).toEqual([]);
  }
});
