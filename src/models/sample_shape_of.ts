import type { DataInput, SampleInputs } from "../data/data_input.ts";
import { sortData } from "../data/sort_data.ts";
import type { Dtype } from "../tensor/dtype.ts";
import { readRaw } from "../tensor/read_raw.ts";
import type { Shape } from "../tensor/shape.ts";
import { Tensor } from "../tensor/tensor.ts";
import { toTensor } from "../tensor/to_tensor.ts";

/**
 * The shape of one sample of the only input of a model that is not built yet.
 *
 * @param dtypes what the values may be
 * @throws {TypeError} If the data are something else
 */
export function sampleShapeOf(x: SampleInputs, dtypes: readonly Dtype[]): Shape {
  const [given] = sortData(x, { name: "x", ports: [{ name: "input" }], targets: null });
  if (!dtypes.includes("float32")) return readRaw(given, "x", dtypes).shape.slice(1);
  const data = Array.isArray(given) && given.length === 1 && given[0] instanceof Tensor ? given[0] : given;
  return toTensor(data as DataInput, { name: "x" }).shape.slice(1);
}
