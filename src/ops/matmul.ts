import { formatShape } from "../tensor/format_shape.ts";
import type { Symbolic } from "../tensor/symbolic.ts";
import {
  byBatch,
  byEvery,
  byParameter,
  count,
  type Lowering,
  matrixOf,
  none,
  type Op,
  own,
  read,
  readSpread,
  write,
  writeSpread,
} from "./op.ts";

/** Up to this many multiplications the unpacked kernels win; and always for a single row, whose B would be packed for nothing. */
const SMALL = 4096;

/** Sizes of C[m, n] = op(A)·op(B), with A and B seen as matrices. */
function sizes(node: Symbolic): { m: number; n: number; k: number } {
  const a = matrixOf(node.inputs[0].shape);
  const b = matrixOf(node.inputs[1].shape);
  const k = node.attributes.transposeA ? a.rows : a.width;
  return { m: node.attributes.transposeA ? a.width : a.rows, n: node.attributes.transposeB ? b.rows : b.width, k };
}

/**
 * The matrix product C = A·B + bias, or Aᵀ·B (`transposeA`), or A·Bᵀ (`transposeB`).
 *
 * A [..., k] is seen as a matrix of all its leading axes by its last; B [k, n]; bias [n] is optional; C [..., n]. Every element of
 * C is one chain of multiply-adds over ascending k, so it does not depend on how the work is cut.
 */
export const matmul: Op = {
  shape([a, b, bias], attributes) {
    const left = matrixOf(a);
    const right = matrixOf(b);
    const k = attributes.transposeA ? left.rows : left.width;
    const inner = attributes.transposeB ? right.width : right.rows;
    const n = attributes.transposeB ? right.rows : right.width;
    if (k !== inner || (bias !== undefined && (bias.length !== 1 || bias[0] !== n))) {
      throw new TypeError(
        `Cannot multiply matrices: inner sizes must be equal, got ${formatShape(a)} and ${formatShape(b)}`,
      );
    }
    return attributes.transposeA ? [left.width, n] : [...a.slice(0, -1), n];
  },

  differentiate(g, node, dy) {
    const [a, b, bias] = node.inputs;
    const { transposeA, transposeB } = node.attributes;
    if (transposeA && transposeB) throw new Error("Aᵀ·Bᵀ has no derivative here");
    // A·B: dA = dy·Bᵀ, dB = Aᵀ·dy. Aᵀ·B: dA = B·dyᵀ, dB = A·dy. A·Bᵀ: dA = dy·B, dB = dyᵀ·A.
    const da = transposeA
      ? g.apply("matmul", [b, dy], { transposeB: true })
      : g.apply("matmul", [dy, b], transposeB ? {} : { transposeB: true });
    const db = transposeB
      ? g.apply("matmul", [dy, a], { transposeA: true })
      : g.apply("matmul", [a, dy], transposeA ? {} : { transposeA: true });
    return bias === undefined ? [da, db] : [da, db, g.apply("sum_columns", [dy])];
  },

  evaluate([a, b, bias], node) {
    const { m, n, k } = sizes(node);
    const { transposeA, transposeB } = node.attributes;
    const c = new Float64Array(m * n);
    for (let i = 0; i < m; i++) {
      for (let j = 0; j < n; j++) {
        let sum = bias === undefined ? 0 : bias.data[j];
        for (let p = 0; p < k; p++) {
          sum += a.data[transposeA ? p * m + i : i * k + p] * b.data[transposeB ? j * k + p : p * n + j];
        }
        c[i * n + j] = sum;
      }
    }
    return c;
  },

  /** A plain relu that follows is taken in where C is stored. */
  fuses: ({ attributes }, { op, attributes: { formula, by = null } }) =>
    op === "map" && formula === "relu" && by === null && !attributes.transposeA && !attributes.transposeB,

  lower(l) {
    const { m, n, k } = sizes(l.node);
    const single = m === 1 && !l.node.attributes.transposeB;
    if (m * n * k <= SMALL || single) lowerSmall(l, m, n, k);
    else lowerPacked(l, m, n, k);
  },

  cost(node) {
    const { m, n, k } = sizes(node);
    return { flops: 2 * m * n * k, bytes: 4 * (m * k + k * n + m * n) };
  },
};

