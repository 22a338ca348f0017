/** Up to this many multiplications the unpacked kernels win. */
const SMALL = 4096;

/** Whether the factors of a product C[m, n] = A·B are packed; never for a single row, whose B would be packed for nothing. */
export function packsProduct(m: number, n: number, k: number, transposeB: boolean): boolean {
  return m * n * k > SMALL && (m > 1 || transposeB);
}
