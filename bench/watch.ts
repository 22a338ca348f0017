/**
 * What `watch` costs: its share of an epoch, with a probe of 256 samples after each, for 784-512-512-10 and for a convolutional network
 * (28×28×1, conv 16, pool, conv 32, pool, dense 10), 10,000 samples, batch 128, Adam, one thread and two; and one probe, and one trace that
 * keeps every value with its derivative, beside forward and backward of the same 256 samples.
 *
 * Usage: `deno run -A bench/watch.ts [epochs] [rounds]` (3 epochs and 15 rounds by default). The share is of one fit: what passes inside of the
 * callback's functions, over what passes outside of them. Probes and steps take turns; a figure is the least of the rounds.
 *
 * @module
 */
import { layers, type Sequential, sequential, tensor } from "../mod.ts";
import { watch } from "../src/explain/explain.ts";
import { Tracer } from "../src/explain/trace/tracer.ts";
import { LayerProbe } from "../src/explain/watch/layer_probe.ts";
import { samplesFor } from "../src/models/evaluate_model.ts";
import { formatFigure } from "./lib/format_figure.ts";
import { printReport } from "./lib/print_report.ts";

const EPOCHS = Number(Deno.args[0] ?? 3);
const ROUNDS = Number(Deno.args[1] ?? 15);
const SAMPLES = 10_000, BATCH = 128, PROBE = 256;

interface Case {
  readonly name: string;
  readonly shape: readonly number[];
  readonly create: () => Sequential;
}

const dense = (units: number, inputShape?: readonly number[]) =>
  layers.dense({ units, activation: "relu", ...(inputShape === undefined ? {} : { inputShape }) });
const conv = (filters: number, inputShape?: readonly number[]) =>
  layers.conv2d({ filters, kernelSize: 3, activation: "relu", ...(inputShape === undefined ? {} : { inputShape }) });
const classes = () => layers.dense({ units: 10, activation: "softmax" });
const CASES: Readonly<Record<string, Case>> = {
  mlp: {
    name: "784-512-512-10",
    shape: [784],
    create: () => sequential([dense(512, [784]), dense(512), classes()], { seed: 1 }),
  },
  cnn: {
    name: "28×28×1, conv 16, conv 32",
    shape: [28, 28, 1],
    create: () =>
      sequential([
        conv(16, [28, 28, 1]),
        layers.maxPooling2d(),
        conv(32),
        layers.maxPooling2d(),
        layers.flatten(),
        classes(),
      ], { seed: 1 }),
  },
};

let state = 1;
const draw = (): number => (state = state * 48271 % 2147483647) / 2147483647;
const X = Float32Array.from({ length: SAMPLES * 784 }, () => 2 * draw() - 1);
const Y = Float32Array.from({ length: SAMPLES }, () => Math.floor(draw() * 10));

/** The share of a fit that passes inside of the callback. */
async function measureShare({ shape, create }: Case, workers: number): Promise<number> {
  const model = create();
  model.compile({ optimizer: "adam", loss: "sparse_categorical_crossentropy" });
  const seen = watch({ every: 1, probe: PROBE });
  let inside = 0;
  const timed = <T>(act: () => T): T => {
    const started = performance.now();
    const result = act();
    inside += performance.now() - started;
    return result;
  };
  const x = tensor(X, [SAMPLES, ...shape]);
  await model.fit(x, Y, { epochs: 1, batchSize: BATCH, verbose: 0, workers, callbacks: [seen] }); // warm
  inside = 0;
  let [began, outside] = [0, 0];
  await model.fit(x, Y, {
    epochs: EPOCHS + 1,
    batchSize: BATCH,
    verbose: 0,
    workers,
    callbacks: [{
      setModel: (m) => seen.setModel(m),
      setParams: (params) => seen.setParams(params),
      setFitData: (data) => seen.setFitData(data),
      onTrainBegin: () => seen.onTrainBegin(),
      onEpochBegin(epoch) {
        if (epoch === 1) [began, inside] = [performance.now(), 0]; // programs are compiled in the first
        timed(() => seen.onEpochBegin(epoch));
      },
      get onTrainBatchEnd() {
        const { onTrainBatchEnd } = seen;
        return onTrainBatchEnd === undefined ? undefined : () => timed(onTrainBatchEnd);
      },
      onEpochEnd(epoch) {
        timed(() => seen.onEpochEnd(epoch));
        outside = performance.now() - began - inside;
      },
      onTrainEnd: () => seen.onTrainEnd(),
    }],
  });
  return inside / outside;
}

/** Milliseconds of a probe, of a trace, and of a training step's forward and backward of the same samples. */
function measureProbe({ shape, create }: Case): { probe: number; trace: number; step: number } {
  const model = create();
  model.compile({ optimizer: "adam", loss: "sparse_categorical_crossentropy" });
  const samples = samplesFor(model, tensor(X.slice(0, PROBE * 784), [PROBE, ...shape]), Y.slice(0, PROBE), undefined);
  const probe = new LayerProbe("watch a fit", model, samples);
  const tracer = new Tracer(model, { rows: PROBE, shapes: null }, { what: "trace", training: true, by: "all" });
  const { trainer } = model;
  const acts = {
    probe: () => void probe.measure(0),
    trace: () => tracer.run(samples),
    step() {
      const program = trainer.program("train", PROBE);
      trainer.fillScale(program, samples.fill(program, null, 0, PROBE));
      trainer.runForward(program);
    },
  };
  const least = { probe: Infinity, trace: Infinity, step: Infinity };
  for (let round = -2; round < ROUNDS; round++) {
    for (const [name, act] of Object.entries(acts)) {
      const started = performance.now();
      act();
      const took = performance.now() - started;
      if (round >= 0) least[name as keyof typeof least] = Math.min(least[name as keyof typeof least], took);
    }
  }
  return least;
}

const figures: Record<string, number> = {};
const rows: string[][] = [];
for (const [id, each] of Object.entries(CASES)) {
  const { probe, trace, step } = measureProbe(each);
  const shares = [await measureShare(each, 1), await measureShare(each, 2)];
  figures[`watch ${id} % of an epoch`] = 100 * shares[0];
  figures[`watch ${id} 2 threads % of an epoch`] = 100 * shares[1];
  figures[`watch ${id} probe over step`] = probe / step;
  figures[`watch ${id} trace over step`] = trace / step;
  rows.push([
    each.name,
    ...shares.map((share) => `${formatFigure(100 * share)} %`),
    formatFigure(step),
    formatFigure(probe),
    (probe / step).toFixed(2),
    formatFigure(trace),
    (trace / step).toFixed(2),
  ]);
}
printReport({
  benchmark: "watch",
  tables: [{
    title: `Watching layers: a probe of ${PROBE} samples after every epoch of ${SAMPLES}`,
    header: [
      "network",
      "share of an epoch, 1 thread",
      "2 threads",
      "forward and backward, ms",
      "probe, ms",
      "over that",
      "trace of all values, ms",
      "over that",
    ],
    rows,
  }],
  figures,
});
