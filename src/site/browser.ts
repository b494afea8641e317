/**
 * `npm run browser`: makes sure that there is a Chromium for the site's tests.
 *
 * One that is there is used as it is. As root on Debian and its relatives the
 * system's package is installed, with fonts, for a page in Chinese would be
 * all boxes without; elsewhere Playwright fetches a browser of its own.
 */
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { chromium } from '@playwright/test';

const places = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/usr/bin/google-chrome-stable',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
];

const packages = ['chromium', 'fonts-liberation', 'fonts-noto-cjk'];

/** What the search for a browser depends on. */
export interface Machine {
  readonly wanted: string | undefined;
  readonly exists: (path: string) => boolean;
  /** Where Playwright would keep its own. */
  readonly playwrights: string;
}

const thisMachine = (): Machine => ({
  wanted: process.env['CHROMIUM_PATH'],
  exists: existsSync,
  playwrights: chromium.executablePath(),
});

/**
 * The browser to use, or undefined when there is none.
 *
 * @throws {RangeError} when `CHROMIUM_PATH` names a file that is not there
 */
export function findBrowser(
  machine: Machine = thisMachine(),
): string | undefined {
  const { wanted, exists, playwrights } = machine;
  if (wanted === undefined || wanted === '') {
    return [...places, playwrights].find(exists);
  }
  if (exists(wanted)) return wanted;
  throw new RangeError(
    `Cannot use the browser of CHROMIUM_PATH: expected a file, found nothing at "${wanted}"`,
  );
}

/** The commands that install a browser on this kind of machine, in order. */
export function installCommands(isRoot: boolean, hasApt: boolean): string[][] {
  if (!isRoot || !hasApt) return [['npx', 'playwright', 'install', 'chromium']];
  // Another installation may hold the lock for a while.
  const apt = ['apt-get', '-o', 'DPkg::Lock::Timeout=300'];
  return [
    [...apt, 'update'],
    [...apt, 'install', '-y', '--no-install-recommends', ...packages],
  ];
}

function run([command = '', ...words]: readonly string[]): boolean {
  const { status } = spawnSync(command, words, {
    stdio: ['ignore', 2, 2],
    env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
  });
  return status === 0;
}

function main(): void {
  let found = findBrowser();
  if (found === undefined) {
    const isRoot = process.getuid?.() === 0;
    const commands = installCommands(isRoot, existsSync('/usr/bin/apt-get'));
    // An update that fails may still leave a list that is good enough.
    for (const command of commands) run(command);
    found = findBrowser();
  }
  if (found === undefined) {
    throw new Error(
      'Cannot find or install a Chromium: install one, or name one in CHROMIUM_PATH',
    );
  }
  process.stdout.write(`The site's tests use ${found}\n`);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  try {
    main();
  } catch (error) {
    process.stderr.write(`${(error as Error).message}\n`);
    process.exitCode = 3;
  }
}
