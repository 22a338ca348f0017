/// <reference lib="dom" />
import { axeSource } from "../../tools/packages/axe.ts";
import puppeteer, { type Page } from "../../tools/packages/puppeteer.ts";
import { findRuntimes } from "../runtimes/find_runtimes.ts";

const chromium = (await findRuntimes(Deno.args.includes("--install"))).find(({ name }) => name === "chromium")!;

/** Why there is no browser; undefined where there is one. */
export const missing = chromium.missing;

/** How a page is opened. */
export interface Opening {
  readonly hash?: string;
  readonly width?: number;
  readonly height?: number;
  readonly media?: readonly { readonly name: string; readonly value: string }[];
}

/** The playground from a file, without a network, in a browser of its own for all tests. */
export class PlaygroundBrowser implements AsyncDisposable {
  readonly #file: string;
  readonly #browser: Awaited<ReturnType<typeof puppeteer.launch>>;
  /** What pages asked of any network, and errors of their scripts. */
  readonly requests: string[] = [];
  readonly errors: string[] = [];

  private constructor(file: string, browser: Awaited<ReturnType<typeof puppeteer.launch>>) {
    this.#file = file;
    this.#browser = browser;
  }

  static async launch(): Promise<PlaygroundBrowser> {
    const file = await Deno.makeTempFile({ dir: "/tmp", prefix: "playground-", suffix: ".html" });
    await Deno.copyFile("dist/playground.html", file);
    const [executable, ...args] = chromium.command;
    const executablePath = await pathOf(executable);
    const browser = await puppeteer.launch({ executablePath, args: args.filter((flag) => flag !== "--headless") });
    return new PlaygroundBrowser(file, browser);
  }

  /** Opens the page, and waits until its first network is there. */
  async open({ hash = "", width = 1280, height = 800, media = [] }: Opening = {}): Promise<Page> {
    const page = await this.#browser.newPage();
    await page.setOfflineMode(true);
    await page.setViewport({ width, height });
    if (media.length > 0) await page.emulateMediaFeatures([...media]);
    page.on("request", (request) => {
      if (!/^(file|blob|data):/.test(request.url())) this.requests.push(request.url());
    });
    page.on("pageerror", (error) => this.errors.push(error instanceof Error ? error.message : String(error)));
    page.on("console", (message) => {
      if (message.type() === "error") this.errors.push(message.text());
    });
    await page.goto(`file://${this.#file}${hash}`);
    await page.waitForSelector("#figures[data-loss]");
    return page;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#browser.close();
    await Deno.remove(this.#file);
  }
}

/** The absolute path of a program. */
async function pathOf(program: string): Promise<string> {
  if (program.startsWith("/")) return program;
  const { stdout } = await new Deno.Command("which", { args: [program] }).output();
  return new TextDecoder().decode(stdout).trim();
}

/** What axe finds wrong in a page as it is, with the elements. */
export async function violationsOf(page: Page): Promise<string[]> {
  if (!await page.evaluate(() => "axe" in globalThis)) {
    // Through the debugger, which the page's content security policy does not concern.
    const session = await page.createCDPSession();
    await session.send("Runtime.evaluate", { expression: axeSource });
    await session.detach();
  }
  return await page.evaluate(async () => {
    type Found = { id: string; nodes: { html: string; failureSummary?: string }[] };
    const { axe } = globalThis as unknown as { axe: { run(): Promise<{ violations: Found[] }> } };
    const { violations } = await axe.run();
    return violations.flatMap(({ id, nodes }) =>
      nodes.map(({ html, failureSummary }) => `${id}: ${html}\n${failureSummary}`)
    );
  });
}

/** Waits until the page shows the given step. */
export async function untilStep(page: Page, step: number): Promise<void> {
  await page.waitForSelector(`#figures[data-step="${step}"]`);
}
