import { matmul as matmulBody } from "../kernels/bodies/matmul.ts";
import { transposeMatrix } from "./transpose_matrix.ts";
import { formatShape } from "../tensor/format_shape.ts";
import type { Symbolic } from "../tensor/symbolic.ts";
import { batchUnits } from "./batch_units.ts";
import {
  type Argument,
  at,
  byBatch,
  byEvery,
  byParameter,
  count,
  type Lowering,
  matrixOf,
  none,
  ofRank,
  type Op,
  read,
  readColumns,
  write,
  writeColumns,
} from "./op.ts";
import { packsProduct } from "./packs_product.ts";

/** A matrix of so many elements no longer fits into a core's fast caches beside others: 128 KiB. */
const LARGE = 32768;
/** Elements of B that a thread packs at a time, 64 KiB, in whole cache lines of 16 columns. */
const BLOCK = 16384, LINE = 16;

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
  takes: { inputs: [2, 3], may: ["transposeA", "transposeB"] },
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
    const left = transposeA ? transposeMatrix(a.data, k, m) : a.data;
    const right = transposeB ? transposeMatrix(b.data, n, k) : b.data;
    matmulBody(c, 0, left, 0, right, 0, bias?.data ?? c, bias === undefined ? -1 : 0, -Infinity, m, n, k);
    return c;
  },

  /** A plain relu that follows is taken in where C is stored. */
  fuses: ({ attributes }, { op, attributes: { formula, by = null } }) =>
    op === "map" && formula === "relu" && by === null && !attributes.transposeA && !attributes.transposeB,

  lower(l) {
    const { m, n, k } = sizes(l.node);
    if (packsProduct(m, n, k, l.node.attributes.transposeB === true)) lowerPacked(l, m, n, k);
    else lowerSmall(l, m, n, k);
  },

  cost(node) {
    const { m, n, k } = sizes(node);
    return { flops: 2 * m * n * k, bytes: 4 * (m * k + k * n + m * n) };
  },
};

/**
 * The rows of C belong to the batch: a share is a range of its units, `per` rows of C for every one, so that shares agree
 * with those of the elementwise ops around.
 */
function batchOf(node: Symbolic, m: number): { readonly batch: number; readonly per: number } {
  const batch = node.shape.length > 1 ? batchUnits(node, node.shape) : m;
  return { batch, per: m / Math.max(batch, 1) };
}

function lowerSmall({ node, output, inputs, fused, call }: Lowering, m: number, n: number, k: number): void {
  const [a, b, bias] = inputs;
  const first = bias === undefined ? none : read(bias, 0);
  const { batch, per } = batchOf(node, m);
  if (node.attributes.transposeA) {
    call(
      "matmul_small_t",
      [write(output, n), readColumns(a, 1, m), read(b, 0), first, count(), n, k, m, n, n],
      byParameter(m),
    );
  } else {
    const plain = fused === null ? "matmul_small_n" : "matmul_small_n_relu";
    const kernel = node.attributes.transposeB ? "matmul_small_nt" : plain;
    const strides = node.attributes.transposeB ? [k, k, n] : [k, n, n];
    const target = write(output, per * n);
    call(kernel, [target, read(a, per * k), read(b, 0), first, count(per), n, k, ...strides], byBatch(batch));
  }
}

function lowerPacked(l: Lowering, m: number, n: number, k: number): void {
  if (l.node.attributes.transposeA) lowerGradient(l, m, n, k);
  else if (l.ranks > 1 && (n <= m || n * k < LARGE)) lowerByRows(l, m, n, k);
  else lowerByColumns(l, m, n, k);
}

/** Packs columns `from` … of B, `columns` of them, into `packed`. */
function packB({ node, inputs: [, b], call }: Lowering, packed: Argument, from: number, columns: number): void {
  const { n, k } = sizes(node);
  const split = byParameter(columns, 8);
  if (node.attributes.transposeB) call("pack_t", [packed, read(at(b, from * k), k), k, count(), k], split);
  else call("pack_n", [packed, readColumns(at(b, from), 1, n), k, count(), n], split);
}

/** Threads share the rows of C: B is packed once for all of them, and each packs its rows of A. */
function lowerByRows(l: Lowering, m: number, n: number, k: number): void {
  const { node, output, inputs: [a, , bias], scratch, call } = l;
  const packed = scratch(Math.ceil(n / 8) * 8 * k);
  packB(l, write(packed, k), 0, n);
  const { batch, per } = batchOf(node, m);
  const strips = scratch((m + 3) * k);
  // Strips have 4 or 5 rows, so every share must have whole fours.
  const split = byBatch(batch, 4 / greatestPower(per));
  call("pack_rows", [write(strips, per * k), read(a, per * k), count(per), k, k], split);
  const first = bias === undefined ? none : read(bias, 0);
  const args = [write(output, per * n), read(strips, per * k), read(packed, 0), first, count(per), n, k, n];
  call(kernelOf(l), args, split);
}

/** The greatest of 1, 2 and 4 that divides n. */
function greatestPower(n: number): 1 | 2 | 4 {
  if (n % 4 === 0) return 4;
  return n % 2 === 0 ? 2 : 1;
}

/**
 * Threads share the columns of C, which is right where B is larger than A: each reads but its part of B, the same part at every step, and
 * packs it block by block, so that what it has packed is still in its cache when it is multiplied.
 */
function lowerByColumns(l: Lowering, m: number, n: number, k: number): void {
  const { output, inputs: [a, , bias], scratch, call, ranks } = l;
  const strips = scratch((m + 3) * k * ranks);
  call("pack_rows", [ofRank(strips, (m + 3) * k), read(a, 0), m, k, k], byEvery);
  // Every block goes through all of A: where A does not stay in the cache, there is one block.
  const width = m * k > 2 * LARGE ? n : Math.max(LINE, Math.floor(BLOCK / k / LINE) * LINE) * ranks;
  const elements = Math.ceil(Math.min(width, n) / 8 / ranks) * 8 * k;
  const packed = scratch(elements * ranks);
  for (let from = 0; from < n; from += width) {
    const columns = Math.min(width, n - from);
    packB(l, ofRank(packed, elements), from, columns);
    const first = bias === undefined ? none : read(at(bias, from), 1);
    const args = [ofRank(strips, (m + 3) * k), ofRank(packed, elements), first, m, count(), k, n];
    call(kernelOf(l), [writeColumns(at(output, from), 1, n), ...args], byParameter(columns, 8));
  }
}

function kernelOf({ fused }: Lowering): string {
  return fused === null ? "matmul" : "matmul_relu";
}

/**
 * C = Aᵀ·B, the gradient of a kernel: a sum over the whole batch, so threads share the parameter, by rows of C. B is packed once for all of
 * them, and each packs its columns of A.
 */
function lowerGradient(
  { output, inputs: [a, b, bias], scratch, call }: Lowering,
  m: number,
  n: number,
  k: number,
): void {
  const packed = scratch(Math.ceil(n / 8) * 8 * k);
  call("pack_n", [write(packed, k), readColumns(b, 1, n), k, count(), n], byParameter(n, 8));
  const strips = scratch((m + 3) * k);
  call("pack_columns", [write(strips, k), readColumns(a, 1, m), count(), k, m], byParameter(m));
  const first = bias === undefined ? none : read(bias, 0);
  const args = [write(output, n), read(strips, k), read(packed, 0), first, count(), n, k, n];
  call("matmul", args, byParameter(m));
}
