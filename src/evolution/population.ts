/** The members of a population as its rule sees them: rows of weights, and what each scores. */
export interface Population {
  /** How many weights a member has. */
  readonly size: number;
  /** The score of every row, smaller is better; Infinity for one whose objective is not finite, NaN for one that was not evaluated. */
  readonly scores: Float64Array;
  /** Whether constraints move members before they are evaluated: then they are others than those that were written. */
  readonly isConstrained: boolean;
  /** The memory of all rows: weight i of a row is `cells[beginOf(row) + places[i]]`. Who writes there calls `note`. */
  readonly cells: Float32Array | Float64Array;
  /** Where in a row each weight is. */
  readonly places: Int32Array;
  /** Where a row begins. */
  beginOf(row: number): number;
  /** To be called for a row that was written in `cells`. @param isFinite whether all its weights are finite numbers */
  note(row: number, isFinite: boolean): void;
  /** Reads the weights of a row, as float32 holds them. */
  read(row: number, into: Float64Array): void;
  /** Writes the weights of a row; they are rounded to float32. */
  write(row: number, values: Float64Array): void;
  /** Copies a row and its score. */
  copy(from: number, to: number): void;
}
