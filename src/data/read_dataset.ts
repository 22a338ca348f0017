import { checkFinite } from "../tensor/check_finite.ts";
import { formatShape } from "../tensor/format_shape.ts";
import type { OpenShape } from "../tensor/open_shape.ts";
import type { Shape } from "../tensor/shape.ts";
import type { Tensor } from "../tensor/tensor.ts";
import type { DataInput, DataInputs, SampleInputs, SampleWeights } from "./data_input.ts";
import { Dataset } from "./dataset.ts";
import { fitData } from "./fit_data.ts";
import { readInputs } from "./read_inputs.ts";
import { readSampleWeights } from "./read_sample_weights.ts";
import type { Port, PortShapes, Signature } from "./signature.ts";
import { sortData } from "./sort_data.ts";

/** An output that is trained. */
export interface Target {
  /** Its number among the model's outputs. */
  readonly output: number;
  readonly port: Port;
  /** The shape of one sample's label; null for an axis whose length each batch brings along. */
  readonly shape: OpenShape;
  /** The id of its loss, for messages. */
  readonly loss: string;
}

/** What data must be like to train and evaluate a model. */
export interface Expected {
  readonly signature: Signature;
  /** The outputs that are trained. */
  readonly targets: readonly Target[];
  /** What axes of unknown length are in a batch of these inputs; null where all are known. */
  readonly settle: ((inputs: readonly Tensor[]) => SettledShapes) | null;
}

/** Shapes of which every length is known: at the ports, and of one sample's label for each output that is trained. */
export interface SettledShapes {
  readonly ports: PortShapes;
  readonly labels: readonly Shape[];
}

/**
 * Reads and checks samples, labels and weights. Whether labels are what their losses take is not looked at.
 *
 * @throws {TypeError} If something is missing or has another shape or number of samples; RangeError for NaN, Infinity and unknown names
 */
export function readDataset(
  x: SampleInputs,
  y: DataInputs,
  sampleWeight: SampleWeights | undefined,
  { signature, targets, settle }: Expected,
): Dataset {
  const inputs = readInputs(x, signature);
  const settled = settle?.(inputs) ?? null;
  const { outputs, outputForm } = signature;
  const given = sortData(y, { name: "y", ports: outputs, targets });
  const isNamed = outputs.length > 1;
  const inList = targets.length === 1 && outputForm === "list";
  const labels = targets.map((target, i) => {
    const known = settled === null ? target : settleTarget(target, settled, i);
    return readTarget(given[i] as DataInput, known, isNamed ? `y.${target.port.name}` : "y", inList);
  });
  const count = inputs[0].shape[0];
  const odd = labels.findIndex(({ shape }) => shape[0] !== count);
  if (odd >= 0) {
    const name = isNamed ? `y.${targets[odd].port.name}` : "y";
    const found = labels[odd].shape[0];
    throw new TypeError(`Cannot use the data: x and ${name} must have as many samples, got ${count} and ${found}`);
  }
  const weights = readSampleWeights(sampleWeight, count, { outputs, targets });
  return new Dataset(inputs, labels, weights, { shapes: settled?.ports ?? null });
}

/** A target for the lengths of one batch. */
function settleTarget(target: Target, { ports, labels }: SettledShapes, i: number): Target {
  return { ...target, port: { ...target.port, shape: ports.outputs[target.output] }, shape: labels[i] };
}

/** Turns user labels into the shape that the loss needs. */
function readTarget(input: DataInput, { port, shape, loss }: Target, name: string, inList: boolean): Tensor {
  const { given, fitted } = fitData(input, shape, name, inList);
  if (fitted === null) {
    const sample = formatShape(given.shape.slice(1).filter((size) => size !== 1));
    let hint = "";
    if (loss === "categorical_crossentropy" && sample === "[]") {
      hint = "; for class indices use sparse_categorical_crossentropy";
    }
    if (loss === "sparse_categorical_crossentropy" && sample === formatShape(port.shape)) {
      hint = "; for one-hot labels use categorical_crossentropy";
    }
    throw new TypeError(
      `Cannot use ${name}: layer "${port.layer}" gives ${
        formatShape([null, ...port.shape])
      }, for which ${loss} needs a ` +
        `${name} of shape ${formatShape([null, ...shape])}, got ${formatShape(given.shape)}${hint}`,
    );
  }
  checkFinite(fitted, name);
  return fitted;
}
