/** The pages around the player: found, read, lit, searched, carried away. */
import { AxeBuilder } from '@axe-core/playwright';
import { expect, test } from '@playwright/test';
import type { Page } from '@playwright/test';
import { mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { serve } from '../../src/site/serve.ts';

const chapter = 'knative/02-service/';
const pages = [
  '',
  chapter,
  'chapters/',
  'knative/',
  'glossary/',
  'ledger/',
  'articles/',
  'classroom/',
  'classroom/kubelet/',
  'search/',
  'about/',
  'code/',
  'code/knative/reconciler/v1alpha1/service/service.ts/',
  'embed/knative/02-service/hello-world/',
  'nothing/here/',
];

/** Collects what a page must not do: fail, complain, ask another host. */
function faultsOf(page: Page): string[] {
  const faults: string[] = [];
  page.on('pageerror', (error) => faults.push(error.message));
  page.on('console', (message) => {
    const isNotFound = message.text().includes('404');
    if (message.type() === 'error' && !isNotFound) faults.push(message.text());
  });
  page.on('request', (request) => {
    const { hostname, protocol } = new URL(request.url());
    if (protocol.startsWith('http') && hostname !== '127.0.0.1') {
      faults.push(`asks ${hostname}`);
    }
  });
  return faults;
}

for (const path of pages) {
  test(`/${path} is accessible and quiet in both lights, and fits a phone`, async ({
    page,
  }) => {
    const faults = faultsOf(page);
    await page.emulateMedia({ colorScheme: 'light', reducedMotion: 'reduce' });
    await page.goto(path);
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme });
      const { violations } = await new AxeBuilder({ page }).analyze();
      const found = violations.map(({ id, nodes }) => [id, nodes[0]?.html]);
      expect(found, colorScheme).toEqual([]);
    }
    await page.setViewportSize({ width: 390, height: 844 });
    await expect
      .poll(() => page.evaluate(() => document.documentElement.scrollWidth))
      .toBeLessThanOrEqual(390);
    expect(faults).toEqual([]);
  });
}

test('the theme follows the system until the reader chooses', async ({
  page,
}) => {
  await page.emulateMedia({ colorScheme: 'light' });
  await page.goto('about/');
  const root = page.locator('html');
  await expect(root).toHaveAttribute('data-theme', 'light');
  await page.emulateMedia({ colorScheme: 'dark' });
  await expect(root).toHaveAttribute('data-theme', 'dark');
  await page.getByRole('button', { name: 'Light theme' }).click();
  await expect(root).toHaveAttribute('data-theme', 'light');
  await page.goto('glossary/');
  await expect(root).toHaveAttribute('data-theme', 'light');
  await page.getByRole('button', { name: 'Dark theme' }).click();
  await page.emulateMedia({ colorScheme: 'light' });
  await expect(root).toHaveAttribute('data-theme', 'light');
});

