import { describeValue } from "../errors/describe_value.ts";
import { formatShape } from "../tensor/format_shape.ts";
import { readValues } from "../tensor/read_values.ts";
import type { Shape } from "../tensor/shape.ts";
import type { TensorInput } from "../tensor/tensor_input.ts";

/** Sequences of different lengths, one after the other: numbers, such as those of words, or steps of several features. */
export type Sequences = readonly TensorInput[];

/** Sequences that are read. */
export interface ReadSequences {
  /** The numbers of each, step by step. */
  readonly values: readonly Float32Array[];
  /** How many steps each has. */
  readonly lengths: readonly number[];
  /** The shape of one step: [] for a number. */
  readonly step: Shape;
}

/**
 * Reads sequences of different lengths.
 *
 * @param what what is done, for messages: `pad sequences`
 * @param name what they are called in messages
 * @throws {TypeError} If there are none, one is no sequence of numbers, or steps have different shapes
 */
export function readSequences(what: string, name: string, given: Sequences): ReadSequences {
  if (!Array.isArray(given) || given.length === 0) {
    throw new TypeError(
      `Cannot ${what}: ${name} must be an array of at least one sequence, got ${describeValue(given)}`,
    );
  }
  let step: Shape | null = null;
  const values: Float32Array[] = [];
  const lengths: number[] = [];
  for (let i = 0; i < given.length; i++) {
    const at = `${name}[${i}]`;
    const one: unknown = given[i];
    if (isEmpty(one)) {
      values.push(new Float32Array(0));
      lengths.push(0);
      continue;
    }
    const { data, shape } = readValues(one as TensorInput, { name: at });
    if (shape.length === 0) {
      throw new TypeError(`Cannot ${what}: ${at} must be a sequence, an array of its steps, got ${describeValue(one)}`);
    }
    const own = shape.slice(1);
    step ??= own;
    if (formatShape(own) !== formatShape(step)) {
      throw new TypeError(
        `Cannot ${what}: the steps of all sequences must have one shape, got ${formatShape(step)} and, in ${at}, ${
          formatShape(own)
        }`,
      );
    }
    values.push(data);
    lengths.push(shape[0]);
  }
  return { values, lengths, step: step ?? [] };
}

/** Whether a sequence has no steps. */
function isEmpty(one: unknown): boolean {
  if (Array.isArray(one) || ArrayBuffer.isView(one)) return (one as ArrayLike<unknown>).length === 0;
  return false;
}
