import { checkInteger } from "../../errors/check_integer.ts";
import { checkOptions } from "../../errors/check_options.ts";
import { describeValue } from "../../errors/describe_value.ts";
import { applyChange } from "./apply_change.ts";
import { diagnose } from "./diagnose.ts";
import { Diagnosis } from "./diagnosis.ts";
import type { Change } from "./finding.ts";
import { type Tried, TriedRemedies } from "./tried_remedies.ts";

/** Options of `tryRemedies`. */
export interface TryRemediesOptions {
  /** How many epochs each change is trained for. Default: as many as the fit had, at most 200. */
  epochs?: number;
  /** Samples in a step. Default: as the fit had. */
  batchSize?: number;
  /** Changes to try besides those that the findings propose, and rates of ten times and a tenth. Default none. */
  changes?: readonly Change[];
}

const WHAT = "try remedies";
const MOST_EPOCHS = 200;

/**
 * Trains a model anew with each change that a diagnosis proposes, and with ten times and a tenth of its learning rate: from the same seed,
 * each change alone, for the same epochs, with nothing of the callbacks, weights of samples and validation of the fit. It shows what each of
 * them did, beside the training as it was. A change that helps here most likely helps; what does not help in so many epochs may do so later.
 *
 * Models with parts of your own cannot be built again: what could not be tried says why.
 *
 * @example
 * ```ts
 * import { layers, optimizers, sequential } from "retroprop";
 * import { diagnose, tryRemedies } from "retroprop/explain";
 *
 * const [x, y] = [[[0, 0], [0, 1], [1, 0], [1, 1]], [0, 1, 1, 0]];
 * const model = sequential([layers.dense({ units: 7, activation: "sigmoid", inputShape: [2] }), layers.dense({ units: 1, activation: "sigmoid" })]);
 * model.compile({ optimizer: optimizers.sgd({ learningRate: 25 }), loss: "binary_crossentropy" });
 * const why = diagnose(await model.fit(x, y, { epochs: 200, verbose: 0 }), model, { x, y });
 * const tried = await tryRemedies(why);
 * tried.best?.change; // { optimizer: { learningRate: 2.5 } }
 * ```
 * @throws {TypeError | RangeError} If it is no diagnosis, or an option is unknown or out of range
 */
export async function tryRemedies(diagnosis: Diagnosis, options: TryRemediesOptions = {}): Promise<TriedRemedies> {
  checkOptions(WHAT, options, ["epochs", "batchSize", "changes"]);
  if (!(diagnosis instanceof Diagnosis)) {
    throw new TypeError(`Cannot ${WHAT}: it must be what diagnose gives, got ${describeValue(diagnosis)}`);
  }
  const { model, data, language, facts, batchSize: own } = diagnosis.of;
  const known = Math.min(MOST_EPOCHS, Math.max(1, facts.losses.length));
  const epochs = checkInteger(WHAT, "epochs", options.epochs ?? known, { min: 1 });
  const batchSize = checkInteger(WHAT, "batchSize", options.batchSize ?? own, { min: 1 });
  const { rate } = facts.optimizer;
  const changes: Change[] = [
    {},
    ...diagnosis.findings.flatMap(({ remedy: { change } }) => change ?? []),
    ...options.changes ?? [],
    ...(rate === null ? [] : [10 * rate, rate / 10].map((learningRate) => ({ optimizer: { learningRate } }))),
  ];
  const tried: Tried[] = [];
  const seen = new Set<string>();
  for (const change of changes) {
    const key = JSON.stringify(change);
    if (seen.has(key)) continue;
    seen.add(key);
    tried.push(await tryChange(change));
  }
  return new TriedRemedies(tried, epochs, language);

  async function tryChange(change: Change): Promise<Tried> {
    try {
      const changed = applyChange(WHAT, model, data, change);
      const { x, y } = changed.data;
      const outcome = await changed.model.fit(x, y, { epochs: epochs * (change.longer ?? 1), batchSize, verbose: 0 })
        .catch((error: unknown) => {
          if (error instanceof Error && error.name === "NonFiniteError") return error as never;
          throw error;
        });
      const { skill, isLearning, headline, of: { facts: { losses } } } = diagnose(outcome, changed.model, changed.data);
      return {
        change,
        loss: losses[losses.length - 1] ?? null,
        skill,
        isLearning,
        rule: headline?.rule ?? null,
        error: null,
      };
    } catch (error) {
      return { change, loss: null, skill: null, isLearning: false, rule: null, error: (error as Error).message };
    }
  }
}
