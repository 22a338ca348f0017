/**
 * Training steps of recurrent networks, with Adam, on one thread and on two, beside PyTorch's in the same run: 50 steps of 16 features, 64 units,
 * the last output, dense 10, batch 32. Then a network whose gradients vanish on their way through 100 steps: its step must be no slower than
 * that of one whose gradients do not, and after 500 steps no slower than at first.
 *
 * Usage: `deno run -A bench/sequences.ts [rounds] [lstm|gru|simple_rnn]` (5 rounds of all by default). In every round ours and PyTorch's take
 * turns: ours on one thread and on two, PyTorch's with one and two threads of OpenMP and of OpenBLAS. On a core that others use as well figures
 * swing, so a figure is the least mean of some steps in a row, of ours as of PyTorch's. Ours are steps of `fit`, with all that it does for them.
 * Without PyTorch ours is measured alone.
 *
 * Then every instruction of a step is timed by itself on one thread: where the time goes.
 *
 * @module
 */
import process from "node:process";
import { initializers, layers, type Sequential, sequential, tensor } from "../mod.ts";
import type { Classifier } from "./lib/create_mlp.ts";
import { formatFigure } from "./lib/format_figure.ts";
import type { Table } from "./lib/format_table.ts";
import { printReport } from "./lib/print_report.ts";
import { profileStep } from "./lib/profile_step.ts";
import { RACE_HEADER, racePyTorch } from "./lib/race_pytorch.ts";
import { summarize } from "./lib/summarize.ts";
import { timeSteps } from "./lib/time_steps.ts";

const ROUNDS = Number(Deno.args[0] ?? 5);
const MS = 700, WINDOW = 8, BATCH = 32, STEPS = 50, FEATURES = 16;
/** Of the network whose gradients vanish: steps of a sequence, steps of training, and of how many at either end the median is taken. */
const LONG = 100, TRAINED = 500, AT_ONCE = 25;

const KINDS: Readonly<Record<string, () => layers.Layer>> = {
  lstm: () => layers.lstm({ units: 64, inputShape: [STEPS, FEATURES] }),
  gru: () => layers.gru({ units: 64, inputShape: [STEPS, FEATURES] }),
  simple_rnn: () => layers.simpleRNN({ units: 64, inputShape: [STEPS, FEATURES] }),
};
const kinds = Object.keys(KINDS).filter((kind) => (Deno.args[1] ?? kind) === kind);

/** A network and samples for as many steps as are taken together: pairs of equal ones with different labels, so that gradients stay large. */
function createClassifier(layer: layers.Layer, steps: number): Classifier {
  const model: Sequential = sequential([layer, layers.dense({ units: 10, activation: "softmax" })], { seed: 1 });
  model.compile({ optimizer: "adam", loss: "sparse_categorical_crossentropy" });
  const rows = BATCH * WINDOW, elements = steps * FEATURES;
  let state = 1;
  const draw = (): number => (state = state * 48271 % 2147483647) / 2147483647;
  const x = Float32Array.from({ length: rows * elements }, () => 2 * draw() - 1);
  const y = Float32Array.from({ length: rows }, () => Math.floor(draw() * 10));
  for (let row = 1; row < rows; row += 2) {
    x.copyWithin(row * elements, (row - 1) * elements, row * elements);
    y[row] = (y[row - 1] + 1) % 10;
  }
  return { model, x: tensor(x, [rows, steps, FEATURES]), y, flopsPerSample: 0 };
}

/** The median times of the core, of a step at the beginning and at the end of a training: what others do on the machine counts less there. */
function timeTraining(layer: layers.Layer): readonly [first: number, last: number] {
  const { model, x, y } = createClassifier(layer, LONG);
  const one = tensor(x.data.slice(0, BATCH * LONG * FEATURES), [BATCH, LONG, FEATURES]);
  const labels = y.slice(0, BATCH);
  const times = Array.from({ length: TRAINED }, () => {
    const start = process.cpuUsage();
    model.trainOnBatch(one, labels);
    const { user, system } = process.cpuUsage(start);
    return (user + system) / 1e3;
  });
  // The first steps compile the program and the kernels.
  return [summarize(times.slice(5, 5 + AT_ONCE)).median, summarize(times.slice(-AT_ONCE)).median];
}

const figures: Record<string, number> = {};
const rows: string[][] = [];
const profiles: Table[] = [];
for (const kind of kinds) {
  const own = [1, 2].map(() => createClassifier(KINDS[kind](), STEPS));
  const race = await racePyTorch({
    id: kind,
    name: kind,
    scripts: { "": ["bench/peers/sequences.py", kind, `${MS}`, `${WINDOW}`] },
    time: (threads, ms) => timeSteps(own[threads - 1], { batch: BATCH, ms, threads }),
  }, { rounds: ROUNDS, ms: MS });
  rows.push(...race.rows);
  Object.assign(figures, race.figures);
  const costs = profileStep(own[0], BATCH, 2 * MS);
  profiles.push({
    title: `One step of ${kind} by kernels, one thread`,
    header: ["kernel", "calls", "µs"],
    rows: costs.slice(0, 10).map(({ kernel, calls, microseconds }) => [kernel, `${calls}`, formatFigure(microseconds)]),
  });
}

/** Biases of −2: the forget gate lets an eighth pass, so that nothing is left of a gradient after 50 steps. */
const lstm = (bias: number) =>
  layers.lstm({
    units: 64,
    unitForgetBias: false,
    biasInitializer: initializers.constant({ value: bias }),
    inputShape: [LONG, FEATURES],
  });
const simple = (gain: number) =>
  layers.simpleRNN({
    units: 64,
    recurrentInitializer: initializers.orthogonal({ gain }),
    inputShape: [LONG, FEATURES],
  });
const vanishing = [
  ["lstm, biases of 2", lstm(2)],
  ["lstm, biases of −2", lstm(-2)],
  ["simple_rnn, recurrent kernel of norm 1", simple(1)],
  ["simple_rnn, recurrent kernel of norm 0.1", simple(0.1)],
] as const;
const trained = vanishing.map(([name, layer]) => {
  const [first, last] = timeTraining(layer);
  figures[`${name}: step ${TRAINED} of the first steps' time`] = last / first;
  return [name, formatFigure(first), formatFigure(last), formatFigure(last / first)];
});
printReport({
  benchmark: "sequences",
  tables: [{
    title: `Training steps of recurrent networks (${ROUNDS} rounds)`,
    header: ["network", ...RACE_HEADER],
    rows,
  }, {
    title: `Sequences of ${LONG} steps, one thread, with gradients that vanish and that do not`,
    header: ["network", "first steps, ms of the core", `step ${TRAINED}, ms`, "of the first"],
    rows: trained,
  }, ...profiles],
  figures,
});
