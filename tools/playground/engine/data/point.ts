import type { RandomStream } from "../../../../src/tensor/random_stream.ts";

/** A sample of the plane: for classes y is the number of the class, for a regression its values. */
export interface Point {
  readonly x1: number;
  readonly x2: number;
  readonly y: number | readonly number[];
}

/** Draws samples: as many as asked for. */
export type Generator = (count: number, noise: number, random: RandomStream) => Point[];
