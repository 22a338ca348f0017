import { sizeOf } from "../tensor/size_of.ts";
import { map, type Symbolic } from "../tensor/symbolic.ts";
import { drawing } from "./drawing.ts";
import type { Range } from "./read_factor.ts";
import type { Tracing } from "./tracing.ts";

/** How the samples of a batch are mixed with others of it. */
export interface MixedBatch {
  /** How much each sample counts beside its partner, from 0 to 1: shape [samples, 1]. */
  readonly weights: Symbolic;
  /** The partners of the samples of a tensor: its rows in the order that was drawn. */
  partners(x: Symbolic): Symbolic;
  /** weight · sample + (1 − weight) · partner, for every row of a tensor. */
  blend(x: Symbolic): Symbolic;
}

/**
 * Draws how a batch is mixed: an order of its samples, in which each one finds its partner, and a weight for each, of Beta(α, α) with α uniform in
 * `alpha`.
 */
export function mixedBatch(t: Tracing, samples: number, alpha: Range, seed: number | undefined): MixedBatch {
  const { graph, ops } = t;
  const step = graph.cell("step");
  const own = drawing(t, "augment", seed);
  const [low, high] = alpha;
  const order = graph.apply("draw_order", [step], { rows: samples, ...own });
  const weights = graph.apply("symmetric_beta", [step], { shape: [samples], low, high, ...own });
  const partners = (x: Symbolic): Symbolic => graph.apply("gather", [x, order]);
  return {
    weights: ops.reshape(weights, [samples, 1]),
    partners,
    blend(x) {
      const flat = ops.reshape(x, [samples, sizeOf(x.shape.slice(1))]);
      const others = partners(flat);
      const apart = map(graph, "sub", [flat, others]);
      return ops.reshape(map(graph, "add", [others, graph.apply("scale_rows", [apart, weights])]), x.shape);
    },
  };
}
