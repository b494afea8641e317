/** The stage of a chapter in a real browser: stepped, scrubbed, linked to. */
import { expect, test } from '@playwright/test';
import type { Page } from '@playwright/test';

const chapter = 'knative/02-service/';
const clock = '.stage .clock';

/** Opens the chapter and waits until its stage answers. */
async function openStage(page: Page, fragment = ''): Promise<void> {
  await page.goto(chapter + fragment);
  await page.waitForSelector('[data-stage][data-live]');
}

/** The number of the current step. */
async function now(page: Page): Promise<number> {
  return Number(await page.locator(`${clock} b`).textContent());
}

/** How many steps the level has. */
async function all(page: Page): Promise<number> {
  const text = (await page.locator(clock).textContent()) ?? '';
  return Number(/of (\d+)/.exec(text)?.[1]);
}

/** Asserts that every view that shows a number shows this one. */
async function expectAt(page: Page, n: number): Promise<void> {
  await expect(page.locator(`${clock} b`)).toHaveText(String(n));
  await expect(page.locator('.stage .s-flag')).toHaveText(String(n));
  await expect(page.locator('.stage .now .l-number')).toHaveText(String(n));
  await expect(page.locator('.stage input[type=range]')).toHaveValue(String(n));
}

test('buttons, rows and the slider move every view', async ({ page }) => {
  await openStage(page);
  await expectAt(page, 1);
  const forward = page.getByRole('button', { name: 'Step forward' });
  for (let i = 0; i < 4; i += 1) await forward.click();
  await expectAt(page, 5);
  await expect(page.locator('.stage .s-text p')).toContainText('creates one');
  await expect(page.locator('.stage .o-node.made .o-title b')).toHaveText(
    'Configuration',
  );
  await expect(
    page.locator('.stage .c-page:not(.away) [aria-current=step]'),
  ).toBeVisible();
  await page.getByRole('button', { name: 'Step back' }).click();
  await expectAt(page, 4);
  await page.locator('.stage input[type=range]').fill('12');
  await expectAt(page, 12);
  await page
    .locator('.stage .ink .l-number', { hasText: /^11$/ })
    .click({ force: true });
  await expectAt(page, 11);
});

test('the keyboard alone reaches every step, beat, level and view', async ({
  page,
}) => {
  await openStage(page);
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('j');
  await expectAt(page, 3);
  await page.keyboard.press('k');
  await expectAt(page, 2);
  await page.keyboard.press('b');
  expect(await now(page)).toBeGreaterThan(2);
  await page.getByRole('button', { name: 'Step forward' }).focus();
  await page.keyboard.press('End');
  expect(await now(page)).toBe(await all(page));
  await page.keyboard.press('Home');
  await expectAt(page, 1);
  const story = await all(page);
  await page.keyboard.press('2');
  expect(await all(page)).toBeGreaterThan(story);
  await page.keyboard.press('1');
  await page.keyboard.press('5');
  await expect(page.locator('.stage .pane.lanes.at-alone')).toBeVisible();
  await page.keyboard.press('4');
  await page.keyboard.press('?');
  await expect(page.getByRole('dialog', { name: 'Keys' })).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(page.getByRole('dialog')).toHaveCount(0);
});

test('playing goes on by itself and stops at any action', async ({ page }) => {
  await openStage(page);
  await page.clock.install();
  await page.getByRole('button', { name: 'Play', exact: true }).click();
  await page.clock.runFor(4_100);
  await expectAt(page, 3);
  await page.keyboard.press('ArrowLeft');
  await expect(
    page.getByRole('button', { name: 'Play', exact: true }),
  ).toBeVisible();
  await page.clock.runFor(6_000);
  await expectAt(page, 2);
});

test('a link brings back scenario, step, level and view', async ({ page }) => {
  await openStage(page);
  await page.locator('.stage .run select').selectOption('conflict');
  await expect(page.locator(clock)).toContainText('1 of');
  for (let i = 0; i < 3; i += 1) await page.keyboard.press('ArrowRight');
  await page.keyboard.press('2');
  await page.getByRole('button', { name: 'Objects', exact: true }).click();
  const step = await now(page);
  await expect
    .poll(() => page.url())
    .toMatch(/run=conflict&at=.*level=calls&view=objects/);
  await page.reload();
  await page.waitForSelector('[data-stage][data-live]');
  await expect(page.locator(`${clock} b`)).toHaveText(String(step));
  await expect(page.locator('.stage .run select')).toHaveValue('conflict');
  await expect(page.locator('.stage .pane.objects.at-alone')).toBeVisible();
});

test('a link to a step that is gone opens the nearest beat before it and says so', async ({
  page,
}) => {
  await openStage(page, '#run=hello-world&at=store.create+Route+default/gone');
  await expect(page.locator('.stage .s-notice')).toContainText(
    'no longer has the step',
  );
  expect(await now(page)).toBeGreaterThan(1);
});

test('keys pressed before the stage answers are not lost', async ({ page }) => {
  await page.route('**/traces/**', async (route) => {
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('ArrowRight');
    await route.continue();
  });
  await openStage(page);
  await expectAt(page, 3);
});

