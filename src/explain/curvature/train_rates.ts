import type { DataInputs, SampleInputs } from "../../data/data_input.ts";
import { type Language, readLanguage } from "../../drawing/language.ts";
import { checkBoolean } from "../../errors/check_boolean.ts";
import { checkInteger } from "../../errors/check_integer.ts";
import { checkNumber } from "../../errors/check_number.ts";
import { checkOptions } from "../../errors/check_options.ts";
import { describeValue } from "../../errors/describe_value.ts";
import { type AnyModel, internalsOf } from "../trace/internals_of.ts";
import { isSolved, judgeAnswers } from "./judge_answers.ts";
import { judgeRate } from "./judge_rate.ts";
import { lanczos } from "./lanczos.ts";
import { LossSurface } from "./loss_surface.ts";
import { rateEdge } from "./rate_edge.ts";
import { RateComparison, type RateResult, type RateRun } from "./rate_comparison.ts";
import { readWeights } from "./read_weights.ts";
import { createTicker } from "./ticker.ts";
import { lastQuarter, meanOf, medianOf, shareOfRises } from "./averages.ts";
import { beginRun, trainRun } from "./train_run.ts";

/** Options of `compareRates`. */
export interface CompareRatesOptions {
  /** How many epochs every model is trained. Default 200. */
  epochs?: number;
  /** The seeds, or how many: 0, 1, 2, … Default 5. */
  seeds?: number | readonly number[];
  /** Samples in a step. Default: all, so that η·λmax holds. */
  batchSize?: number;
  /** Whether to find λmax before the first step. Default: if weights times samples are at most a million, since it is slow. */
  sharpness?: boolean;
  /** 1 (default): says how far it is, where it takes longer than a second; 0: silent. */
  verbose?: 0 | 1;
  /** The language of the text. Default `"en"`. */
  language?: Language;
}

/** From this product of weights and samples on λmax is found only if it is asked for. */
const SLOW = 1e6;

/** What `compareRates` does. */
export async function trainRates(
  make: (learningRate: number, seed: number) => AnyModel,
  x: SampleInputs,
  y: DataInputs,
  rates: readonly number[],
  options: CompareRatesOptions = {},
): Promise<RateComparison> {
  const what = "compare rates";
  checkOptions(what, options, ["epochs", "seeds", "batchSize", "sharpness", "verbose", "language"]);
  if (typeof make !== "function") {
    throw new TypeError(`Cannot ${what}: make must be a function of a rate and a seed, got ${describeValue(make)}`);
  }
  readList(what, "rates", rates, (rate, name) => checkNumber(what, name, rate, { min: 0 }));
  const epochs = checkInteger(what, "epochs", options.epochs ?? 200, { min: 2 });
  const seeds = readSeeds(what, options.seeds ?? 5);
  if (options.sharpness !== undefined) checkBoolean(what, "sharpness", options.sharpness);
  const language = readLanguage(what, options.language);
  const verbose = checkInteger(what, "verbose", options.verbose ?? 1, { min: 0, max: 1 }) as 0 | 1;
  const known = new Map<number, { readonly weights: Float64Array; readonly lambda: number }>();
  const results: RateResult[] = [];
  let ticker: ReturnType<typeof createTicker> | null = null;
  let baseline = 0;
  for (const rate of rates) {
    const runs: RateRun[] = [];
    for (const seed of seeds) {
      const model = make(rate, seed);
      const internals = internalsOf(what, model);
      ticker ??= createTicker(internals, what, rates.length * seeds.length, verbose);
      if (!model.isBuilt) model.buildFor(x);
      const rows = internals.samplesFor(model, x, y, undefined).count;
      const weights = readWeights(model);
      const { edge, learningRate, isPlain } = rateEdge(model);
      let lambda: number | null = null;
      if (options.sharpness ?? weights.length * rows <= SLOW) {
        const before = known.get(seed);
        if (before !== undefined && before.weights.every((each, i) => each === weights[i])) lambda = before.lambda;
        else known.set(seed, { weights, lambda: lambda = lambdaMaxOf(what, model, x, y) });
      }
      const run = beginRun();
      await trainRun(run, model, x, y, { epochs, batchSize: options.batchSize ?? rows });
      const { losses, updates, isFinite } = run;
      const answers = isFinite ? judgeAnswers(what, model, x, y) : null;
      if (answers !== null) baseline = answers.baseline;
      const loss = isFinite ? losses[losses.length - 1] : Infinity;
      const last = lastQuarter(losses);
      runs.push({
        seed,
        losses,
        isFinite,
        solved: answers !== null && isSolved(answers, loss),
        loss,
        skill: isFinite && baseline > 0 ? 1 - meanOf(last) / baseline : 0,
        rises: shareOfRises(losses, 50),
        swing: meanOf(last.slice(1).map((each, i) => Math.abs(each - last[i]))) || 0,
        update: medianOf(updates) || 0,
        etaLambdaMax: edge === null || lambda === null ? null : learningRate * lambda,
        suggestedRate: isPlain && lambda !== null && lambda > 0 ? 2 / lambda : null,
      });
      ticker.done(results.length * seeds.length + runs.length);
    }
    results.push(summarize(rate, runs, baseline));
  }
  return new RateComparison({ rates: results, epochs, seeds, baseline }, language);
}

/** λmax of the loss at the weights as they are. */
function lambdaMaxOf(what: string, model: AnyModel, x: SampleInputs, y: DataInputs): number {
  const surface = new LossSurface(what, model, x, y);
  const { weights } = surface;
  return lanczos((v) => surface.hessianTimes(v, weights), surface.count, 40).largest.value;
}

function summarize(rate: number, runs: readonly RateRun[], baseline: number): RateResult {
  const mean = (key: "rises" | "swing"): number => meanOf(runs.map((run) => run[key]));
  const median = (key: "loss" | "skill" | "update"): number => medianOf(runs.map((run) => run[key]));
  const known = (key: "etaLambdaMax" | "suggestedRate"): number | null => {
    const values = runs.flatMap((run) => run[key] ?? []);
    return values.length === 0 ? null : meanOf(values);
  };
  const facts = {
    loss: median("loss"),
    skill: median("skill"),
    rises: mean("rises"),
    swing: mean("swing"),
    update: median("update"),
    etaLambdaMax: known("etaLambdaMax"),
  };
  const broken = meanOf(runs.map(({ isFinite }) => Number(!isFinite)));
  return {
    rate,
    verdict: judgeRate({ ...facts, broken, baseline }),
    solved: meanOf(runs.map(({ solved }) => Number(solved))),
    ...facts,
    suggestedRate: known("suggestedRate"),
    runs,
  };
}

/** Checks a list that must not be empty. */
export function readList<T>(what: string, name: string, list: unknown, check: (each: unknown, name: string) => T): T[] {
  if (!Array.isArray(list) || list.length === 0) {
    throw new TypeError(`Cannot ${what}: ${name} must be a list that is not empty, got ${describeValue(list)}`);
  }
  return list.map((each, i) => check(each, `${name}[${i}]`));
}

/** Seeds, or so many from 0 on. */
export function readSeeds(what: string, seeds: unknown): number[] {
  if (Array.isArray(seeds)) {
    return readList(what, "seeds", seeds, (seed, name) => checkInteger(what, name, seed, { min: 0 }));
  }
  return Array.from({ length: checkInteger(what, "seeds", seeds, { min: 1, max: 10_000 }) }, (_, i) => i);
}
