import type { RawInput } from "../tensor/raw_tensor.ts";
import type { Tensor } from "../tensor/tensor.ts";
import type { TensorInput, TypedArray } from "../tensor/tensor_input.ts";

/** Data as users give them: arrays, tensors, or a typed array with its shape. */
export type DataInput = TensorInput | Tensor;

/**
 * Data for the outputs of a model: for the only one, a list in their order, or a record by their names. In a list null stands for
 * an output that is not trained.
 */
export type DataInputs = DataInput | readonly (DataInput | null)[] | { readonly [name: string]: DataInput };

/** Samples of one input: data, or for an input of strings or integers of many digits (`dtype`) nested arrays of these. */
export type SampleInput = DataInput | RawInput;

/** Samples for the inputs of a model: for the only one, a list in their order, or a record by their names. */
export type SampleInputs = SampleInput | readonly SampleInput[] | { readonly [name: string]: SampleInput };

/** One weight a sample; they may be negative, as in policy gradients. */
export type SampleWeight = readonly number[] | TypedArray;

/** Weights of samples: for all outputs, or for each one alone, as a list in their order or a record by their names. */
export type SampleWeights =
  | SampleWeight
  | readonly (SampleWeight | null)[]
  | { readonly [name: string]: SampleWeight };

/** One batch of a stream. */
export interface StreamBatch {
  /** The samples. */
  readonly x: SampleInputs;
  /** Their labels. */
  readonly y: DataInputs;
  /** One weight a sample, which may be negative. */
  readonly sampleWeight?: SampleWeights;
}

/** What a stream may have besides its batches. */
export interface EpochSetter {
  /** Is told the number of each epoch, from 0, before it begins: for streams whose order depends on it. */
  setEpoch?(epoch: number): void;
}

/** Batches that are made as they are needed, for data that do not fit in memory. */
export type DataStream = (Iterable<StreamBatch> | AsyncIterable<StreamBatch>) & EpochSetter;

/** One batch of samples without labels: the samples themselves, or as `x` of an object. */
export type SampleBatch = SampleInputs | { readonly x: SampleInputs };

/** Batches of samples to predict for. */
export type SampleStream = Iterable<SampleBatch> | AsyncIterable<SampleBatch>;
