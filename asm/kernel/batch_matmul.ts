// One matrix product a sample, each the same chains as in matmul.ts: for k ascending acc = madd(a, b, acc), from 0 on.
import { matmul } from "./matmul";
import { matmul_small_n, matmul_small_nt, matmul_small_t } from "./matmul_small";
import { pack_columns, pack_n, pack_rows, pack_t } from "./pack";

/**
 * C[s] = op(A[s]) · op(B[s]) for `count` matrices that follow each other without a gap: C [m, n]; A [m, k], or [k, m] with transposeA; B [k, n],
 * or [n, k] with transposeB.
 *
 * strips holds (m + 3) · k elements and panels k · n with n rounded up to 8, aligned to 16 bytes; where both are null nothing is packed, which
 * takes less for small matrices, and A and B must not both be transposed. c does not overlap a or b; only the elements of C are written.
 *
 * @param c written: count * m * n
 * @param a read: count * m * k
 * @param b read: count * k * n
 * @param strips work: strips(m) * k, optional
 * @param panels work: k * up(n, 8), optional with strips
 * @param count count >= 0
 * @param m count >= 0
 * @param n count >= 1
 * @param k count >= 0
 * @param transposeA flag
 * @param transposeB flag
 * @edge blocks
 */
export function batch_matmul(c: usize, a: usize, b: usize, strips: usize, panels: usize, count: i32, m: i32, n: i32, k: i32, transposeA: i32, transposeB: i32): void {
  const stepC = <usize>(m * n) << 2, stepA = <usize>(m * k) << 2, stepB = <usize>(k * n) << 2;
  for (let s = 0; s < count; s++) {
    if (panels) {
      if (transposeB) pack_t(panels, b, k, n, k);
      else pack_n(panels, b, k, n, n);
      if (transposeA) pack_columns(strips, a, m, k, m);
      else pack_rows(strips, a, m, k, k);
      matmul(c, strips, panels, 0, m, n, k, n);
    } else if (transposeA) {
      matmul_small_t(c, a, b, 0, m, n, k, m, n, n);
    } else if (transposeB) {
      matmul_small_nt(c, a, b, 0, m, n, k, k, k, n);
    } else {
      matmul_small_n(c, a, b, 0, m, n, k, k, n, n);
    }
    c += stepC, a += stepA, b += stepB;
  }
}
