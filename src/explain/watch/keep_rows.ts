import type { Dataset } from "../../data/dataset.ts";
import type { Internals } from "../../models/internals.ts";
import type { StateValue } from "../../tensor/state_value.ts";
import type { AnyModel } from "../trace/internals_of.ts";

/** Tensors and weights of samples, for a backup. */
interface KeptRows {
  readonly inputs: readonly KeptTensor[];
  readonly targets: readonly KeptTensor[];
  readonly weights: readonly (Float32Array | null)[];
}

interface KeptTensor {
  readonly shape: readonly number[];
  readonly data: Float32Array;
}

/** Samples as plain data. */
export function keepRows({ inputs, targets, weights }: Dataset): StateValue {
  const keep = ({ shape, data }: KeptTensor): KeptTensor => ({ shape: [...shape], data });
  const kept: KeptRows = { inputs: inputs.map(keep), targets: targets.map(keep), weights };
  return kept as unknown as StateValue;
}

/** The samples that `keepRows` has kept. */
export function takeRows({ Dataset, Tensor }: Internals, { network }: AnyModel, kept: StateValue): Dataset {
  const { inputs, targets, weights } = kept as unknown as KeptRows;
  const [x, y] = [inputs, targets].map((list) => list.map(({ shape, data }) => new Tensor(data, shape)));
  return new Dataset(x, y, weights, { shapes: network.shapesFor(x) });
}
