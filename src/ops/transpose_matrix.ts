/** The transpose [columns, rows] of a matrix [rows, columns]. */
export function transposeMatrix(matrix: Float64Array, rows: number, columns: number): Float64Array {
  return Float64Array.from(matrix, (_, i) => matrix[(i % rows) * columns + Math.floor(i / rows)]);
}
