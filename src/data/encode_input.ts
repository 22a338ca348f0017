import { formatSample } from "../tensor/format_sample.ts";
import { formatShape } from "../tensor/format_shape.ts";
import { readRaw } from "../tensor/read_raw.ts";
import type { Tensor } from "../tensor/tensor.ts";
import { checkIndices } from "./check_indices.ts";
import { fitSampleShape } from "./fit_sample_shape.ts";
import type { Port } from "./signature.ts";

/**
 * Reads samples of an input of strings, or of integers of many digits, and makes numbers of them: a tensor for each encoder.
 *
 * @param name what the data are called in errors
 * @param inList whether a list of one may hold the data
 * @throws {TypeError} If they are something else or have another shape; what encoders throw
 */
export function encodeInput(
  input: unknown,
  { shape, layer, raw }: Port & { readonly raw: NonNullable<Port["raw"]> },
  name: string,
  inList: boolean,
): readonly Tensor[] {
  const isWrapped = inList && Array.isArray(input) && input.length === 1 && Array.isArray(input[0]);
  const given = readRaw(isWrapped ? input[0] : input, name, [raw.dtype]);
  const fitted = fitSampleShape(given.shape, shape);
  if (fitted === null) {
    throw new TypeError(
      `Cannot use ${name}: layer "${layer}" takes samples of shape ${
        formatSample(shape)
      }, so ${name} must have shape ` +
        `${formatShape([null, ...shape])}, got ${formatShape(given.shape)}`,
    );
  }
  return raw.feeds.map(({ encoder, indices }) => {
    const numbers = encoder.encode({ values: given.values, shape: fitted });
    for (const limit of indices) checkIndices(numbers, `${name} behind layer "${encoder.name}"`, limit);
    return numbers;
  });
}