test('reading moves the cursor until the reader takes it over', async ({
  page,
}) => {
  await openStage(page);
  const beats = page.locator('[data-beat-address]');
  const second = beats.nth(1);
  await second.scrollIntoViewIfNeeded();
  await second.evaluate((element) => {
    element.scrollIntoView({ block: 'center' });
  });
  await expect(second).toHaveAttribute('aria-current', 'step');
  const there = await now(page);
  expect(there).toBeGreaterThan(1);
  await page.keyboard.press('ArrowRight');
  await beats.nth(3).evaluate((element) => {
    element.scrollIntoView({ block: 'center' });
  });
  await page.waitForTimeout(200);
  expect(await now(page)).toBe(there + 1);
  await beats.nth(3).locator('button.at').click();
  await expect(beats.nth(3)).toHaveAttribute('aria-current', 'step');
});

test('a beat of another scenario puts that scenario on the stage', async ({
  page,
}) => {
  await openStage(page);
  const beat = page.locator('[data-beat-scenario=conflict]').first();
  await beat.evaluate((element) => {
    element.scrollIntoView({ block: 'center' });
  });
  await expect(page.locator('.stage .run select')).toHaveValue('conflict');
  await expect(beat).toHaveAttribute('aria-current', 'step');
});

test('a run that cannot be fetched says so, and the text stays', async ({
  page,
}) => {
  await page.route('**/traces/**', (route) => route.abort());
  await openStage(page);
  await expect(page.locator('.stage .s-failed')).toContainText(
    'could not be fetched',
  );
  await expect(page.getByRole('button', { name: 'Try again' })).toBeVisible();
  await expect(page.locator('.prose h1')).toBeVisible();
});

test('an object opens as text, and a line of it leads to who wrote it', async ({
  page,
}) => {
  await openStage(page);
  await page.keyboard.press('b');
  await page
    .getByRole('button', { name: /^Service/ })
    .filter({ hasText: 'helloworld-go' })
    .first()
    .click();
  const text = page.locator('.stage .o-text');
  await expect(text).toContainText('kind: Service');
  await text.getByText('generation: 1', { exact: false }).first().click();
  await expectAt(page, 1);
});

test('a line of the source lists its visits, and each leads there', async ({
  page,
}) => {
  await openStage(page);
  for (let i = 0; i < 4; i += 1) await page.keyboard.press('ArrowRight');
  const open = page.locator('.stage .c-page:not(.away)');
  await expect(open).toHaveAttribute('aria-label', /service\/service\.ts$/);
  await open.locator('[aria-current=step]').click();
  const visits = page.locator('.stage .c-visits');
  await expect(visits).toBeVisible();
  await visits.locator('li button').first().click();
  await expect(visits.locator('[aria-current]')).toHaveCount(1);
});

test('a recording of the reader’s own is checked and put on the stage', async ({
  page,
  request,
}) => {
  await openStage(page);
  await page.keyboard.press('?');
  const chooser = page.locator('.stage input[type=file]');
  await chooser.setInputFiles({
    name: 'broken.json',
    mimeType: 'application/json',
    buffer: Buffer.from('{"format":"something else"}'),
  });
  await expect(page.locator('.stage .s-notice')).toContainText(
    'Cannot read the trace',
  );
  const trace = await request.get('traces/knative/02-service/update.json');
  await chooser.setInputFiles({
    name: 'mine.json',
    mimeType: 'application/json',
    buffer: await trace.body(),
  });
  await expect(page.locator('.stage .run select')).toHaveValue(
    'file mine.json',
  );
  await expectAt(page, 1);
});

test('the lanes are saved as a picture that stands alone', async ({ page }) => {
  await openStage(page);
  await page.keyboard.press('?');
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: 'Save the lanes as SVG' }).click(),
  ]);
  expect(download.suggestedFilename()).toBe(
    'knative-02-service-hello-world-1.svg',
  );
  const stream = await download.createReadStream();
  let text = '';
  for await (const piece of stream) text += String(piece);
  expect(text).toMatch(/^<svg[^>]* xmlns="http:\/\/www.w3.org\/2000\/svg"/);
  expect(text).not.toContain('var(--');
  await page.goto(`data:image/svg+xml,${encodeURIComponent(text)}`);
  await expect(page.locator('svg text').first()).toBeVisible();
});

test('on a phone the stage docks, with buttons for thumbs', async ({
  page,
}) => {
  await page.setViewportSize({ width: 390, height: 844 });
  await openStage(page);
  for (const name of ['Step back', 'Play', 'Step forward']) {
    const box = await page
      .getByRole('button', { name, exact: true })
      .boundingBox();
    expect(Math.min(box?.width ?? 0, box?.height ?? 0)).toBeGreaterThanOrEqual(
      44,
    );
  }
  const stage = await page.locator('[data-stage]').boundingBox();
  expect(stage?.y ?? 0).toBeGreaterThan(300);
  await page.getByRole('button', { name: 'Step forward' }).click();
  await expectAt(page, 2);
  await page.getByRole('button', { name: 'Objects', exact: true }).click();
  await expect(page.locator('.stage .o-node').first()).toBeVisible();
});

test('without scripts every beat has its still and its sentence', async ({
  browser,
  baseURL,
}) => {
  const context = await browser.newContext({ javaScriptEnabled: false });
  const page = await context.newPage();
  await page.goto(`${baseURL ?? ''}${chapter}`);
  const stills = page.locator('.still');
  expect(await stills.count()).toBe(
    await page.locator('[data-beat-address]').count(),
  );
  await expect(stills.first().locator('svg')).toBeVisible();
  await expect(stills.first().locator('figcaption')).toBeVisible();
  await context.close();
});
