/**
 * Functions of one tensor, element by element.
 *
 * @module
 */
import { map, type Symbolic } from "../tensor/symbolic.ts";
import { checkTensor } from "./check_tensor.ts";

function apply(op: string, formula: string, x: Symbolic): Symbolic {
  const given = checkTensor(op, "x", x);
  return map(given.graph, formula, [given]);
}

/**
 * −x.
 *
 * Shapes: y is as x. Gradient: dx = −dy.
 */
export function negative(x: Symbolic): Symbolic {
  const given = checkTensor("negative", "x", x);
  return map(given.graph, "affine", [given], { scale: -1, offset: 0 });
}

/**
 * |x|.
 *
 * Shapes: y is as x. Gradient: dx = dy · sign x, 0 at 0.
 */
export function abs(x: Symbolic): Symbolic {
  return apply("abs", "abs", x);
}

/**
 * −1, 0 or 1, as x is below, at or above 0.
 *
 * Shapes: y is as x. Gradient: none.
 */
export function sign(x: Symbolic): Symbolic {
  return apply("sign", "sign", x);
}

/**
 * x².
 *
 * Shapes: y is as x. Gradient: dx = 2 · dy · x.
 */
export function square(x: Symbolic): Symbolic {
  return apply("square", "square", x);
}

/**
 * √x; NaN for x < 0.
 *
 * Shapes: y is as x. Gradient: dx = dy / (2 · y), infinite at 0.
 */
export function sqrt(x: Symbolic): Symbolic {
  return apply("sqrt", "sqrt", x);
}

/**
 * e^x.
 *
 * Shapes: y is as x. Gradient: dx = dy · y.
 */
export function exp(x: Symbolic): Symbolic {
  return apply("exp", "exponential", x);
}

/**
 * e^x − 1, exact for small x.
 *
 * Shapes: y is as x. Gradient: dx = dy · (y + 1).
 */
export function expm1(x: Symbolic): Symbolic {
  return apply("expm1", "expm1", x);
}

/**
 * ln x; −∞ at 0, NaN for x < 0.
 *
 * Shapes: y is as x. Gradient: dx = dy / x.
 */
export function log(x: Symbolic): Symbolic {
  return apply("log", "log", x);
}

/**
 * ln(1 + x), exact for small x.
 *
 * Shapes: y is as x. Gradient: dx = dy / (1 + x).
 */
export function log1p(x: Symbolic): Symbolic {
  return apply("log1p", "log1p", x);
}

/**
 * The error function, 2/√π ∫₀ˣ e^(−t²) dt.
 *
 * Shapes: y is as x. Gradient: dx = dy · 2/√π · e^(−x²).
 */
export function erf(x: Symbolic): Symbolic {
  return apply("erf", "erf", x);
}

/**
 * sin x, in radians; of every finite x to the accuracy of float32.
 *
 * Shapes: y is as x. Gradient: dx = dy · cos x.
 */
export function sin(x: Symbolic): Symbolic {
  return apply("sin", "sin", x);
}

/**
 * cos x, in radians; of every finite x to the accuracy of float32.
 *
 * Shapes: y is as x. Gradient: dx = −dy · sin x.
 */
export function cos(x: Symbolic): Symbolic {
  return apply("cos", "cos", x);
}
