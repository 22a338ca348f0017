/** Numbers that were filled: of each row its uniform ones, and from the next whole vector on its normal ones. */
export interface FilledDraws {
  readonly values: Float32Array;
  /** For how many rows, from the first one that was asked for on. */
  readonly rows: number;
  /** Numbers from one row to the next. */
  readonly stride: number;
}

/** What fills random numbers of many rows at once. */
export interface DrawSource {
  /** Fills numbers for rows from `from` on, for as many as it can, but none from `to` on. They are there until the next call. */
  fill(step: number, from: number, to: number, uniforms: number, normals: number): FilledDraws;
}
