import { checkNumber } from "../errors/check_number.ts";
import { checkOptions } from "../errors/check_options.ts";
import { defineRow } from "../tables/define_row.ts";
import { formatShape } from "../tensor/format_shape.ts";
import { sizeOf } from "../tensor/size_of.ts";
import { drawOrthonormal } from "./draw_orthonormal.ts";
import type { Initializer } from "./initializer.ts";
import type { InitializerRow } from "./initializer_row.ts";
import { seeded } from "./seeded.ts";

/** Options of `orthogonal`. */
export interface OrthogonalOptions {
  /** What the orthogonal matrix is multiplied by; 1 by default. */
  gain?: number;
  /** A seed of its own; by default the numbers come from the seed of the model. */
  seed?: number;
}

/**
 * A random orthogonal matrix times a gain. A parameter `[…, columns]` counts as a matrix of that many columns; its
 * columns are orthonormal if there are at least as many rows, otherwise its rows are.
 *
 * Source: Saxe et al. 2014, Exact solutions to the nonlinear dynamics of learning in deep linear networks, arXiv:1312.6120.
 *
 * @param options Gain, seed.
 * @returns The initializer; `initialize` throws a TypeError for a shape with less than two axes.
 * @throws {RangeError} If an option is out of range.
 */
export function orthogonal(options: OrthogonalOptions = {}): Initializer {
  const what = "create orthogonal initializer";
  checkOptions(what, options, ["gain", "seed"]);
  const gain = checkNumber(what, "gain", options.gain ?? 1);
  return seeded("orthogonal", options.seed, { gain }, (shape, random) => {
    if (shape.length < 2) {
      const found = formatShape(shape);
      throw new TypeError(`Cannot initialize with orthogonal: shape must have 2 axes or more, got ${found}`);
    }
    const values = new Float32Array(sizeOf(shape));
    const columns = shape[shape.length - 1];
    const rows = values.length / columns;
    const tall = rows >= columns;
    const vectors = drawOrthonormal(tall ? columns : rows, tall ? rows : columns, random);
    vectors.forEach((vector, j) => {
      for (let i = 0; i < vector.length; i++) values[tall ? i * columns + j : j * columns + i] = gain * vector[i];
    });
    return values;
  });
}

/** Its row of the table. */
export const orthogonalRow: InitializerRow = defineRow({ id: "orthogonal", create: orthogonal });
