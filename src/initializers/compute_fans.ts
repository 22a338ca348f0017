import type { Shape } from "../tensor/shape.ts";

/** How many inputs one output of a parameter sees, and how many outputs one input reaches. */
export interface Fans {
  /** The number of inputs. */
  readonly fanIn: number;
  /** The number of outputs. */
  readonly fanOut: number;
}

/**
 * The fans of a parameter, as Keras counts them: 1 and 1 for `[]`; n and n for `[n]`; in and out for `[in, out]`;
 * in · k and out · k for a convolution kernel `[…window, in, out]` with k elements in its window.
 *
 * @param shape The shape of the parameter.
 * @returns The fans.
 */
export function computeFans(shape: Shape): Fans {
  if (shape.length === 0) return { fanIn: 1, fanOut: 1 };
  if (shape.length === 1) return { fanIn: shape[0], fanOut: shape[0] };
  const window = shape.slice(0, -2).reduce((product, length) => product * length, 1);
  return { fanIn: shape[shape.length - 2] * window, fanOut: shape[shape.length - 1] * window };
}
