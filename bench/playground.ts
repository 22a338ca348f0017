/**
 * The playground: its file, and where there is Chromium its first paint; and its worker, in Chromium and without a browser: a run of 2-8-8-1 (tanh, adam) on 500 points of a spiral in batches of 10, with frames that hold the
 * boundary and all 19 maps at 100 × 100, and what the maps take for themselves.
 *
 * Usage: `deno run -A bench/playground.ts`.
 *
 * @module
 */
import { DEFAULT_CONFIGURATION, dense } from "../tools/playground/configuration/default_configuration.ts";
import type { Configuration } from "../tools/playground/configuration/configuration.ts";
import { Engine } from "../tools/playground/engine/engine.ts";
import { Maps } from "../tools/playground/engine/maps.ts";
import { Session } from "../tools/playground/engine/session.ts";
import { formatFigure } from "./lib/format_figure.ts";
import { printReport } from "./lib/print_report.ts";
import { summarize } from "./lib/summarize.ts";
import { findRuntimes } from "../tests/runtimes/find_runtimes.ts";
import { timePage } from "./playground/time_page.ts";

const SECONDS = 4;

const configuration: Configuration = {
  ...DEFAULT_CONFIGURATION,
  data: { ...DEFAULT_CONFIGURATION.data, name: "spiral", samples: 1000, testShare: 0.5 },
  layers: [dense(8, "tanh"), dense(8, "tanh")],
  optimizer: { name: "adam", options: {} },
  learningRate: 0.03,
  batchSize: 10,
};

/** Epochs and frames a second, where a frame is drawn as soon as it is there. */
function run(maps: number): { readonly epochs: number; readonly frames: number } {
  const tasks: (() => void)[] = [];
  let [frames, epoch, first] = [0, 0, -1];
  const engine = new Engine({
    send(reply) {
      if (reply.kind !== "frame") return;
      frames++;
      epoch = reply.frame.epoch;
      if (first < 0 && epoch > 0) [first, frames] = [epoch, 0];
      tasks.push(() => engine.handle({ id: 3, kind: "drawn" }));
    },
    later: (task) => void tasks.push(task),
    now: () => performance.now(),
  });
  const wishes = { boundary: 100, maps, statistics: false, language: "en" } as const;
  engine.handle({ id: 1, kind: "configure", configuration, wishes });
  const begin = performance.now();
  engine.handle({ id: 2, kind: "run", epochs: null, epochsPerSecond: null });
  while (performance.now() - begin < SECONDS * 1000) tasks.shift()!();
  return { epochs: (epoch - first) / SECONDS, frames: frames / SECONDS };
}

function time(task: () => void): { median: number; min: number } {
  const times: number[] = [];
  for (let i = 0; i < 200; i++) {
    const begin = performance.now();
    task();
    times.push(performance.now() - begin);
  }
  return summarize(times.slice(50));
}

const session = new Session(configuration);
while (!session.step());
const maps = new Maps(session.model, session.data.domain, configuration.features);
const sizes = [100, 50, 30].map((size) => ({ size, ...time(() => void maps.neurons(size)) }));
const epoch = time(() => {
  while (!session.loop.step());
});
const inDeno = run(100);
const { size } = await Deno.stat("dist/playground.html");
const { command, missing } = (await findRuntimes(false)).find(({ name }) => name === "chromium")!;
if (missing !== undefined) console.error(`without Chromium: ${missing}`);
const page = missing === undefined
  ? await timePage(command, `${Deno.cwd()}/dist/playground.html`, configuration, SECONDS)
  : null;

const row = (what: string, value: number | undefined, asked: string): string[] => [
  what,
  value === undefined ? "–" : formatFigure(value),
  asked,
];
printReport({
  benchmark: "playground",
  tables: [
    {
      title: "The playground: 2-8-8-1, 500 points in batches of 10, frames with the boundary and all maps at 100 × 100",
      header: ["what", "found", "asked"],
      rows: [
        row("the file, kB", size / 1000, "≤ 1,200"),
        row("first contentful paint, ms", page?.paint, "≤ 1,000"),
        row("frames a second, Chromium", page?.frames, "≥ 30"),
        row("epochs a second, Chromium", page?.epochs, "≥ 1,000"),
        row("frames a second, Deno", inDeno.frames, ""),
        row("epochs a second, Deno", inDeno.epochs, ""),
        ...sizes.map(({ size, median }) =>
          row(`maps of 17 neurons at ${size} × ${size}, ms`, median, size === 100 ? "≤ 1" : "")
        ),
        row("the same at 100 × 100, least ms", sizes[0].min, ""),
        row("an epoch of 50 batches, ms", epoch.median, ""),
      ],
    },
  ],
  figures: {
    "maps ms": sizes[0].median,
    "file kB": size / 1000,
    ...(page === null
      ? {}
      : { "first paint ms": page.paint, "epochs a second": page.epochs, "frames a second": page.frames }),
  },
});
