import assert from 'node:assert/strict';
import { test } from 'node:test';
import { findBrowser, installCommands } from '../../src/site/browser.ts';

const machine = (wanted: string | undefined, ...there: string[]) => ({
  wanted,
  exists: (path: string) => there.includes(path),
  playwrights: '/cache/chrome',
});

test('findBrowser() takes the one that is asked for, then the system’s', () => {
  const chromium = '/usr/bin/chromium';
  assert.equal(
    findBrowser(machine('/my/chrome', '/my/chrome', chromium)),
    '/my/chrome',
  );
  assert.equal(findBrowser(machine('', '/cache/chrome', chromium)), chromium);
  assert.equal(
    findBrowser(machine(undefined, '/cache/chrome')),
    '/cache/chrome',
  );
  assert.equal(findBrowser(machine(undefined)), undefined);
});

test('findBrowser() refuses a CHROMIUM_PATH at which there is nothing', () => {
  assert.throws(() => findBrowser(machine('/my/chrome', '/usr/bin/chromium')), {
    name: 'RangeError',
    message:
      'Cannot use the browser of CHROMIUM_PATH: expected a file, found nothing at "/my/chrome"',
  });
});

test('installCommands() uses the system’s packages only where it may', () => {
  const [update, install] = installCommands(true, true);
  assert.deepEqual(update, [
    'apt-get',
    '-o',
    'DPkg::Lock::Timeout=300',
    'update',
  ]);
  assert.ok(
    install!.includes('chromium') && install!.includes('fonts-noto-cjk'),
  );
  const own = [['npx', 'playwright', 'install', 'chromium']];
  assert.deepEqual(installCommands(false, true), own);
  assert.deepEqual(installCommands(true, false), own);
});
