import type { Layer } from "../../layers/layer.ts";
import type { EpochStatistics, LayerStatistics } from "../../training/layer_statistics.ts";
import type { Trap } from "../curvature/trap.ts";

/** What is known of one layer. */
export interface LayerFacts {
  readonly name: string;
  readonly layer: Layer | null;
  /** The id of its activation; null without one. */
  readonly activation: string | null;
  readonly isTrained: boolean;
  /** Whether it gives an output of the model. */
  readonly isOutput: boolean;
  /** At how many places of a sample (pixels, steps) it gives its units. */
  readonly places: number;
  readonly start: LayerStatistics | null;
  readonly end: LayerStatistics | null;
}

/** What is known of one output that is trained. */
export interface OutputFacts {
  readonly layer: string;
  readonly lossId: string;
  /** What turns predictions into probabilities, where the loss takes them for logits. */
  readonly link: "sigmoid" | "softmax" | null;
  readonly activation: string | null;
  readonly labelsFrom: number;
  readonly labelsTo: number;
  /** Whether labels are classes or 0 and 1. */
  readonly areClasses: boolean;
  /** The loss of the best constant answer, of answers as right as can be, and of those that the activation gives for 0. */
  readonly constant: number;
  readonly best: number;
  readonly zero: number;
  /** The loss of the best answers that the activation can give. */
  readonly reachable: number;
  /** The largest standard deviation of a column of the predictions, and the mean of that column. */
  readonly spread: number;
  readonly middle: number;
}

/** A column of numbers that go into the model. */
export interface ColumnFacts {
  readonly name: string;
  readonly mean: number;
  readonly sd: number;
}

/** Weights of a layer before the first step, as columns of units. */
export interface KernelFacts {
  readonly layer: string;
  readonly units: number;
  readonly values: Float32Array;
}

/** All that rules look at. Rates, losses and counts are null where they are not known. */
export interface Facts {
  /** The training losses of the epochs, finite ones. */
  readonly losses: readonly number[];
  readonly validation: readonly number[];
  /** Where a value stopped being finite; null where none did. */
  readonly crash: { readonly epoch: number; readonly layer: string | null } | null;
  /** The loss before the first step, of a batch. */
  readonly startLoss: number | null;
  /** The losses of all outputs together: see `OutputFacts`. */
  readonly constant: number;
  readonly best: number;
  readonly zero: number;
  readonly reachable: number;
  /** How much of the way from the best constant answer to perfect ones the last quarter of the epochs went: 1 is all, 0 none. */
  readonly skill: number;
  readonly isLearning: boolean;
  readonly layers: readonly LayerFacts[];
  readonly outputs: readonly OutputFacts[];
  readonly columns: readonly ColumnFacts[];
  readonly kernels: readonly KernelFacts[];
  /** Whether nothing but sums and products with weights lies between the first and the last trained layer. */
  readonly isLinear: boolean;
  readonly start: EpochStatistics | null;
  readonly end: EpochStatistics | null;
  /** ‖Δw‖/‖w‖ of the first steps, at most 20: of the layer where it is largest. */
  readonly updates: readonly number[];
  readonly optimizer: { readonly id: string; readonly rate: number | null; readonly isPlain: boolean };
  /** Where the model stands on its loss at the end; null where it was not looked at. */
  readonly trap: Trap | null;
  /** λmax of the loss before the first step; null where it was not computed. */
  readonly sharpness: number | null;
  /** How many of the samples the layers were measured on. */
  readonly rows: number;
  readonly validationRows: number | null;
}

/** The layers with trained weights, in order. */
export function trainedOf({ layers }: Facts): readonly LayerFacts[] {
  return layers.filter(({ isTrained }) => isTrained);
}

/** ‖Δw‖/‖w‖ of steps that most trainings begin well with. */
const GOOD_UPDATE = 0.03;

/** A learning rate at which the first step would have changed weights by 3 %, as it grows with the rate; two digits of it. null without a step. */
export function betterRate(rate: number, [first]: readonly number[]): number | null {
  return first > 0 ? Number((rate * GOOD_UPDATE / first).toPrecision(2)) : null;
}
