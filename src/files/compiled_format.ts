/** The version of compiled models that this code reads and writes. */
export const COMPILED_VERSION = 1;

/** The key of the metadata under which a compiled model's description stands. */
export const COMPILED_KEY = "retroprop_compiled";

/** What is known of an input or an output. */
export interface Port {
  /** Its name: `x`, `y`. */
  readonly name: string;
  /** The shape of one sample. */
  readonly shape: readonly number[];
  /** Of an input: what the numbers of a sample are, one name for every element of the last axis. */
  readonly columns?: readonly string[];
  /** Of an output: the names of the classes or quantities, one for every element of the last axis. */
  readonly labels?: readonly string[];
  /** How the model scales what it is given, first of all: x · scale + offset. It is part of the program: give it plain data. */
  readonly normalization?: { readonly scale: readonly number[]; readonly offset: readonly number[] };
}

/**
 * One argument of a call.
 *
 * - `{ at, plus? }`: a buffer that begins `at` elements into the arena of one sample; `at` grows with the number of samples, `plus` does not.
 * - `{ weight }`: a tensor of the file.
 * - `{ scratch }`: working memory, so many elements from its beginning. All calls share it.
 * - `null`: an optional array that is not there.
 * - `{ rows }`: a count, times the number of samples.
 * - a number; as text where JSON has none for it.
 */
export type CallArgument =
  | { readonly at: number; readonly plus?: number }
  | { readonly weight: string }
  | { readonly scratch: number }
  | { readonly rows: number }
  | null
  | number
  | "NaN"
  | "Infinity"
  | "-Infinity";

/** A call: the name of an operation, and its arguments in the kernel's order: written, read, scalars, counts. */
export type Call = readonly [name: string, ...CallArgument[]];

/** How the weights of products are stored: biases and scales are float32 always. */
export type CompiledWeights = "float32" | "float16" | "int8";

/** How the outputs of the compiled model differ from those of the model itself, over the calibration samples, in float64. */
export interface AccuracyReport {
  /** How many samples were compared. */
  readonly samples: number;
  /** The largest |difference| of an output element. */
  readonly maxError: number;
  /** The mean |difference| of an output element. */
  readonly meanError: number;
  /** The share of the samples whose largest output is the same one; for a single output, is on the same side of 0.5. */
  readonly agreement: number;
}

/** Of a stepper's file: what goes from one step of a sequence to the next. Addresses are as of inputs and outputs. */
export interface CompiledSteps {
  /** How many steps there may be; null where nothing limits them. */
  readonly most: number | null;
  /** Where the number of the step is read, from 0; left out where nobody reads it. */
  readonly position?: number;
  /** What layers keep: where it is before a step, and where it is afterwards. */
  readonly states: readonly {
    readonly name: string;
    readonly shape: readonly number[];
    readonly from: number;
    readonly to: number;
  }[];
}

/**
 * Of a model of texts: how its strings, or integers, become numbers (`text/read_encoder.ts` says what stands there besides). A vocabulary is the
 * tensor `vocabulary`, weights of tf-idf are `idf_weights`.
 */
export interface CompiledEncoder {
  /** What the values are. */
  readonly dtype: "string" | "int64";
  /** The shape of a sample of these; null for a length that may be any. */
  readonly shape: readonly (number | null)[];
}

/** A compiled model without its weights. */
export interface Description {
  readonly version: number;
  readonly name: string;
  readonly inputs: readonly (Port & { readonly at: number })[];
  readonly outputs: readonly (Port & { readonly at: number })[];
  /** The elements that all buffers of one sample take. */
  readonly arenaElements: number;
  /** The working memory that the largest call needs, for any number of samples. Default 0. */
  readonly scratchElements?: number;
  readonly calls: readonly Call[];
  /** How the weights of products are stored. */
  readonly weights: CompiledWeights;
  /** Of a model whose input is no numbers. The port's shape is that of the numbers. */
  readonly encoder?: CompiledEncoder;
  /** Of a file that one step is computed with at a time. */
  readonly steps?: CompiledSteps;
  /** How far the outputs moved, where calibration data were given. */
  readonly report?: AccuracyReport;
}
