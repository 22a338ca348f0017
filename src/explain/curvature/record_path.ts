import { checkInteger } from "../../errors/check_integer.ts";
import { checkOptions } from "../../errors/check_options.ts";
import { checkString } from "../../errors/check_string.ts";
import type { Callback, TrainedModel } from "../../training/callback.ts";
import { type AnyModel, internalsOf } from "../trace/internals_of.ts";
import { readWeights } from "./read_weights.ts";

/** Options of `recordPath`. */
export interface RecordPathOptions {
  /** What the path is called in drawings: `"adam"`. Default `"run"`. */
  label?: string;
  /** The weights are kept after every so many epochs, and after the last one. Default 1. */
  every?: number;
}

const WHAT = "record a path";

/** A callback that keeps the weights of a fit: the path of an optimizer on the loss. It begins anew with every fit. */
export class TrainingPath implements Callback {
  /** What a backup knows its state by. */
  readonly name = "recordPath";
  /** What the path is called in drawings. */
  readonly label: string;
  /** After how many epochs each of the points was kept, from 0: before the first step. */
  readonly epochs: number[] = [];
  /** The weights that are trained, one variable after the other, for each of these. */
  readonly points: Float32Array[] = [];
  readonly #every: number;
  #model: AnyModel | null = null;
  #last = 0;

  /** @ignore */
  constructor(label: string, every: number) {
    this.label = label;
    this.#every = every;
  }

  /** @ignore */
  setModel(model: TrainedModel): void {
    internalsOf(WHAT, model as unknown as AnyModel);
    this.#model = model as unknown as AnyModel;
  }

  /** @ignore */
  onTrainBegin(): void {
    this.epochs.length = this.points.length = this.#last = 0;
    this.#keep();
  }

  /** @ignore */
  onEpochEnd(epoch: number): void {
    this.#last = epoch + 1;
    if (this.#last % this.#every === 0) this.#keep();
  }

  /** @ignore */
  onTrainEnd(): void {
    if (this.epochs[this.epochs.length - 1] !== this.#last) this.#keep();
  }

  #keep(): void {
    this.epochs.push(this.#last);
    this.points.push(Float32Array.from(readWeights(this.#model!)));
  }
}

/**
 * A callback that keeps the weights of a fit before the first step and after epochs, for `lossPlane`. Training's bits do not change; memory grows by the
 * size of the weights with every epoch that is kept.
 *
 * @example
 * ```ts ignore
 * const path = recordPath({ label: "adam" });
 * await model.fit(x, y, { epochs: 200, callbacks: path });
 * console.log(await lossPlane(model, x, y, { through: path }));
 * ```
 * @throws {TypeError | RangeError} If an option is unknown or out of range
 */
export function recordPath(options: RecordPathOptions = {}): TrainingPath {
  checkOptions(WHAT, options, ["label", "every"]);
  const label = checkString(WHAT, "label", options.label ?? "run");
  return new TrainingPath(label, checkInteger(WHAT, "every", options.every ?? 1, { min: 1 }));
}
