import type { Json } from "../tensor/json.ts";
import type { RandomStream } from "../tensor/random_stream.ts";
import type { Shape } from "../tensor/shape.ts";

/** Gives a parameter its values before training. Initializers are plain values: `id` and `config` are their saved form. */
export interface Initializer {
  /** The name in the table of initializers, snake_case. */
  readonly id: string;
  /** The options in full, as JSON; `resolveInitializer({ id, config })` restores the initializer. */
  readonly config: Readonly<Record<string, Json>>;
  /**
   * The initial values of a parameter.
   *
   * @param shape The shape of the parameter.
   * @param random Where random numbers come from, unless the initializer has a seed of its own.
   * @returns The values in row-major order, as many as the shape has elements.
   */
  initialize(shape: Shape, random: RandomStream): Float32Array;
}

/** The option of initializers that are random and have no others. */
export interface SeedOptions {
  /**
   * A seed of its own, an integer from 0 to 2^53 − 1: the values then depend on it and the shape alone, and two
   * parameters of one shape get the same values. By default the numbers come from the seed of the model, a stream for
   * each parameter.
   */
  seed?: number;
}