test('the first key press leads past the bar', async ({ page }) => {
  await page.goto('about/');
  await page.keyboard.press('Tab');
  const skip = page.getByRole('link', { name: 'Skip to the text' });
  await expect(skip).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(/#content$/);
});

test('the crumb opens the chapters of the part and closes again', async ({
  page,
}) => {
  await page.goto(chapter);
  const crumb = page.locator('.crumb > summary');
  await crumb.focus();
  await page.keyboard.press('Enter');
  const part = page.getByRole('navigation', { name: /Chapters of the part/ });
  await expect(part).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(part).toBeHidden();
  await expect(crumb).toBeFocused();
});

test('the search finds words of the prose and sentences of the runs', async ({
  page,
}) => {
  await page.goto('search/?q=reconciler');
  await expect(page.locator('[data-search-results] a').first()).toBeVisible();
  await page.getByLabel('Words to look for').fill('configuration runLatest');
  const run = page
    .locator('[data-search-results] li')
    .filter({ hasText: 'run of knative/02-service' })
    .first();
  await run.getByRole('link').click();
  await expect(page).toHaveURL(/knative\/02-service\/#run=/);
});

test('commands and code can be copied', async ({ page, context }) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await page.goto('about/');
  await page.getByRole('button', { name: 'Copy' }).first().click();
  await expect(page.getByRole('button', { name: 'Copied' })).toBeVisible();
  const text = await page.evaluate(() => navigator.clipboard.readText());
  expect(text).toBe('npm ci\nnpm run chapter');
});

test('progress goes out as a file and comes back', async ({ page }) => {
  await page.goto(chapter);
  await page.locator('[data-chapter-end]').scrollIntoViewIfNeeded();
  await expect
    .poll(() => page.evaluate(() => localStorage.getItem('progress')))
    .toContain('knative/02-service');
  await page.goto('chapters/');
  await expect(page.locator('.read')).toHaveCount(1);
  const download = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Save as a file' }).click();
  const file = await (await download).path();
  await page.evaluate(() => {
    localStorage.clear();
  });
  await page.reload();
  await expect(page.locator('.read')).toHaveCount(0);
  await page.getByLabel('Progress file').setInputFiles(file);
  await expect(page.locator('.read')).toHaveCount(1);
});

test('an address without a page says so and leads back', async ({ page }) => {
  const answer = await page.goto('knative/99-none/');
  expect(answer?.status()).toBe(404);
  await page.getByRole('link', { name: 'See all chapters' }).click();
  await expect(page).toHaveURL(/\/chapters\/$/);
});

test('the site works in a folder of another site', async ({ page }) => {
  const folder = mkdtempSync(join(tmpdir(), 'site-'));
  symlinkSync(resolve('dist'), join(folder, 'deep'));
  const { server, address } = await serve(folder, 4480);
  try {
    const faults = faultsOf(page);
    await page.goto(`${address}deep/`);
    await page
      .getByRole('link', { name: 'Chapters', exact: true })
      .first()
      .click();
    await expect(page).toHaveURL(`${address}deep/chapters/`);
    await page.getByRole('link', { name: 'Service', exact: true }).click();
    await expect(page).toHaveURL(`${address}deep/${chapter}`);
    await page.goto(`${address}deep/search/?q=reconciler`);
    await page.locator('[data-search-results] a').first().click();
    await expect(page).toHaveURL(new RegExp(`^${address}deep/`));
    expect(faults).toEqual([]);
  } finally {
    server.close();
    server.closeAllConnections();
    rmSync(folder, { recursive: true });
  }
});

test('on paper each beat has its still and nothing is left to press', async ({
  page,
}) => {
  await page.goto(chapter);
  await page.emulateMedia({ media: 'print', colorScheme: 'dark' });
  const beats = await page.locator('.beat').count();
  await expect(page.locator('.beat .still:visible')).toHaveCount(beats);
  await expect(page.locator('button:visible')).toHaveCount(0);
  const paper = await page.evaluate(
    () => getComputedStyle(document.body).backgroundColor,
  );
  expect(paper).toBe('rgb(255, 255, 255)');
});

test('a run can stand in a page of its own', async ({ page }) => {
  const faults = faultsOf(page);
  await page.goto('embed/knative/02-service/hello-world/');
  await expect(page.getByRole('region', { name: 'Lanes' })).toBeVisible();
  await expect(page.getByRole('link', { name: /A Service/ })).toBeVisible();
  expect(faults).toEqual([]);
});

test.describe('without scripts', () => {
  test.use({ javaScriptEnabled: false });

  test('a chapter can be read, its key steps as stills', async ({ page }) => {
    await page.goto(chapter);
    await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
    const beats = await page.locator('.beat').count();
    await expect(page.locator('.beat .still:visible')).toHaveCount(beats);
    await expect(page.getByRole('button', { name: /theme/ })).toBeHidden();
  });

  test('the menus and the lists of chapters work', async ({ page }) => {
    await page.goto(chapter);
    await page.locator('.crumb > summary').click();
    await expect(
      page.getByRole('navigation', { name: 'In this chapter' }),
    ).toBeVisible();
  });
});
