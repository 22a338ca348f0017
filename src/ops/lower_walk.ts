import type { Shape } from "../tensor/shape.ts";
import { sizeOf } from "../tensor/size_of.ts";
import type { Symbolic } from "../tensor/symbolic.ts";
import { batchUnits } from "./batch_units.ts";
import { type BufferRef, byBatch, byParameter, count, type Lowering, read, type Split, write } from "./op.ts";
import type { Walk } from "./walk.ts";

/** Axes of a kernel call behind the first one. */
const INNER = 5;

/** Units of a split, and samples (or rows of a parameter) in one of them. */
interface Sharing {
  readonly split: Split;
  readonly rows: number;
}

/** Sets all elements of the output, shared among threads as `lowerWalk` shares them where the first axis stays what it is. */
export function lowerFill({ node, output, call }: Lowering, value: number, input: Shape): void {
  const size = sizeOf(node.shape);
  const sharing = node.shape[0] === input[0] ? shareFirst(node) : null;
  if (sharing === null) return call("fill_forward", [write(output, 0), value, size], null);
  const stride = sharing.rows * size / Math.max(node.shape[0], 1);
  call("fill_forward", [write(output, stride), value, count(stride)], sharing.split);
}

/**
 * Writes the kernel calls of a walk from the input `x` to the output.
 *
 * Where the walk takes the first axis of both as it is, threads share it; else one thread does it all.
 */
export function lowerWalk(
  { node, output, call }: Pick<Lowering, "node" | "output" | "call">,
  kernel: "strided_copy" | "strided_add",
  { ref, shape }: { readonly ref: BufferRef; readonly shape: Shape },
  walk: Walk,
): void {
  const sharing = keepsFirst(walk, node.shape, shape) ? shareFirst(node) : null;
  const [n0, ...sizes] = walk.sizes;
  const [y0, ...ys] = walk.y.strides;
  const [x0, ...xs] = walk.x.strides;
  for (const part of cutLong(mergeAxes({ sizes, y: { ...walk.y, strides: ys }, x: { ...walk.x, strides: xs } }))) {
    const fill = (values: readonly number[], by: number): number[] => [
      ...new Array<number>(INNER - values.length).fill(by),
      ...values,
    ];
    const rest = [
      ...fill(part.sizes, 1),
      y0,
      ...fill(part.y.strides, 0),
      x0,
      ...fill(part.x.strides, 0),
    ];
    const { rows, split } = sharing ?? { rows: 0, split: null };
    call(kernel, [
      write(output, rows * y0),
      read(ref, rows * x0),
      part.y.offset,
      part.x.offset,
      sharing === null ? n0 : count(rows),
      ...rest,
    ], split);
  }
}

/** How threads share the first axis. */
function shareFirst(node: Symbolic): Sharing {
  const [first] = node.shape;
  if (node.attributes.axis === "parameter") return { split: byParameter(first), rows: 1 };
  const units = batchUnits(node, node.shape);
  return { split: byBatch(units), rows: first / Math.max(units, 1) };
}

/** Whether sample i of x goes to sample i of y, for all of them. */
function keepsFirst({ sizes, y, x }: Walk, yShape: Shape, xShape: Shape): boolean {
  if (yShape.length === 0 || xShape.length === 0) return false;
  const rowOf = (shape: Shape): number => sizeOf(shape.slice(1));
  return sizes[0] === yShape[0] && sizes[0] === xShape[0] &&
    y.strides[0] === rowOf(yShape) && x.strides[0] === rowOf(xShape) &&
    y.offset < Math.max(y.strides[0], 1) && x.offset < Math.max(x.strides[0], 1);
}

/** The same walk with as few axes as it takes: none of size 1, and neighbours made one where they follow each other in both tensors. */
function mergeAxes({ sizes, y, x }: Walk): Walk {
  const axes: { size: number; y: number; x: number }[] = [];
  sizes.forEach((size, k) => {
    if (size === 1) return;
    const last = axes.at(-1);
    const axis = { size, y: y.strides[k], x: x.strides[k] };
    if (last !== undefined && last.y === size * axis.y && last.x === size * axis.x) {
      axes[axes.length - 1] = { ...axis, size: last.size * size };
    } else axes.push(axis);
  });
  if (axes.length === 0) axes.push({ size: 1, y: 1, x: 1 });
  return {
    sizes: axes.map(({ size }) => size),
    y: { offset: y.offset, strides: axes.map((axis) => axis.y) },
    x: { offset: x.offset, strides: axes.map((axis) => axis.x) },
  };
}

/** A walk over more axes than a kernel call has is one for every index of the first ones, in their order. */
function cutLong(walk: Walk): Walk[] {
  if (walk.sizes.length <= INNER) return [walk];
  const [size, ...sizes] = walk.sizes;
  const [[yStride, ...ys], [xStride, ...xs]] = [walk.y.strides, walk.x.strides];
  return Array.from({ length: size }, (_, i) =>
    cutLong({
      sizes,
      y: { offset: walk.y.offset + i * yStride, strides: ys },
      x: { offset: walk.x.offset + i * xStride, strides: xs },
    })).flat();
}