/**
 * The rows of C belong to the batch: a share is a range of the first axis, `per` rows of C for every unit of it, so that shares agree
 * with those of the elementwise ops around.
 */
function batchOf(node: Symbolic, m: number): { readonly batch: number; readonly per: number } {
  const batch = node.shape.length > 1 ? node.shape[0] : m;
  return { batch, per: m / Math.max(batch, 1) };
}

function lowerSmall({ node, output, inputs, fused, call }: Lowering, m: number, n: number, k: number): void {
  const [a, b, bias] = inputs;
  const at = bias === undefined ? none : read(bias, 0);
  const { batch, per } = batchOf(node, m);
  if (node.attributes.transposeA) {
    call(
      "matmul_small_t",
      [write(output, n), readSpread(a, 1), read(b, 0), at, count(), n, k, m, n, n],
      byParameter(m),
    );
  } else {
    const plain = fused === null ? "matmul_small_n" : "matmul_small_n_relu";
    const kernel = node.attributes.transposeB ? "matmul_small_nt" : plain;
    const strides = node.attributes.transposeB ? [k, k, n] : [k, n, n];
    const target = write(output, per * n);
    call(kernel, [target, read(a, per * k), read(b, 0), at, count(per), n, k, ...strides], byBatch(batch));
  }
}

function lowerPacked(l: Lowering, m: number, n: number, k: number): void {
  const { node, output, inputs: [a, b, bias], fused, scratch, call } = l;
  if (node.attributes.transposeA) return lowerGradient(l, m, n, k);
  const at = bias === undefined ? none : read(bias, 0);
  const packed = scratch(Math.ceil(n / 8) * 8 * k);
  if (node.attributes.transposeB) {
    call("pack_t", [write(packed, k), read(b, k), k, count(), k], byParameter(n, 8));
  } else {
    call("pack_n", [write(packed, k), readSpread(b, 1), k, count(), n], byParameter(n, 8));
  }
  const { batch, per } = batchOf(node, m);
  const target = write(output, per * n);
  const kernel = fused === null ? "matmul_n" : "matmul_n_relu";
  call(kernel, [target, read(a, per * k), read(packed, 0), at, count(per), n, k, k, n], byBatch(batch));
}

/**
 * C = Aᵀ·B, the gradient of a kernel: a sum over the whole batch, so threads share the parameter. With many columns each takes columns,
 * and packs those of B by itself; with few, each packs all of B and takes rows.
 */
function lowerGradient(
  { output, inputs: [a, b, bias], scratch, call, ranks }: Lowering,
  m: number,
  n: number,
  k: number,
): void {
  const at = bias === undefined ? none : read(bias, 0);
  // A is copied in strips, since strides of whole pages fall into one set of the cache.
  const strip = (Math.ceil(Math.min(k, 512) / 32) * 32 + 16) * Math.min(m, 48);
  const copy = scratch(strip * ranks);
  const panels = Math.ceil(n / 8) * 8 * k;
  if (n >= 64 || ranks === 1) {
    const packed = scratch(panels);
    const columns = byParameter(n, 8);
    call("pack_n", [write(packed, k), readSpread(b, 1), k, count(), n], columns);
    const target = ranks === 1 ? write(output, 1) : writeSpread(output, 1);
    call("matmul_t", [target, read(a, 0), read(packed, k), at, m, count(), k, m, n, own(copy, strip)], columns);
  } else {
    const packed = scratch(panels * ranks);
    call("pack_n", [own(packed, panels), read(b, 0), k, n, n], byEvery);
    const args = [write(output, n), readSpread(a, 1), own(packed, panels), at, count(), n, k, m, n, own(copy, strip)];
    call("matmul_t", args, byParameter(m));
  }
}
