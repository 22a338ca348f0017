import { describeValue } from "../errors/describe_value.ts";
import { checkFinite } from "../tensor/check_finite.ts";
import { formatShape } from "../tensor/format_shape.ts";
import type { Shape } from "../tensor/shape.ts";
import { sizeOf } from "../tensor/size_of.ts";
import { Tensor } from "../tensor/tensor.ts";
import type { TensorInput, TypedArray } from "../tensor/tensor_input.ts";
import { toTensor } from "../tensor/to_tensor.ts";

/** Data as users give them: arrays, tensors, or a typed array with its shape. */
export type DataInput = TensorInput | Tensor;

/** One batch of a stream. */
export interface StreamBatch {
  /** The samples. */
  readonly x: DataInput;
  /** Their labels. */
  readonly y: DataInput;
  /** One weight a sample, which may be negative. */
  readonly sampleWeight?: readonly number[] | TypedArray;
}

/** Batches that are made as they are needed, for data that do not fit in memory. */
export type DataStream = Iterable<StreamBatch> | AsyncIterable<StreamBatch>;

/** One batch of samples without labels: the samples themselves, or as `x` of an object. */
export type SampleBatch = DataInput | { readonly x: DataInput };

/** Batches of samples to predict for. */
export type SampleStream = Iterable<SampleBatch> | AsyncIterable<SampleBatch>;

/** Samples and labels in memory, checked. */
export interface Samples {
  readonly x: Tensor;
  readonly y: Tensor;
  readonly sampleWeight: Float32Array | null;
  readonly count: number;
}

/** What the network expects of data. */
export interface Expected {
  readonly inputShape: Shape;
  /** The shape of one sample's label. */
  readonly targetShape: Shape;
  /** For messages. */
  readonly inputLayer: string;
  readonly outputLayer: string;
  readonly outputShape: Shape;
  readonly loss: string;
}

/** Turns user data into samples of the given shape: finite, and as many axes as wanted. A vector of n is read as n samples of one. */
export function readInput(input: DataInput, shape: Shape, layer: string): Tensor {
  const given = toTensor(input, { name: "x" });
  const fitted = fitShape(given, shape);
  if (fitted === null) {
    throw new TypeError(
      `Cannot use x: layer "${layer}" takes samples of shape ${formatShape(shape)}, so x must have shape ` +
        `${formatShape([null, ...shape])}, got ${formatShape(given.shape)}${hintFor(input, given.shape, shape)}`,
    );
  }
  checkFinite(fitted, "x");
  return fitted;
}

/** What was probably meant by samples of the wrong shape. */
function hintFor(input: DataInput, given: Shape, wanted: Shape): string {
  if (formatShape(given) === formatShape(wanted)) return "; for one sample write [x]";
  const samples = sizeOf(given) / sizeOf(wanted);
  return ArrayBuffer.isView(input) && Number.isInteger(samples)
    ? `; give a typed array its shape: tensor(x, ${formatShape([samples, ...wanted])})`
    : "";
}

/** Turns user labels into the shape that the loss needs. */
function readTarget(input: DataInput, expected: Expected): Tensor {
  const given = toTensor(input, { name: "y" });
  const { targetShape: shape, outputShape, outputLayer, loss } = expected;
  const fitted = fitShape(given, shape);
  if (fitted === null) {
    const sample = formatShape(given.shape.slice(1).filter((size) => size !== 1));
    let hint = "";
    if (loss === "categorical_crossentropy" && sample === "[]") {
      hint = "; for class indices use sparse_categorical_crossentropy";
    }
    if (loss === "sparse_categorical_crossentropy" && sample === formatShape(outputShape)) {
      hint = "; for one-hot labels use categorical_crossentropy";
    }
    throw new TypeError(
      `Cannot use y: layer "${outputLayer}" gives ${
        formatShape([null, ...outputShape])
      }, for which ${loss} needs a y of shape ` +
        `${formatShape([null, ...shape])}, got ${formatShape(given.shape)}${hint}`,
    );
  }
  checkFinite(fitted, "y");
  return fitted;
}

function fitShape(t: Tensor, shape: Shape): Tensor | null {
  const wanted = formatShape(shape);
  if (t.shape.length > 0 && formatShape(t.shape.slice(1)) === wanted) return t;
  // Flat labels, one a sample, stand for a column; a column of class indices stands for flat labels.
  if (t.shape.length === 1 && sizeOf(shape) === 1) return new Tensor(t.data, [t.shape[0], ...shape]);
  if (t.shape.length === shape.length + 2 && t.shape[t.shape.length - 1] === 1) {
    const rest = t.shape.slice(0, -1);
    return fitShape(new Tensor(t.data, rest), shape);
  }
  return null;
}

/** Reads and checks samples, labels and weights. */
export function readSamples(
  x: DataInput,
  y: DataInput,
  sampleWeight: readonly number[] | TypedArray | undefined,
  expected: Expected,
): Samples {
  const inputs = readInput(x, expected.inputShape, expected.inputLayer);
  const targets = readTarget(y, expected);
  const count = inputs.shape[0];
  if (targets.shape[0] !== count) {
    throw new TypeError(`Cannot use the data: x and y must have as many samples, got ${count} and ${targets.shape[0]}`);
  }
  return { x: inputs, y: targets, sampleWeight: readWeights(sampleWeight, count), count };
}

/** Reads sample weights: finite, one a sample. They may be negative, as in policy gradients. */
export function readWeights(weights: readonly number[] | TypedArray | undefined, count: number): Float32Array | null {
  if (weights === undefined) return null;
  const data = toTensor(weights, { name: "sampleWeight" });
  if (data.shape.length !== 1 || data.shape[0] !== count) {
    throw new TypeError(
      `Cannot use sampleWeight: it must have one number a sample, shape ${formatShape([count])}, got ${
        formatShape(data.shape)
      }`,
    );
  }
  const at = data.data.findIndex((weight) => !Number.isFinite(weight));
  if (at >= 0) {
    throw new RangeError(`Cannot use sampleWeight: weights must be finite, got ${data.data[at]} at sample ${at}`);
  }
  return data.data;
}

/** Checks that a stream gave a batch. */
export function checkBatch(batch: unknown): StreamBatch {
  if (!isBatch(batch)) {
    throw new TypeError(
      `Cannot use the data: a stream must give batches { x, y, sampleWeight? }, got ${describeValue(batch)}${
        hintAtNames(batch)
      }`,
    );
  }
  return batch;
}

/** What to write instead of TensorFlow.js's `{ xs, ys }`; empty for anything else. */
export function hintAtNames(value: unknown): string {
  return typeof value === "object" && value !== null && "xs" in value ? "; write { x, y } instead of { xs, ys }" : "";
}

function isBatch(value: unknown): value is StreamBatch {
  return typeof value === "object" && value !== null && "x" in value && "y" in value;
}
