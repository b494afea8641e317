/** A long recording: opened by a worker and in slices, and then like any. */
import { expect, test } from '@playwright/test';
import { machineTrace } from '../../src/site/machine-trace.ts';
import { writeTrace } from '../../src/trace/pack.ts';

test('a long recording opens while the page stays awake', async ({ page }) => {
  const trace = machineTrace({ rows: 150_000, objects: 40, workers: 8 });
  const body = writeTrace(trace);
  await page.route('**/traces/knative/02-service/hello-world.json', (route) =>
    route.fulfill({ contentType: 'application/json', body }),
  );
  await page.goto('knative/02-service/');
  const bar = page.locator('.stage progress');
  await expect(bar).toBeVisible({ timeout: 20_000 });
  // The text can be read, and the page answers, while it opens.
  await page.getByRole('button', { name: /theme$/ }).click();
  await expect(page.locator('.prose h1')).toBeVisible();
  const clock = page.locator('.stage .clock b');
  await expect(clock).toHaveText('1', { timeout: 50_000 });
  await page.keyboard.press('3');
  const slider = page.locator('.stage input[type=range]');
  const count = Number(await slider.getAttribute('max'));
  expect(count).toBeGreaterThan(100_000);
  await slider.fill(String(count >> 1));
  await page.keyboard.press('ArrowRight');
  await expect(clock).toHaveText(String((count >> 1) + 1));
  await expect(page.locator('.stage .now .l-number')).toHaveText(
    String((count >> 1) + 1),
  );
  await expect(page.locator('.stage .o-node')).toHaveCount(40);
  const drawn = await page.locator('.stage .l-picture *').count();
  expect(drawn).toBeLessThan(2000);
});
