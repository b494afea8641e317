/** A page of the built site in a browser whose processor time is counted. */
import { chromium } from '@playwright/test';
import type { Browser, CDPSession, Page } from '@playwright/test';
import { join } from 'node:path';
import { findBrowser } from './browser.ts';
import { root } from './project.ts';
import { serve, type Serving } from './serve.ts';

/** Enough for a million rows on a busy machine. */
const patience = 300_000;

export class BenchPage {
  readonly page: Page;
  readonly address: string;
  readonly #browser: Browser;
  readonly #serving: Serving;
  readonly #session: CDPSession;

  private constructor(parts: {
    readonly page: Page;
    readonly browser: Browser;
    readonly serving: Serving;
    readonly session: CDPSession;
  }) {
    this.page = parts.page;
    this.address = parts.serving.address;
    this.#browser = parts.browser;
    this.#serving = parts.serving;
    this.#session = parts.session;
  }

  static async open(): Promise<BenchPage> {
    const serving = await serve(join(root, 'dist'), 4600);
    const path = findBrowser();
    const browser = await chromium.launch({
      ...(path === undefined ? {} : { executablePath: path }),
      args: process.getuid?.() === 0 ? ['--no-sandbox'] : [],
    });
    const page = await browser.newPage({
      viewport: { width: 1440, height: 900 },
      reducedMotion: 'reduce',
    });
    page.setDefaultTimeout(patience);
    const session = await browser.newBrowserCDPSession();
    return new BenchPage({ page, browser, serving, session });
  }

  /** Processor time of all pages while something is done, in milliseconds. */
  async cpu(work: () => Promise<unknown>): Promise<number> {
    const before = await this.#used();
    await work();
    return (await this.#used()) - before;
  }

  /** All threads of all renderers; read when the page rests. */
  async #used(): Promise<number> {
    await this.page.evaluate(async () => {
      for (let i = 0; i < 2; i += 1) {
        await new Promise((go) => requestAnimationFrame(go));
        await new Promise((go) => requestIdleCallback(go));
      }
    });
    const { processInfo } = await this.#session.send(
      'SystemInfo.getProcessInfo',
    );
    return processInfo
      .filter(({ type }) => type === 'renderer')
      .reduce((sum, { cpuTime }) => sum + cpuTime * 1000, 0);
  }

  async close(): Promise<void> {
    await this.#browser.close();
    this.#serving.server.close();
    this.#serving.server.closeAllConnections();
  }
}
