import { mul } from "./build.ts";
import { derive } from "./derive.ts";
import { type Expression, namesIn, substitute, vector } from "./expression.ts";

/**
 * An elementwise formula: from vectors and scalars of one length to one or more outputs of that length.
 *
 * It is written once and read three ways: `evaluate` is its float64 reference, `differentiate` its backward pass and
 * `emit` its kernel `name(outputs…, vectors…, cells?, scalars…, n)`.
 */
export interface Formula {
  /** The kernel's name, for example `sigmoid_forward`. */
  readonly name: string;
  /** The arrays that are read, in the kernel's order. */
  readonly vectors: readonly string[];
  /** Numbers that are fixed when the program is compiled. */
  readonly scalars: readonly string[];
  /** Numbers that may change from step to step (a learning rate): read from memory, in this order. */
  readonly cells: readonly string[];
  /** The arrays that are written. An output that bears a vector's name may be updated in place. */
  readonly outputs: Readonly<Record<string, Expression>>;
}

/** Makes a formula with one output `y`, finding the vectors and scalars that it uses unless they are given in order. */
export function formula(
  name: string,
  y: Expression,
  order: {
    readonly vectors?: readonly string[];
    readonly scalars?: readonly string[];
    readonly cells?: readonly string[];
  } = {},
): Formula {
  const cells = order.cells ?? [];
  return {
    name,
    vectors: order.vectors ?? [...namesIn(y, "vector")],
    scalars: order.scalars ?? [...namesIn(y, "scalar")].filter((scalar) => !cells.includes(scalar)),
    cells,
    outputs: { y },
  };
}

/**
 * The backward pass of a formula with the one output `y`: dx = dy · ∂y/∂x, for the vector `x`.
 *
 * Where the derivative mentions y's own expression, the kernel reads y instead of computing it again. Only the vectors
 * that the derivative uses are read: its `vectors` are `dy`, then those of the forward pass, then `y`.
 *
 * @param name the kernel's name, for example `sigmoid_backward`
 * @param gradient ∂y/∂x, where a hand-written form is better than the derived one
 */
export function differentiate(forward: Formula, x: string, name: string, gradient?: Expression): Formula {
  const y = forward.outputs["y"];
  const partial = gradient ?? substitute(derive(y, x), y, vector("y"));
  const dx = mul(vector("dy"), partial);
  const vectors = namesIn(dx, "vector");
  const scalars = namesIn(dx, "scalar");
  return {
    name,
    vectors: ["dy", ...[...forward.vectors, "y"].filter((v) => vectors.has(v))],
    scalars: forward.scalars.filter((s) => scalars.has(s)),
    cells: [],
    outputs: { y: dx },
  };
}
