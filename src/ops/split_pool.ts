import { sizeOf } from "../tensor/size_of.ts";
import type { Symbolic } from "../tensor/symbolic.ts";
import { batchUnits } from "./batch_units.ts";
import { type Argument, byBatch, type Cost, count, type Split } from "./op.ts";
import { poolWindows } from "./pool_windows.ts";

/** How threads share a pooling, and what its kernels take. */
export interface PoolSplit {
  /** The split of the kernel call: among samples. */
  readonly split: Split;
  /** Elements in one unit of the split: of the images, and of the results. */
  readonly images: number;
  readonly results: number;
  /** The arguments behind the addresses. */
  readonly counts: readonly Argument[];
}

/** The split of a pooling of `x`, one of the tensors of `node`, whose attributes say how. */
export function splitPool(node: Symbolic, { shape }: Symbolic): PoolSplit {
  const [rows, columns] = poolWindows(node.op, shape, node.attributes);
  const [batch, height, width, channels] = shape;
  const units = batchUnits(node, shape);
  const samples = units === 0 ? 0 : batch / units;
  return {
    split: byBatch(units),
    images: samples * height * width * channels,
    results: samples * rows.count * columns.count * channels,
    counts: [
      count(samples),
      height,
      width,
      channels,
      rows.count,
      columns.count,
      rows.size,
      columns.size,
      rows.stride,
      columns.stride,
      rows.before,
      columns.before,
    ],
  };
}

/** The cost of a pooling of `x`: one operation for every element of every window. */
export function costOfPool(node: Symbolic, { shape }: Symbolic): Cost {
  const [rows, columns] = poolWindows(node.op, shape, node.attributes);
  const results = shape[0] * rows.count * columns.count * shape[3];
  const sizes = [node, ...node.inputs].map((tensor) => sizeOf(tensor.shape));
  return { flops: results * rows.size * columns.size, bytes: 4 * sizes.reduce((sum, size) => sum + size, 0) };
}
