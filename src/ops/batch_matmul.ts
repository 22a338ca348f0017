import { batchMatmul as batchMatmulBody } from "../kernels/bodies/batch_matmul.ts";
import { formatShape } from "../tensor/format_shape.ts";
import type { Shape } from "../tensor/shape.ts";
import { sizeOf } from "../tensor/size_of.ts";
import type { Attributes, Symbolic } from "../tensor/symbolic.ts";
import { batchUnits } from "./batch_units.ts";
import { packsProduct } from "./packs_product.ts";
import { byBatch, count, none, ofRank, type Op, read, write } from "./op.ts";
import { wholeVectors } from "../tensor/whole_vectors.ts";

/** Sizes of each product C[m, n] = op(A)·op(B), and how many there are. */
interface Sizes {
  readonly m: number;
  readonly n: number;
  readonly k: number;
  readonly matrices: number;
}

/**
 * One matrix product a sample: C = A·B, or Aᵀ·B (`transposeA`), or A·Bᵀ (`transposeB`), or both, over the last two axes.
 *
 * A [..., m, k], B [..., k, n] with the same leading axes → C [..., m, n]. Every element of C is one chain of multiply-adds over
 * ascending k. Threads share the samples.
 */
export const batchMatmul: Op = {
  takes: { inputs: 2, may: ["transposeA", "transposeB"] },

  shape([a, b], attributes) {
    const rank = a.length;
    const fits = rank > 2 && b.length === rank && formatShape(a.slice(0, -2)) === formatShape(b.slice(0, -2));
    const [rowsA, columnsA] = a.slice(-2), [rowsB, columnsB] = b.slice(-2);
    const inner = attributes.transposeA ? rowsA : columnsA;
    if (!fits || inner !== (attributes.transposeB ? columnsB : rowsB)) {
      throw new TypeError(
        `Cannot apply batch_matmul: leading axes and inner sizes must be equal, got ${formatShape(a)} and ${
          formatShape(b)
        }`,
      );
    }
    const m = attributes.transposeA ? columnsA : rowsA;
    const n = attributes.transposeB ? rowsB : columnsB;
    return [...a.slice(0, -2), m, n];
  },

  differentiate(g, node, dy) {
    const [a, b] = node.inputs;
    const transposeA = node.attributes.transposeA === true, transposeB = node.attributes.transposeB === true;
    const multiply = (left: Symbolic, right: Symbolic, transposeA: boolean, transposeB: boolean): Symbolic =>
      g.apply("batch_matmul", [left, right], { transposeA, transposeB });
    return [
      transposeA ? multiply(b, dy, transposeB, true) : multiply(dy, b, false, !transposeB),
      transposeB ? multiply(dy, a, true, transposeA) : multiply(a, dy, !transposeA, false),
    ];
  },

  evaluate([a, b], { shape, attributes }) {
    const { m, n, k, matrices } = sizesOf(a.shape, shape, attributes);
    const [transposeA, transposeB] = [attributes.transposeA, attributes.transposeB].map((is) => is ? 1 : 0);
    const c = new Float64Array(sizeOf(shape));
    batchMatmulBody(c, 0, a.data, 0, b.data, 0, c, -1, c, -1, matrices, m, n, k, transposeA, transposeB);
    return c;
  },

  lower({ node, output, inputs: [a, b], scratch, ranks, call }) {
    const { transposeA, transposeB } = node.attributes;
    const { m, n, k, matrices } = sizesOf(node.inputs[0].shape, node.shape, node.attributes);
    const units = batchUnits(node, node.shape);
    const each = matrices / Math.max(units, 1);
    const packs = (transposeA && transposeB) || packsProduct(m, n, k, transposeB === true);
    const room = (elements: number) => {
      const stride = wholeVectors(elements);
      return ofRank(scratch(stride * ranks), stride);
    };
    call("batch_matmul", [
      write(output, each * m * n),
      read(a, each * m * k),
      read(b, each * k * n),
      packs ? room((m + 3) * k) : none,
      packs ? room(Math.ceil(n / 8) * 8 * k) : none,
      count(each),
      m,
      n,
      k,
      transposeA ? 1 : 0,
      transposeB ? 1 : 0,
    ], byBatch(units));
  },

  cost({ inputs: [a, b], shape, attributes }) {
    const { k } = sizesOf(a.shape, shape, attributes);
    return { flops: 2 * k * sizeOf(shape), bytes: 4 * (sizeOf(a.shape) + sizeOf(b.shape) + sizeOf(shape)) };
  },
};

function sizesOf(a: Shape, c: Shape, { transposeA }: Attributes): Sizes {
  const [m, n] = c.slice(-2);
  const k = a[a.length - (transposeA ? 2 : 1)];
  return { m, n, k, matrices: sizeOf(c.slice(0, -2)) };
}
