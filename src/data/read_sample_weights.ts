import { describeValue } from "../errors/describe_value.ts";
import { formatShape } from "../tensor/format_shape.ts";
import { toTensor } from "../tensor/to_tensor.ts";
import type { SampleWeight, SampleWeights } from "./data_input.ts";
import type { Port } from "./signature.ts";
import { sortByPort } from "./sort_by_port.ts";
import { isRecord } from "./sort_data.ts";

/** Which outputs there are, and which are trained. */
interface WeightedOutputs {
  readonly outputs: readonly Port[];
  readonly targets: readonly { readonly output: number }[];
}

/**
 * Reads the weights of samples: finite, one a sample, for each output that is trained; null where there are none. They may be negative, as in
 * policy gradients.
 *
 * @param given weights for all outputs, a list with an entry for each, or a record by name
 */
export function readSampleWeights(
  given: SampleWeights | undefined,
  count: number,
  { outputs, targets }: WeightedOutputs,
): readonly (Float32Array | null)[] {
  if (given === undefined) return targets.map(() => null);
  const names = outputs.map(({ name }) => name);
  const read = (weights: unknown, name: string): Float32Array | null => {
    return weights === undefined || weights === null ? null : readWeights(weights as SampleWeight, count, name);
  };
  const isList = Array.isArray(given) && outputs.length > 1 && given.some((entry) => typeof entry !== "number");
  const sorted = isRecord(given, names)
    ? sortByPort<unknown>("use sampleWeight", given, names, "output")
    : isList
    ? given as readonly unknown[]
    : null;
  if (sorted === null) {
    const weights = read(given, "sampleWeight");
    return targets.map(() => weights);
  }
  if (sorted.length !== outputs.length) {
    throw new TypeError(
      `Cannot use sampleWeight: a list must have an entry for each of ${outputs.length} outputs, got ${
        describeValue(given)
      }`,
    );
  }
  return targets.map(({ output }) => read(sorted[output], `sampleWeight.${names[output]}`));
}

function readWeights(weights: SampleWeight, count: number, name: string): Float32Array {
  const { data, shape } = toTensor(weights, { name });
  if (shape.length !== 1 || shape[0] !== count) {
    throw new TypeError(
      `Cannot use ${name}: it must have one number a sample, shape ${formatShape([count])}, got ${formatShape(shape)}`,
    );
  }
  const at = data.findIndex((weight) => !Number.isFinite(weight));
  if (at >= 0) throw new RangeError(`Cannot use ${name}: weights must be finite, got ${data[at]} at sample ${at}`);
  return data;
}
