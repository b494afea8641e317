/** The site in a real browser: the built pages, served to this machine. */
import { defineConfig } from '@playwright/test';
import { findBrowser } from './src/site/browser.ts';

const browser = findBrowser();
const isRoot = process.getuid?.() === 0;
const port = 4396;

export default defineConfig({
  testDir: 'tests/site',
  testMatch: '**/*.spec.ts',
  fullyParallel: true,
  workers: 2,
  timeout: 60_000,
  reporter: [['list']],
  outputDir: 'test-results',
  webServer: {
    command: `node src/site/start.ts --port ${String(port)}`,
    url: `http://127.0.0.1:${String(port)}/`,
    reuseExistingServer: false,
    timeout: 240_000,
  },
  use: {
    baseURL: `http://127.0.0.1:${String(port)}/`,
    viewport: { width: 1440, height: 900 },
    launchOptions: {
      ...(browser === undefined ? {} : { executablePath: browser }),
      args: [
        ...(isRoot ? ['--no-sandbox'] : []),
        '--disable-quic',
        '--disable-background-networking',
      ],
    },
  },
});
