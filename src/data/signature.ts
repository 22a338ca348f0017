import type { Dtype } from "../tensor/dtype.ts";
import type { OpenShape } from "../tensor/open_shape.ts";
import type { RawTensor } from "../tensor/raw_tensor.ts";
import type { Shape } from "../tensor/shape.ts";
import type { Tensor } from "../tensor/tensor.ts";

/** What makes numbers of strings or integers, on the thread that reads samples: a layer that stands directly behind an input. */
export interface Encoder {
  /** The layer's name, for messages. */
  readonly name: string;
  /** The numbers, the samples first. */
  encode(x: RawTensor): Tensor;
  /** A text that is equal for encoders that give the same numbers, and for no others. */
  fingerprint(): string;
}

/** An input whose values no program sees. */
export interface RawPort {
  /** What the values are. */
  readonly dtype: Exclude<Dtype, "float32">;
  /** What makes of them, each by itself, what a program is fed with, and what layers ask of these numbers. */
  readonly feeds: readonly { readonly encoder: Encoder; readonly indices: readonly IndexLimit[] }[];
}

/** Where data go into a model, or come out of it: plain data, but for what makes numbers of strings. */
export interface Port {
  /** What users call it: the key of a record, or the name of its layer. */
  readonly name: string;
  /** The layer that it belongs to, for messages. */
  readonly layer: string;
  /** The shape of one sample; null for an axis whose length each batch brings along. */
  readonly shape: OpenShape;
  /** Of an output that has a mask: the shape of one sample's mask. */
  readonly mask?: OpenShape;
  /** Of an input that layers take for numbers of rows: which numbers they know. */
  readonly indices?: readonly IndexLimit[];
  /** Of an input of strings, or of integers of many digits. */
  readonly raw?: RawPort;
}

/** What a layer asks of an input: integers from 0 to limit − 1. */
export interface IndexLimit {
  /** The layer; with its place, where it is inside another one. */
  readonly layer: string;
  readonly limit: number;
  /** The layer's option that says how many there are. Default `inputDim`. */
  readonly option?: string;
}

/** The shapes of one sample at all ports, for batches that bring lengths along: each is known. */
export interface PortShapes {
  /** Equal for equal shapes, and for no others of the same model. */
  readonly key: string;
  readonly inputs: readonly Shape[];
  readonly outputs: readonly Shape[];
}

/** How ports were given: one, a list, or a record by their names. */
export type PortForm = "one" | "list" | "record";

/** What a model takes and gives. */
export interface Signature {
  readonly inputs: readonly Port[];
  readonly outputs: readonly Port[];
  readonly inputForm: PortForm;
  /** The form of predictions, too. */
  readonly outputForm: PortForm;
}
