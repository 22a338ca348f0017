/**
 * Arithmetic between tensors, and with numbers. Shapes are broadcast as in NumPy: they are aligned at their last axes, and an axis of length 1,
 * or one that is not there, is repeated; its gradient is the sum over what was repeated.
 *
 * @module
 */
import { map, type Symbolic } from "../tensor/symbolic.ts";
import { checkNumber } from "../errors/check_number.ts";
import { applyBinary } from "./apply_binary.ts";
import { checkTensor } from "./check_tensor.ts";
import type { Operand } from "./operand.ts";
import { spreadColumns } from "./spread_columns.ts";

const affine = (x: Symbolic, scale: number, offset: number): Symbolic => map(x.graph, "affine", [x], { scale, offset });

/** x + other, where other has one number a column; null where it has not. */
function addColumns(x: Symbolic, other: Symbolic): Symbolic | null {
  const columns = spreadColumns(x, other);
  if (columns === null) return null;
  const ones = x.graph.apply("constant", [], { value: 1, shape: columns.shape });
  return x.graph.apply("scale_columns", [x, ones, columns]);
}

/**
 * a + b.
 *
 * Shapes: a and b, broadcast. Gradient: da = dy, db = dy.
 */
export function add(a: Operand, b: Operand): Symbolic {
  return applyBinary(
    "add",
    {
      formula: "add",
      byNumber: (x, value) => affine(x, 1, value),
      ofNumber: (value, x) => affine(x, 1, value),
      byColumns: addColumns,
    },
    a,
    b,
  );
}

/**
 * a − b.
 *
 * Shapes: a and b, broadcast. Gradient: da = dy, db = −dy.
 */
export function subtract(a: Operand, b: Operand): Symbolic {
  return applyBinary(
    "subtract",
    {
      formula: "sub",
      byNumber: (x, value) => affine(x, 1, -value),
      ofNumber: (value, x) => affine(x, -1, value),
      byColumns: (x, other, isSwapped) =>
        isSwapped ? addColumns(affine(x, -1, 0), other) : addColumns(x, affine(other, -1, 0)),
    },
    a,
    b,
  );
}

/**
 * a · b.
 *
 * Shapes: a and b, broadcast. Gradient: da = dy · b, db = dy · a.
 */
export function multiply(a: Operand, b: Operand): Symbolic {
  return applyBinary(
    "multiply",
    {
      formula: "mul",
      byNumber: (x, value) => affine(x, value, 0),
      ofNumber: (value, x) => affine(x, value, 0),
      byColumns(x, other) {
        const columns = spreadColumns(x, other);
        return columns === null ? null : x.graph.apply("scale_columns", [x, columns]);
      },
    },
    a,
    b,
  );
}

/**
 * a / b.
 *
 * Shapes: a and b, broadcast. Gradient: da = dy / b, db = −dy · y / b.
 */
export function divide(a: Operand, b: Operand): Symbolic {
  return applyBinary(
    "divide",
    {
      formula: "div",
      byNumber: (x, divisor) => map(x.graph, "divided_by", [x], { divisor }),
      ofNumber: (dividend, x) => map(x.graph, "quotient_of", [x], { dividend }),
    },
    a,
    b,
  );
}

/**
 * max(a, b); NaN where either is.
 *
 * Shapes: a and b, broadcast. Gradient: to the larger one, half to each where they are equal; where one is a number, nothing at a tie.
 */
export function maximum(a: Operand, b: Operand): Symbolic {
  const byNumber = (x: Symbolic, limit: number): Symbolic => map(x.graph, "at_least", [x], { limit });
  return applyBinary("maximum", { formula: "maximum", byNumber, ofNumber: (limit, x) => byNumber(x, limit) }, a, b);
}

/**
 * min(a, b); NaN where either is.
 *
 * Shapes: a and b, broadcast. Gradient: to the smaller one, half to each where they are equal; where one is a number, nothing at a tie.
 */
export function minimum(a: Operand, b: Operand): Symbolic {
  const byNumber = (x: Symbolic, limit: number): Symbolic => map(x.graph, "at_most", [x], { limit });
  return applyBinary("minimum", { formula: "minimum", byNumber, ofNumber: (limit, x) => byNumber(x, limit) }, a, b);
}

/** The largest exponent that is computed by products alone. */
const MOST_PRODUCTS = 64;

/**
 * a to the power of b, for an exponent that is an integer from −64 to 64, or for a ≥ 0; NaN for other a < 0.
 *
 * An integer is computed by products, every other exponent as e^(b · ln a); a^0 is 1 for every a. Shapes: a and b, broadcast. Gradient:
 * da = dy · b · a^(b − 1), db = dy · y · ln a, 0 where y, or both a and b are 0.
 */
export function power(a: Operand, b: Operand): Symbolic {
  if (typeof b === "number" && Number.isInteger(b) && Math.abs(b) <= MOST_PRODUCTS) {
    const x = checkTensor("power", "a", a);
    if (b === 0) return x.graph.apply("constant", [], { value: 1, shape: x.shape });
    const y = product(x, Math.abs(b));
    return b > 0 ? y : divide(1, y);
  }
  if (b === 0.5) return map(checkTensor("power", "a", a).graph, "sqrt", [a as Symbolic]);
  return applyBinary("power", { formula: "power" }, a, b);
}

/** x · x · … of n factors, by squares. */
function product(x: Symbolic, n: number): Symbolic {
  if (n === 1) return x;
  const half = product(x, n >> 1);
  const even = map(x.graph, "square", [half]);
  return n % 2 === 0 ? even : map(x.graph, "mul", [even, x]);
}

/**
 * x kept from min to max: min(max(x, min), max); NaN stays NaN.
 *
 * Shapes: y is as x. Gradient: dx = dy where min ≤ x ≤ max, else 0.
 *
 * @throws {RangeError} If min or max is not a finite number, or min > max
 */
export function clip(x: Symbolic, min: number, max: number): Symbolic {
  const given = checkTensor("clip", "x", x);
  const low = checkNumber("apply clip", "min", min);
  const high = checkNumber("apply clip", "max", max, { min: low });
  return map(given.graph, "clip", [given], { low, high });
}
