import { describeValue } from "../errors/describe_value.ts";
import type { WeightSpec } from "../layers/weight_spec.ts";
import type { RandomStream } from "../tensor/random_stream.ts";
import { sizeOf } from "../tensor/size_of.ts";

/**
 * The first values of a weight.
 *
 * @param name the weight's name, for messages
 * @throws {TypeError | RangeError} If the initializer gives too few, too many or others than finite ones.
 */
export function drawInitial(name: string, { shape, initializer }: WeightSpec, random: RandomStream): Float32Array {
  const values = initializer.initialize(shape, random);
  const what = `initialize weight "${name}"`;
  const elements = sizeOf(shape);
  if (!(values instanceof Float32Array) || values.length !== elements) {
    const found = values instanceof Float32Array ? `${values.length} numbers` : describeValue(values);
    throw new TypeError(
      `Cannot ${what}: its initializer must give a Float32Array of ${elements} numbers, got ${found}`,
    );
  }
  const bad = values.findIndex((value) => !Number.isFinite(value));
  if (bad >= 0) {
    throw new RangeError(
      `Cannot ${what}: its initializer must give finite numbers, got ${values[bad]} at element ${bad}`,
    );
  }
  return values;
}
