/** A chapter read in every way there is: by keys, by touch, framed, printed. */
import { expect, test } from '@playwright/test';
import type { Page } from '@playwright/test';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

const chapter = 'knative/02-service/';
const clock = '.stage .clock b';

async function openStage(page: Page, path = chapter): Promise<void> {
  await page.goto(path);
  await page.waitForSelector('[data-stage][data-live]');
}

const now = async (page: Page): Promise<number> =>
  Number(await page.locator(clock).textContent());

const all = async (page: Page): Promise<number> =>
  Number(await page.locator('.stage input[type=range]').getAttribute('max'));

/** Tabs until something with this name has the focus. */
async function tabTo(page: Page, name: RegExp): Promise<void> {
  for (let presses = 0; presses < 60; presses += 1) {
    await page.keyboard.press('Tab');
    const focused = await page.evaluate(() => {
      const { activeElement: at } = document;
      return at?.getAttribute('aria-label') ?? at?.textContent.trim() ?? '';
    });
    if (name.test(focused)) return;
  }
  throw new Error(`Tab never reaches ${String(name)}`);
}

/** The sentence that is read aloud. */
const said = (page: Page): Promise<string> =>
  page.locator('.stage [aria-live=polite] > p').last().innerText();

test('with the keyboard alone a chapter can be walked through', async ({
  page,
}) => {
  await openStage(page);
  await tabTo(page, /^Skip to the text$/);
  await page.keyboard.press('Enter');
  // Every control of the stage is reached, and has a visible focus.
  for (const name of [/^calls$/, /^Lanes$/, /^Step back$/, /^Step forward$/]) {
    await tabTo(page, name);
    const outline = await page.evaluate(() => {
      const at = document.activeElement;
      return at ? getComputedStyle(at).outlineStyle : 'none';
    });
    expect(outline, String(name)).not.toBe('none');
  }
  await page.keyboard.press('Home');
  const count = await all(page);
  const told = new Set<string>();
  for (let n = 1; n <= count; n += 1) {
    expect(await now(page)).toBe(n);
    told.add(await said(page));
    await page.keyboard.press('ArrowRight');
  }
  // No two steps of the story sound alike but few.
  expect(told.size).toBeGreaterThan(count * 0.8);
  for (const text of told) expect(text).toMatch(/^[A-Z].*[.?!]$/s);
});

test('letters can be kept from acting on the page', async ({ page }) => {
  await openStage(page);
  await page.keyboard.press('?');
  await page.getByLabel(/^Letters and digits work/).uncheck();
  await page.keyboard.press('Escape');
  await page.evaluate(() => (document.activeElement as HTMLElement).blur());
  await page.keyboard.press('j');
  expect(await now(page)).toBe(1);
  await page.reload();
  await page.waitForSelector('[data-stage][data-live]');
  await page.keyboard.press('j');
  expect(await now(page)).toBe(1);
  await page.getByRole('button', { name: 'Step forward' }).focus();
  await page.keyboard.press('j');
  expect(await now(page)).toBe(2);
});

test('a projector shows the stage alone, and a clicker steps it', async ({
  page,
}) => {
  await page.emulateMedia({ colorScheme: 'light' });
  await openStage(page);
  const size = () =>
    page
      .locator('.stage .s-text p')
      .evaluate((text) => Number.parseFloat(getComputedStyle(text).fontSize));
  const before = await size();
  await page.keyboard.press('p');
  expect(await size()).toBeGreaterThan(before * 1.15);
  const box = await page.locator('.stage-frame').boundingBox();
  expect(box).toMatchObject({ x: 0, y: 0, width: 1440, height: 900 });
  await page.keyboard.press('PageDown');
  await page.keyboard.press('PageDown');
  await page.keyboard.press('PageUp');
  expect(await now(page)).toBe(2);
  await page.keyboard.press('d');
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'dark');
  await page.keyboard.press('p');
  await expect(page.locator('.stage-frame.projector')).toHaveCount(0);
});

test.describe('by touch', () => {
  test.use({
    viewport: { width: 390, height: 844 },
    hasTouch: true,
    isMobile: true,
  });

  test('thumbs step, change views, follow beats and find help', async ({
    page,
  }) => {
    await openStage(page);
    const forward = page.getByRole('button', { name: 'Step forward' });
    for (let i = 0; i < 3; i += 1) await forward.tap();
    expect(await now(page)).toBe(4);
    for (const view of ['Objects', 'Queues', 'Source', 'Lanes']) {
      await page.getByRole('button', { name: view, exact: true }).tap();
      await expect(
        page.locator(`.stage .pane.${view.toLowerCase()}`),
      ).toBeVisible();
    }
    await page.locator('.beat button.at').nth(2).tap();
    await expect(page.locator('.beat').nth(2)).toHaveAttribute(
      'aria-current',
      'step',
    );
    const there = await now(page);
    await page.getByRole('button', { name: 'Keys and help' }).tap();
    await page
      .getByRole('button', { name: 'next, previous beat of the text' })
      .tap();
    expect(await now(page)).toBeGreaterThan(there);
    const wide = await page.evaluate(
      () => document.documentElement.scrollWidth,
    );
    expect(wide).toBeLessThanOrEqual(390);
  });
});

test('with reduced motion nothing glides and nothing starts by itself', async ({
  page,
}) => {
  await page.emulateMedia({ reducedMotion: 'reduce' });
  await openStage(page);
  const slides = await page
    .locator('.stage .l-cursor')
    .evaluate((band) => getComputedStyle(band).transitionDuration);
  expect(slides.split(',').every((one) => Number.parseFloat(one) === 0)).toBe(
    true,
  );
  await page.locator('.stage input[type=range]').fill('12');
  const top = () =>
    page.locator('.stage .l-body').evaluate((body) => body.scrollTop);
  const at = await top();
  await page.waitForTimeout(150);
  expect(await top()).toBe(at);
  await page.goto('');
  await page.waitForSelector('[data-stage][data-live]');
  await expect(
    page.getByRole('button', { name: 'Play', exact: true }).first(),
  ).toBeVisible();
});

test('in a frame on another origin the stage works', async ({
  page,
  baseURL,
}) => {
  const inner = `${baseURL ?? ''}embed/knative/02-service/hello-world/`;
  const host = createServer((_, response) => {
    response.setHeader('content-type', 'text/html');
    response.end(
      `<!doctype html><title>Course</title><iframe title="Run" width="1000" height="600" src="${inner}"></iframe>`,
    );
  });
  await new Promise<void>((go) => host.listen(0, '127.0.0.1', go));
  try {
    const { port } = host.address() as AddressInfo;
    await page.goto(`http://127.0.0.1:${String(port)}/`);
    const frame = page.frameLocator('iframe');
    await frame.locator('[data-stage][data-live]').waitFor();
    await frame.getByRole('button', { name: 'Step forward' }).click();
    await expect(frame.locator(clock)).toHaveText('2');
    await page.keyboard.press('ArrowRight');
    await expect(frame.locator(clock)).toHaveText('3');
    await expect(frame.locator('.stage .o-node').first()).toBeVisible();
  } finally {
    host.close();
    host.closeAllConnections();
  }
});

test('a chapter prints with a still and a sentence for each beat', async ({
  page,
}) => {
  await openStage(page);
  const beats = await page.locator('.beat').count();
  const pdf = await page.pdf({ format: 'A4', printBackground: true });
  const pages = (pdf.toString('latin1').match(/\/Type\s*\/Page\b/g) ?? [])
    .length;
  expect(pages).toBeGreaterThan(beats / 4);
  expect(pages).toBeLessThan(beats * 2 + 8);
});
