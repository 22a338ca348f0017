// Matrix products of packed operands; see tile/multiply.ts for how they are computed, and for the contract.
import { multiply, RELU } from "../tile/multiply";

/**
 * C[m, n] = A . B (+ bias over rows). A is packed by pack_rows or pack_columns, B by pack_n or pack_t; ldc is the row stride of C in elements.
 * Split by rows: each share packs its own A. Split by columns: at panels of B.
 *
 * @param c written: rows(m, n, ldc)
 * @param a read: strips(m) * k
 * @param packed read: k * up(n, 8)
 * @param bias read: n, optional
 * @param m count >= 0
 * @param n count >= 0
 * @param k count >= 0
 * @param ldc count >= n
 */
export function matmul(c: usize, a: usize, packed: usize, bias: usize, m: i32, n: i32, k: i32, ldc: i32): void {
  multiply(c, a, packed, bias, m, n, k, ldc, 0);
}

/**
 * As matmul, then negative values become 0 (NaN and -0 stay).
 *
 * @param c written: rows(m, n, ldc)
 * @param a read: strips(m) * k
 * @param packed read: k * up(n, 8)
 * @param bias read: n, optional
 * @param m count >= 0
 * @param n count >= 0
 * @param k count >= 0
 * @param ldc count >= n
 */
export function matmul_relu(c: usize, a: usize, packed: usize, bias: usize, m: i32, n: i32, k: i32, ldc: i32): void {
  multiply(c, a, packed, bias, m, n, k, ldc, RELU);
}
