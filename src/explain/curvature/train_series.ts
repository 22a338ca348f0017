import { layers, sequential } from "../../../mod.ts";
import type { DataInputs, SampleInputs } from "../../data/data_input.ts";
import { type Language, readLanguage } from "../../drawing/language.ts";
import { checkInteger } from "../../errors/check_integer.ts";
import { checkNumber } from "../../errors/check_number.ts";
import { checkOptions } from "../../errors/check_options.ts";
import { describeValue } from "../../errors/describe_value.ts";
import type { Tensor } from "../../tensor/tensor.ts";
import { type AnyModel, internalsOf } from "../trace/internals_of.ts";
import { readList, readSeeds } from "./train_rates.ts";
import { isSolved, judgeAnswers } from "./judge_answers.ts";
import { type Boundary, Series, type SeriesCell } from "./series_drawing.ts";
import { createTicker } from "./ticker.ts";
import { medianOf } from "./averages.ts";
import { beginRun, type Run, trainRun } from "./train_run.ts";

/** Options of `series`. */
export interface SeriesOptions {
  /** The sizes of the hidden layer. Default the lecture's: 7, 6, 5, 4, 3, 2. */
  hidden?: readonly number[];
  /** Learning rates. Default the lecture's: 0.1, 4.5, 9, 18, 25. */
  rates?: readonly number[];
  /** After how many epochs to look. Default 200 and 400. */
  epochs?: number | readonly number[];
  /** The seeds, or how many: 0, 1, 2, … Default 20. */
  seeds?: number | readonly number[];
  /** Makes a compiled model. Default: n sigmoids and one more behind them, binary crossentropy, gradient descent. */
  build?: (hidden: number, learningRate: number, seed: number) => AnyModel;
  /** Samples; goes with `y`. Default: XOR. */
  x?: SampleInputs;
  /** Their labels. */
  y?: DataInputs;
  /** Samples in a step. Default: all. */
  batchSize?: number;
  /** 1 (default): says how far it is, where it takes longer than a second; 0: silent. */
  verbose?: 0 | 1;
  /** The language of the text. Default `"en"`. */
  language?: Language;
}

const XOR = { x: [[0, 0], [0, 1], [1, 0], [1, 1]], y: [0, 1, 1, 0] };

/** Points of a boundary along each side. */
const GRID = 24;
/** What is shown around the samples, as a share of their range. */
const MARGIN = 0.25;

/** What `series` does. */
export async function trainSeries(options: SeriesOptions = {}): Promise<Series> {
  const what = "train a series";
  const names = ["hidden", "rates", "epochs", "seeds", "build", "x", "y", "batchSize", "verbose", "language"];
  checkOptions(what, options, names);
  const integers = (name: "hidden" | "epochs", list: unknown, min: number): number[] =>
    readList(what, name, list, (each, place) => checkInteger(what, place, each, { min }));
  const hidden = integers("hidden", options.hidden ?? [7, 6, 5, 4, 3, 2], 1);
  const given = options.epochs ?? [200, 400];
  const epochs = integers("epochs", typeof given === "number" ? [given] : given, 1).sort((a, b) => a - b);
  const rates = readList(
    what,
    "rates",
    options.rates ?? [0.1, 4.5, 9, 18, 25],
    (rate, name) => checkNumber(what, name, rate, { min: 0 }),
  );
  const seeds = readSeeds(what, options.seeds ?? 20);
  const verbose = checkInteger(what, "verbose", options.verbose ?? 1, { min: 0, max: 1 }) as 0 | 1;
  const language = readLanguage(what, options.language);
  const { build = buildLecture } = options;
  if (typeof build !== "function") {
    throw new TypeError(`Cannot ${what}: build must be a function of size, rate and seed, got ${describeValue(build)}`);
  }
  if ((options.x === undefined) !== (options.y === undefined)) {
    throw new TypeError(`Cannot ${what}: x and y must be given both or neither, got one of them`);
  }
  const { x, y } = options.x === undefined ? XOR : { x: options.x, y: options.y! };
  const cells: SeriesCell[] = [];
  let ticker: ReturnType<typeof createTicker> | null = null;
  let [baseline, done] = [0, 0];
  for (const size of hidden) {
    for (const rate of rates) {
      const found = epochs.map(() => ({ runs: [] as Run[], solved: 0, boundary: null as Boundary | null }));
      for (const seed of seeds) {
        const model = build(size, rate, seed);
        const internals = internalsOf(what, model);
        ticker ??= createTicker(internals, what, hidden.length * rates.length * seeds.length, verbose);
        if (!model.isBuilt) model.buildFor(x);
        const samples = internals.samplesFor(model, x, y, undefined);
        const run = beginRun();
        for (let k = 0; k < epochs.length; k++) {
          const until = { epochs: epochs[k], batchSize: options.batchSize ?? samples.count };
          if (k === 0 || epochs[k] > epochs[k - 1]) await trainRun(run, model, x, y, until);
          const { losses, isFinite } = run;
          found[k].runs.push({ losses: [...losses], updates: [], isFinite });
          if (!isFinite) continue;
          const answers = judgeAnswers(what, model, x, y);
          baseline = answers.baseline;
          if (isSolved(answers, losses[losses.length - 1])) found[k].solved++;
          if (seed === seeds[0]) found[k].boundary = findBoundary(model, samples.inputs, answers.labels);
        }
        ticker.done(++done);
      }
      found.forEach(({ runs, solved, boundary }, k) =>
        cells.push({
          hidden: size,
          rate,
          epochs: epochs[k],
          solved: solved / seeds.length,
          loss: medianOf(runs.map(({ losses, isFinite }) => isFinite ? losses[losses.length - 1] : Infinity)),
          losses: runs.map(({ losses }) => losses),
          boundary,
        })
      );
    }
  }
  return new Series({ hidden, rates, epochs, seeds, baseline, cells }, language);
}

/** The lecture's 2-n-1 network. */
function buildLecture(hidden: number, learningRate: number, seed: number): AnyModel {
  const model = sequential([
    layers.dense({ units: hidden, activation: "sigmoid", inputShape: [2] }),
    layers.dense({ units: 1, activation: "sigmoid" }),
  ], { seed });
  model.compile({ optimizer: "sgd", loss: "binary_crossentropy" });
  model.learningRate = learningRate;
  return model;
}

/** What a model answers around its samples; null where that is no picture. */
function findBoundary(model: AnyModel, inputs: readonly Tensor[], labels: Float32Array): Boundary | null {
  const [{ data, shape }] = inputs;
  if (inputs.length !== 1 || shape.length !== 2 || shape[1] !== 2 || labels.length !== shape[0]) return null;
  const range = (feature: 0 | 1): readonly [number, number] => {
    let [low, high] = [Infinity, -Infinity];
    for (let i = feature; i < data.length; i += 2) {
      low = Math.min(low, data[i]);
      high = Math.max(high, data[i]);
    }
    const more = MARGIN * (high - low || 1);
    return [low - more, high + more];
  };
  const [across, up] = [range(0), range(1)];
  const at = ([low, high]: readonly [number, number], i: number): number => low + (i + 0.5) / GRID * (high - low);
  const points = Array.from(
    { length: GRID * GRID },
    (_, i) => [at(across, i % GRID), at(up, GRID - 1 - Math.floor(i / GRID))],
  );
  const found = model.predict(points) as Tensor;
  if (found.data?.length !== points.length) return null;
  return {
    x: across,
    y: up,
    columns: GRID,
    rows: GRID,
    values: [...found.data],
    points: [...labels].map((label, i) => [data[2 * i], data[2 * i + 1], label]),
  };
}
