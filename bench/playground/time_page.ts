import type { Configuration } from "../../tools/playground/configuration/configuration.ts";
import puppeteer from "../../tools/packages/puppeteer.ts";

/** What the page takes in a browser. */
export interface PageTimes {
  /** Milliseconds until the page shows something, the median of some starts. */
  readonly paint: number;
  /** Of a run in the page's worker, a second. */
  readonly frames: number;
  readonly epochs: number;
}

const STARTS = 5;

/** Runs in the page: a worker of the program that is in it, which trains, while frames are taken as they could be drawn. */
const RUN = `async (configuration, seconds) => {
  const packed = Uint8Array.from(atob(document.getElementById("worker").textContent.trim()), (c) => c.charCodeAt(0));
  const source = await new Response(new Blob([packed]).stream().pipeThrough(new DecompressionStream("gzip"))).blob();
  const worker = new Worker(URL.createObjectURL(new Blob([source], { type: "text/javascript" })));
  const wishes = { boundary: 100, maps: 100, statistics: false, language: "en" };
  let [frames, first, last, began] = [0, -1, 0, 0];
  worker.onmessage = ({ data }) => {
    if (data.kind !== "frame") return;
    if (first < 0 && data.frame.epoch > 0) [first, began, frames] = [data.frame.epoch, performance.now(), -1];
    frames++;
    last = data.frame.epoch;
    requestAnimationFrame(() => worker.postMessage({ id: 3, kind: "drawn" }));
  };
  worker.postMessage({ id: 1, kind: "configure", configuration, wishes });
  worker.postMessage({ id: 2, kind: "run", epochs: null, epochsPerSecond: null });
  await new Promise((resolve) => setTimeout(resolve, 1000 * (seconds + 1)));
  worker.terminate();
  const taken = (performance.now() - began) / 1000;
  return [frames / taken, (last - first) / taken];
}`;

/**
 * Opens the playground from its file in Chromium, offline, and times it.
 *
 * @param command Chromium; its flags are for a browser that need not draw, and this one does
 * @param page path of the file
 */
export async function timePage(
  [program]: readonly string[],
  page: string,
  configuration: Configuration,
  seconds: number,
): Promise<PageTimes> {
  const { stdout } = await new Deno.Command("which", { args: [program] }).output();
  const executablePath = new TextDecoder().decode(stdout).trim();
  const browser = await puppeteer.launch({
    executablePath,
    args: ["--no-sandbox"],
    protocolTimeout: 30_000,
  });
  try {
    const paints: number[] = [];
    for (let start = 0; start < STARTS; start++) {
      const tab = await browser.newPage();
      await tab.bringToFront();
      await tab.setOfflineMode(true);
      await tab.goto(`file://${page}`);
      let paint: unknown = null;
      for (let tries = 0; paint === null && tries < 100; tries++) {
        await new Promise((resolve) => setTimeout(resolve, 50));
        paint = await tab.evaluate('performance.getEntriesByName("first-contentful-paint")[0]?.startTime ?? null');
      }
      paints.push(paint as number);
      await tab.close();
    }
    const tab = await browser.newPage();
    await tab.bringToFront();
    await tab.setOfflineMode(true);
    await tab.goto(`file://${page}`);
    const found = await tab.evaluate(`(${RUN})(${JSON.stringify(configuration)}, ${seconds})`);
    const [frames, epochs] = found as [number, number];
    return { paint: paints.sort((a, b) => a - b)[STARTS >> 1], frames, epochs };
  } finally {
    await browser.close();
  }
}
