/**
 * Sums, means and the like over axes. `axis` is one axis or a list of them, negative ones counted from the end; all axes unless given. With
 * `keepdims` the axes stay, with length 1. The order of adding is fixed, so that the bits do not depend on the number of threads.
 *
 * @module
 */
import { checkBoolean } from "../errors/check_boolean.ts";
import { checkOptions } from "../errors/check_options.ts";
import { sizeOf } from "../tensor/size_of.ts";
import { map, type Symbolic } from "../tensor/symbolic.ts";
import { transposed } from "../tensor/transposed.ts";
import { multiply, subtract } from "./arithmetic.ts";
import { checkTensor } from "./check_tensor.ts";
import { readAxes } from "./read_axes.ts";
import { reshaped } from "./reshaped.ts";

/** Options of an op that reduces axes. */
export interface ReductionOptions {
  /** The axes that are reduced, one or several, negative ones counted from the end. Default all. */
  readonly axis?: number | readonly number[] | null;
  /** Whether the axes stay, with length 1. Default false. */
  readonly keepdims?: boolean;
}

/** What is reduced, and how the result looks. */
interface Reduction {
  readonly x: Symbolic;
  /** In ascending order. */
  readonly axes: readonly number[];
  /** The shape of the result: the axes with length 1. */
  readonly kept: readonly number[];
  /** The result under the shape that was asked for. */
  finish(y: Symbolic): Symbolic;
}

function read(op: string, x: Symbolic, options: ReductionOptions | undefined): Reduction {
  const given = checkTensor(op, "x", x);
  checkOptions(`apply ${op}`, options, ["axis", "keepdims"]);
  const axes = readAxes(op, options?.axis, given.shape);
  const keeps = checkBoolean(`apply ${op}`, "keepdims", options?.keepdims ?? false);
  const kept = given.shape.map((length, k) => axes.includes(k) ? 1 : length);
  const shape = keeps ? kept : given.shape.filter((_, k) => !axes.includes(k));
  return { x: given, axes, kept, finish: (y) => reshaped(y, shape) };
}

/** scale · Σ over the axes, in a shape with as many elements as it has. */
function sumOver({ x, axes }: Reduction, scale: number): Symbolic {
  const { graph, shape } = x;
  const scaled = (y: Symbolic): Symbolic => scale === 1 ? y : map(graph, "affine", [y], { scale, offset: 0 });
  const rank = shape.length;
  if (axes.every((axis) => shape[axis] === 1)) return scaled(x);
  if (axes.length === rank) return scaled(graph.apply("sum_all", [x]));
  if (axes[0] === rank - axes.length) {
    const rows = shape.slice(0, axes[0]);
    const matrix = reshaped(x, [...rows, sizeOf(shape.slice(axes[0]))]);
    return graph.apply("sum_rows", [matrix], scale === 1 ? {} : { scale });
  }
  if (axes[axes.length - 1] === axes.length - 1) {
    const matrix = reshaped(x, [sizeOf(shape.slice(0, axes.length)), sizeOf(shape.slice(axes.length))]);
    return scaled(graph.apply("sum_columns", [matrix]));
  }
  const times = shape.map((length, k) => axes.includes(k) ? length : 1);
  return scaled(graph.apply("sum_repeats", [x], { times }));
}

/**
 * Σ x over the axes.
 *
 * Shapes: x without the axes. Gradient: dx = dy, repeated along them.
 */
export function sum(x: Symbolic, options?: ReductionOptions): Symbolic {
  const reduction = read("sum", x, options);
  return reduction.finish(sumOver(reduction, 1));
}

/**
 * The mean of x over the axes: Σ x / n.
 *
 * Shapes: x without the axes. Gradient: dx = dy / n, repeated along them.
 */
export function mean(x: Symbolic, options?: ReductionOptions): Symbolic {
  const reduction = read("mean", x, options);
  return reduction.finish(meanOver(reduction));
}

function meanOver(reduction: Reduction): Symbolic {
  return sumOver(reduction, 1 / sizeOf(reduction.axes.map((axis) => reduction.x.shape[axis])));
}

/**
 * The variance of x over the axes: Σ (x − mean)² / n, in two passes.
 *
 * Shapes: x without the axes. Gradient: dx = 2 · dy · (x − mean) / n.
 */
export function variance(x: Symbolic, options?: ReductionOptions): Symbolic {
  const reduction = read("variance", x, options);
  return reduction.finish(varianceOver(reduction));
}

function varianceOver(reduction: Reduction): Symbolic {
  const centred = subtract(reduction.x, reshaped(meanOver(reduction), reduction.kept));
  return meanOver({ ...reduction, x: map(centred.graph, "square", [centred]) });
}

/**
 * The standard deviation of x over the axes: √(Σ (x − mean)² / n).
 *
 * Shapes: x without the axes. Gradient: dx = dy · (x − mean) / (n · y), NaN where y is 0.
 */
export function std(x: Symbolic, options?: ReductionOptions): Symbolic {
  const reduction = read("std", x, options);
  return reduction.finish(map(reduction.x.graph, "sqrt", [varianceOver(reduction)]));
}

/** The largest element over the axes. */
function maxOver({ x, axes }: Reduction): Symbolic {
  const { graph, shape } = x;
  if (axes.every((axis) => shape[axis] === 1)) return x;
  const others = [...shape.keys()].filter((k) => !axes.includes(k));
  const order = [...others, ...axes];
  const moved = transposed(x, order);
  const rows = others.map((axis) => shape[axis]);
  return graph.apply("max_rows", [reshaped(moved, [...rows, sizeOf(axes.map((axis) => shape[axis]))])]);
}

/**
 * The largest x over the axes.
 *
 * Shapes: x without the axes. Gradient: dx = dy where x is the largest, shared equally among several; else 0.
 */
export function max(x: Symbolic, options?: ReductionOptions): Symbolic {
  const reduction = read("max", x, options);
  return reduction.finish(maxOver(reduction));
}

/**
 * The smallest x over the axes.
 *
 * Shapes: x without the axes. Gradient: dx = dy where x is the smallest, shared equally among several; else 0.
 */
export function min(x: Symbolic, options?: ReductionOptions): Symbolic {
  const reduction = read("min", x, options);
  return reduction.finish(multiply(maxOver({ ...reduction, x: multiply(reduction.x, -1) }), -1));
}
