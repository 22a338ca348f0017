import { checkInteger } from "../errors/check_integer.ts";
import { checkNumber } from "../errors/check_number.ts";
import { checkOptions } from "../errors/check_options.ts";
import { checkString } from "../errors/check_string.ts";
import { Tensor } from "../tensor/tensor.ts";
import { fillSequences } from "./fill_sequences.ts";
import { readSequences, type Sequences } from "./read_sequences.ts";

/** Options of `padSequences`. */
export interface PadSequencesOptions {
  /** How many steps all get. Default: as many as the longest one has. */
  maxLength?: number;
  /** Whether padding stands before or behind a sequence that is shorter. Default `"pre"`. */
  padding?: "pre" | "post";
  /** Whether a sequence that is longer is cut at its beginning or at its end. Default `"pre"`. */
  truncating?: "pre" | "post";
  /** What is put in. Default 0, which an embedding with `maskZero` masks. */
  value?: number;
}

const SIDES = ["pre", "post"] as const;

/**
 * Gives sequences one length, as Keras's `pad_sequences`: shorter ones are padded with a value, longer ones cut.
 *
 * @param sequences arrays of numbers, or of steps of several features; an empty one is all padding
 * @returns [sequences, maxLength, …step], float32
 * @example
 * ```ts
 * import { padSequences } from "retroprop";
 * padSequences([[1, 2, 3], [4]]).toArray(); // [[1, 2, 3], [0, 0, 4]]
 * padSequences([[1, 2, 3], [4]], { maxLength: 2, padding: "post" }).toArray(); // [[2, 3], [4, 0]]
 * ```
 * @throws TypeError if there are no sequences, one is none, all are empty, or their steps have different shapes; RangeError if an option is out of
 *   range
 */
export function padSequences(sequences: Sequences, options: PadSequencesOptions = {}): Tensor {
  const what = "pad sequences";
  checkOptions(what, options, ["maxLength", "padding", "truncating", "value"]);
  const padding = checkString(what, "padding", options.padding ?? "pre", SIDES);
  const truncating = checkString(what, "truncating", options.truncating ?? "pre", SIDES);
  const value = checkNumber(what, "value", options.value ?? 0);
  const given = options.maxLength === undefined ? null : checkInteger(what, "maxLength", options.maxLength, { min: 1 });
  const read = readSequences(what, "sequences", sequences);
  const length = given ?? read.lengths.reduce((most, steps) => Math.max(most, steps), 0);
  if (length === 0) throw new TypeError(`Cannot ${what}: all sequences are empty; say maxLength`);
  const numbers = read.lengths.map((_, i) => i);
  const data = fillSequences(read, numbers, length, { padding, truncating, value });
  return new Tensor(data, [numbers.length, length, ...read.step]);
}
