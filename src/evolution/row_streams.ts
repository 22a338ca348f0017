import { streamOf } from "../tensor/streams.ts";

/** The stream of the uniform numbers of a row of a population. */
export function streamOfUniforms(row: number): number {
  return streamOf("evolution", 2 * row);
}

/** The stream of the normal numbers of a row. */
export function streamOfNormals(row: number): number {
  return streamOf("evolution", 2 * row + 1);
}
