/** All views stand on one cursor: whichever is touched, the others follow. */
import { expect, test } from '@playwright/test';
import type { Locator, Page } from '@playwright/test';

async function openStage(page: Page, path: string): Promise<void> {
  await page.goto(path);
  await page.waitForSelector('[data-stage][data-live]');
}

/** What each view shows now, in words, wherever it stands. */
async function shown(page: Page): Promise<Record<string, string>> {
  const text = async (selector: string): Promise<string> => {
    const all = await page.locator(`.stage ${selector}`).allInnerTexts();
    return all.join(' ').replace(/\s+/g, ' ').trim();
  };
  return {
    clock: await text('.clock b'),
    flag: await text('.s-flag'),
    slider: await page.locator('.stage input[type=range]').inputValue(),
    lane: (
      await page.locator('.stage .now .l-number').allTextContents()
    ).join(),
    sentence: await text('.s-text > p'),
  };
}

/** Asserts that all views stand at one step, and returns it. */
async function oneStep(page: Page): Promise<number> {
  const { clock = '', ...others } = await shown(page);
  expect(others).toMatchObject({ flag: clock, slider: clock, lane: clock });
  expect(others['sentence']).not.toBe('');
  return Number(clock);
}

/** The source stands where the step's own code is. */
async function expectSource(page: Page): Promise<void> {
  const line = page.locator('.stage .c-page:not(.away) [aria-current=step]');
  await expect(line).toHaveCount(1);
}

/** Touches a view; every other one must then be somewhere else, together. */
async function expectMove(
  page: Page,
  touch: () => Promise<unknown>,
  what: string,
): Promise<void> {
  const before = await oneStep(page);
  await touch();
  await expect
    .poll(async () => (await shown(page))['clock'], { message: what })
    .not.toBe(String(before));
  await oneStep(page);
}

test('each view moves all the others: Knative', async ({ page }) => {
  await openStage(page, 'knative/02-service/');
  const stage = page.locator('.stage');
  const seek = (n: number) =>
    page.locator('.stage input[type=range]').fill(String(n));
  const row = (n: number): Locator =>
    stage.locator('.pencil .l-number, .ink .l-number', {
      hasText: new RegExp(`^${String(n)}$`),
    });
  await expectMove(page, () => seek(9), 'the slider');
  await expectMove(page, () => row(7).first().click({ force: true }), 'a row');
  await expectSource(page);
  await seek(12);
  await expectMove(
    page,
    async () => {
      await stage.locator('.o-node.present .o-title').first().click();
      await stage.locator('.o-text button', { hasText: 'kind:' }).click();
    },
    'a line of an object',
  );
  await page.keyboard.press('Escape');
  await seek(5);
  await expectSource(page);
  await expectMove(
    page,
    async () => {
      const line = '.c-page:not(.away) [data-visits]:not([aria-current])';
      await stage.locator(line).first().click();
      await stage.locator('.c-visits li button').first().click();
    },
    'a visit of a line',
  );
  await page.keyboard.press('1');
  await seek(3);
  await expectMove(
    page,
    () => page.locator('.beat button.at').nth(4).click(),
    'a beat',
  );
  await seek(3);
  for (const key of ['b', 'o', 'a'])
    await expectMove(page, () => page.keyboard.press(key), `key ${key}`);
  const often = '.c-page:not(.away) [data-visits]:not([data-visits="1×"])';
  await stage.locator(often).first().click();
  await expectMove(page, () => page.keyboard.press('V'), 'key V');
});

test('each view moves all the others: Tomcat', async ({ page }) => {
  await openStage(page, 'tomcat/04-frames/');
  const stage = page.locator('.stage');
  const seek = (n: number) =>
    page.locator('.stage input[type=range]').fill(String(n));
  await seek(20);
  const bytes = await stage.locator('.w-body').innerText();
  await expectMove(
    page,
    () => stage.locator('.m-edge').first().dispatchEvent('click'),
    'an edge of the machine',
  );
  await expect(stage.locator('.m-edge.now')).toHaveCount(1);
  await expect(stage.locator('.m-state.now')).toHaveCount(1);
  expect(await stage.locator('.w-body').innerText()).not.toBe(bytes);
  await stage.getByRole('button', { name: 'States', exact: true }).click();
  const list = stage.locator('.m-list button');
  await list.last().click();
  await expect(stage.locator('.m-list button.now')).toHaveCount(1);
  await stage.getByRole('button', { name: 'All', exact: true }).click();
  await oneStep(page);
});

test('actors can be left out, folded away, and objects singled out', async ({
  page,
}) => {
  await openStage(page, 'knative/02-service/');
  const stage = page.locator('.stage');
  const names = stage.locator('.l-name');
  const whole = await names.count();
  const steps = Number(
    await stage.locator('input[type=range]').getAttribute('max'),
  );
  await page.keyboard.press('f');
  const choice = page.getByRole('dialog', { name: 'What the lanes show' });
  await choice.getByLabel('user', { exact: true }).uncheck();
  await expect(names).toHaveCount(whole - 1);
  await expect(stage.locator('.l-part')).toContainText(`of ${steps} steps`);
  await choice.getByLabel('informers', { exact: true }).uncheck();
  await choice.getByLabel('informers', { exact: true }).check();
  await choice.getByRole('button', { name: 'Show everything' }).click();
  await choice
    .getByLabel(/^folded into/)
    .first()
    .check();
  await expect(names).toHaveCount(whole - 1);
  await expect(stage.locator('input[type=range]')).toHaveAttribute(
    'max',
    String(steps),
  );
  await choice.getByRole('button', { name: 'Show everything' }).click();
  await choice.getByRole('combobox').selectOption({ index: 2 });
  await choice.getByRole('button', { name: 'Close' }).click();
  const left = Number(
    await stage.locator('input[type=range]').getAttribute('max'),
  );
  expect(left).toBeGreaterThan(0);
  expect(left).toBeLessThan(steps);
  for (let n = 1; n <= left; n += 1) {
    await oneStep(page);
    await page.keyboard.press('ArrowRight');
  }
  // A beat leads to the whole run again.
  await page.locator('.beat button.at').first().click();
  await expect(names).toHaveCount(whole);
});

test('a view that cannot be fetched says so and comes later', async ({
  page,
}) => {
  let blocked = true;
  await page.route(/\/assets\/(?:Help|States|Wire)\./, (route) =>
    blocked ? route.abort() : route.continue(),
  );
  await openStage(page, 'knative/02-service/');
  await page.keyboard.press('?');
  const again = page.locator('.stage .empty', { hasText: 'not be fetched' });
  await expect(again).toBeVisible();
  blocked = false;
  await again.getByRole('button').click();
  await expect(page.getByRole('dialog', { name: 'Keys' })).toBeVisible();
});
