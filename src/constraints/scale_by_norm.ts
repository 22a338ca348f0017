import { formatShape } from "../tensor/format_shape.ts";
import type { Shape } from "../tensor/shape.ts";
import { sizeOf } from "../tensor/size_of.ts";
import { type Builder, map, type Symbolic } from "../tensor/symbolic.ts";

/**
 * w times a factor that depends on its norm along some axes: y = w · f(‖w‖ over the axes; scalars).
 *
 * The axes may be all but the last (columns: the weights into one unit), the last alone (rows), or all.
 *
 * @param id The constraint, for messages.
 * @param axis One axis or several; negative ones count from the end.
 * @param formula A formula of one vector, the norm.
 * @returns The scaled weight, of w's shape.
 * @throws {RangeError} If an axis does not exist, or the axes are not among these three.
 */
export function scaleByNorm(
  g: Builder,
  w: Symbolic,
  options: {
    readonly id: string;
    readonly axis: number | readonly number[];
    readonly formula: string;
    readonly scalars: Readonly<Record<string, number>>;
  },
): Symbolic {
  const rank = w.shape.length;
  const axes = new Set([options.axis].flat().map((axis) => axis < 0 ? axis + rank : axis));
  const along = axesOf(options.id, axes, w.shape, options.axis);
  const factorOf = (norm: Symbolic): Symbolic => map(g, options.formula, [norm], options.scalars);
  if (along === "last") return g.apply("scale_rows", [w, factorOf(g.apply("norm_rows", [w]))]);
  const matrix = along === "all" ? g.apply("reshape", [w], { shape: [sizeOf(w.shape), 1] }) : w;
  const scaled = g.apply("scale_columns", [matrix, factorOf(g.apply("norm_columns", [matrix]))]);
  return along === "all" ? g.apply("reshape", [scaled], { shape: w.shape }) : scaled;
}

function axesOf(
  id: string,
  axes: ReadonlySet<number>,
  shape: Shape,
  given: number | readonly number[],
): "all" | "last" | "others" {
  const rank = shape.length;
  const found = `axis ${JSON.stringify(given)} for a weight of shape ${formatShape(shape)}`;
  if ([...axes].some((axis) => axis < 0 || axis >= rank)) {
    throw new RangeError(`Cannot apply constraint ${id}: axis must be from ${-rank} to ${rank - 1}, got ${found}`);
  }
  if (axes.size === rank) return "all";
  if (axes.size === rank - 1 && !axes.has(rank - 1)) return "others";
  if (axes.size === 1 && axes.has(rank - 1)) return "last";
  throw new RangeError(
    `Cannot apply constraint ${id}: axis must be the last, all but the last, or all axes, got ${found}`,
  );
}
