import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

/** What is used of puppeteer. It is loaded by hand, so that types can be checked where it is not installed. */
interface Page {
  readonly keyboard: Keyboard;
  readonly mouse: Mouse;
  goto(address: string): Promise<unknown>;
  on(event: string, listener: (its: Happening) => void): void;
  evaluate<T>(script: string): Promise<T>;
  emulateMediaFeatures(features: { name: string; value: string }[]): Promise<void>;
  setViewport(size: { width: number; height: number }): Promise<void>;
  close(): Promise<void>;
}
interface Happening {
  url(): string;
  message(): string;
  dismiss(): Promise<void>;
}
interface Keyboard {
  press(key: string): Promise<void>;
  type(text: string): Promise<void>;
}
interface Mouse {
  click(x: number, y: number): Promise<void>;
  move(x: number, y: number): Promise<void>;
  wheel(by: { deltaY: number }): Promise<void>;
  down(): Promise<void>;
  up(): Promise<void>;
}
interface Browser {
  newPage(): Promise<Page>;
  close(): Promise<void>;
}

/** A browser without a window, and the pages that were opened in it. */
export class Window {
  public static async open(): Promise<Window> {
    // eslint-disable-next-line @typescript-eslint/no-require-imports
    const { launch } = require('puppeteer-core') as { launch(options: object): Promise<Browser> };
    const isRoot = process.getuid?.() === 0;
    const args = ['--disable-gpu', '--disable-dev-shm-usage', ...isRoot ? ['--no-sandbox'] : []];
    return new Window(await launch({ executablePath: process.env.BROWSER, headless: true, args }), mkdtempSync(join(tmpdir(), 'pages-')));
  }

  private count = 0;

  private constructor(private readonly browser: Browser, private readonly folder: string) {}

  /** Opens a page from a file, as somebody does who was sent it. */
  public async show(html: Iterable<string>, scheme: 'light' | 'dark' = 'light'): Promise<OpenedPage> {
    const file = join(this.folder, `${this.count++}.html`);
    writeFileSync(file, [...html].join(''));
    const page = await this.browser.newPage();
    const opened = new OpenedPage(page);
    await page.setViewport({ width: 1400, height: 900 });
    await page.emulateMediaFeatures([{ name: 'prefers-color-scheme', value: scheme }]);
    await page.goto(pathToFileURL(file).href);
    return opened;
  }

  public async close(): Promise<void> {
    await this.browser.close();
    rmSync(this.folder, { recursive: true });
  }
}

/** A page, and what happened in it that nobody asked for. */
export class OpenedPage {
  /** What it asked for besides itself. */
  public readonly requests: string[] = [];
  public readonly dialogs: string[] = [];
  /** Faults of its script, and what its policy refused. */
  public readonly faults: string[] = [];

  constructor(private readonly page: Page) {
    page.on('request', its => this.requests.push(its.url()));
    page.on('pageerror', fault => this.faults.push(String(fault)));
    page.on('dialog', its => {
      this.dialogs.push(its.message());
      void its.dismiss();
    });
  }

  public get keyboard(): Keyboard {
    return this.page.keyboard;
  }

  public get mouse(): Mouse {
    return this.page.mouse;
  }

  /** What an expression comes to in the page. */
  public ask<T>(expression: string): Promise<T> {
    return this.page.evaluate<T>(expression);
  }

  /** The text of the first element that a selector picks. */
  public text(selector: string): Promise<string> {
    return this.ask(`document.querySelector(${JSON.stringify(selector)}).textContent`);
  }

  public count(selector: string): Promise<number> {
    return this.ask(`document.querySelectorAll(${JSON.stringify(selector)}).length`);
  }

  /** Clicks with the mouse on the middle of an element, or on the middle of a line. */
  public async click(selector: string): Promise<void> {
    const { x, y } = await this.ask<{ x: number; y: number }>(`(() => {
      const element = document.querySelector(${JSON.stringify(selector)});
      const line = element.matches('.edge') && element.querySelector('.line');
      if (line) {
        const { x, y } = line.getPointAtLength(line.getTotalLength() / 4).matrixTransform(line.getScreenCTM());
        return { x, y };
      }
      element.scrollIntoView({ block: 'nearest' });
      const { left, top, width, height } = element.getBoundingClientRect();
      return { x: left + width / 2, y: top + height / 2 };
    })()`);
    await this.page.mouse.click(x, y);
  }

  public close(): Promise<void> {
    return this.page.close();
  }
}
