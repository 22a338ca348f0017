import { formatShape } from "../tensor/format_shape.ts";
import type { Shape } from "../tensor/shape.ts";
import { sizeOf } from "../tensor/size_of.ts";
import type { Symbolic } from "../tensor/symbolic.ts";
import { reshaped } from "./reshaped.ts";

/**
 * A tensor under a shape that it can be broadcast to.
 *
 * Leading axes are repeated by `broadcast_columns`, whose gradient adds up in the order of the rows, shared among threads by columns; inner
 * ones by `repeat`, which keeps to the samples.
 */
export function broadcastTo(x: Symbolic, shape: Shape): Symbolic {
  if (formatShape(x.shape) === formatShape(shape)) return x;
  const aligned = [...new Array<number>(shape.length - x.shape.length).fill(1), ...x.shape];
  const first = aligned.findIndex((length) => length !== 1);
  // Axes before it are of length 1; of those, the ones that are repeated lead.
  const lead = first < 0 ? shape.length : first;
  const [leading, inner] = [shape.slice(0, lead), shape.slice(lead)];
  const times = inner.map((length, k) => length / aligned[lead + k]);
  let y = reshaped(x, aligned.slice(lead));
  if (times.some((factor) => factor !== 1)) y = y.graph.apply("repeat", [y], { times });
  if (sizeOf(leading) === 1) return reshaped(y, shape);
  const row = reshaped(y, [sizeOf(inner)]);
  return reshaped(row.graph.apply("broadcast_columns", [row], { leading }), shape);
}
