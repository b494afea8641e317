/** No barrier on any chapter: at several steps, in every view, in both lights. */
import { AxeBuilder } from '@axe-core/playwright';
import { expect, test } from '@playwright/test';
import type { Page } from '@playwright/test';
import { globSync } from 'node:fs';
import { dirname, sep } from 'node:path';

const chapters = globSync('*/[0-9]*/index.mdx', { cwd: 'content' })
  .map((path) => dirname(path).split(sep).join('/'))
  .sort();

async function expectNothing(page: Page, where: string): Promise<void> {
  const { violations } = await new AxeBuilder({ page })
    .include('[data-stage]')
    .analyze();
  const found = violations.map(({ id, nodes }) => [id, nodes[0]?.html]);
  expect(found, where).toEqual([]);
}

/** Goes to a part of the run, from 0 for its first step to 1 for its last. */
async function seek(page: Page, part: number): Promise<void> {
  const slider = page.locator('.stage input[type=range]');
  const last = Number(await slider.getAttribute('max'));
  const n = String(Math.max(1, Math.round(last * part)));
  await slider.fill(n);
  await expect(page.locator('.stage .clock b')).toHaveText(n);
}

// From chapter to chapter another light, another step and another view.
for (const [index, chapter] of chapters.entries()) {
  const colorScheme = index % 2 === 0 ? 'light' : 'dark';

  test(`axe finds nothing on the stage of ${chapter}`, async ({ page }) => {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    await page.goto(`${chapter}/`);
    await page.waitForSelector('[data-stage][data-live]');
    await seek(page, (index % 5) / 4);
    const tabs = page.locator('.stage .tabs button');
    const tab = tabs.nth((index >> 1) % (await tabs.count()));
    await tab.click();
    await expectNothing(page, await tab.innerText());
  });
}

for (const colorScheme of ['light', 'dark'] as const) {
  test(`axe finds nothing at any part of a run in ${colorScheme}`, async ({
    page,
  }) => {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    await page.goto('knative/02-service/');
    await page.waitForSelector('[data-stage][data-live]');
    for (const part of [0, 0.5, 1]) {
      await seek(page, part);
      await expect(page.locator('.stage .c-page:not(.away)')).toBeVisible();
      await expectNothing(page, `at ${String(part)}`);
    }
  });
}

test('axe finds nothing in the sheets of the stage', async ({ page }) => {
  await page.emulateMedia({ reducedMotion: 'reduce' });
  await page.goto('tomcat/04-frames/');
  await page.waitForSelector('[data-stage][data-live]');
  for (const key of ['?', 'f', 'p']) {
    await page.keyboard.press(key);
    await expect(
      page.locator('.stage [role=dialog], .stage-frame.projector').first(),
    ).toBeVisible();
    await expectNothing(page, key);
    await page.keyboard.press(key);
  }
});
