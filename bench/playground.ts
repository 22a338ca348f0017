/**
 * The playground's worker, without a browser: a run of 2-8-8-1 (tanh, adam) on 500 points of a spiral in batches of 10, with frames that hold the
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
function run(maps: number): { epochs: number; frames: number } {
  const tasks: (() => void)[] = [];
  let [frames, epoch, first] = [0, 0, -1];
  const engine = new Engine({
    send(reply) {
      if (reply.kind !== "frame" || reply.frame.epoch === 0) return;
      frames++;
      epoch = reply.frame.epoch;
      if (first < 0) [first, frames] = [epoch, 0];
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
const runs = [100, 0].map((size) => ({ size, ...run(size) }));

printReport({
  benchmark: "playground",
  tables: [
    {
      title: "A run: frames, and epochs of 50 batches, a second",
      header: ["maps of all neurons", "frames", "epochs"],
      rows: runs.map(({ size, epochs, frames }) => [
        size === 0 ? "none" : `${size} × ${size}`,
        formatFigure(frames),
        formatFigure(epochs),
      ]),
    },
    {
      title: "By themselves",
      header: ["what", "median ms", "least ms"],
      rows: [
        ...sizes.map((
          { size, median, min },
        ) => [`17 neurons, ${size} × ${size}`, formatFigure(median), formatFigure(min)]),
        ["an epoch", formatFigure(epoch.median), formatFigure(epoch.min)],
      ],
    },
  ],
  figures: { "maps ms": sizes[0].median, "epochs a second": runs[0].epochs, "frames a second": runs[0].frames },
});
