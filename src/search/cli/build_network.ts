import { dense } from "../../layers/dense.ts";
import { normalization } from "../../layers/normalization.ts";
import { rescaling } from "../../layers/rescaling.ts";
import { type Sequential, sequential } from "../../models/sequential.ts";
import { resolveOptimizer } from "../../optimizers/resolve_optimizer.ts";
import type { Params } from "../space/params.ts";
import type { EncodedTable } from "./encode_csv.ts";

/** The least and the largest deviation whose square is a normal float32 and that an inverted normalization takes as it is. */
const DEVIATIONS = [1e-7, 1e18] as const;

/**
 * The network of a trial. It takes rows as they stand in the file. What it gives for a numeric target is that target with mean 0 and
 * variance 1, which is what it is trained on; with `isRaw` the target itself: the last layer turns it back.
 */
export function buildNetwork(
  params: Params,
  table: EncodedTable,
  seed: number,
  { isRaw = false } = {},
): Sequential {
  const { hidden, learningRate, layers, activation, optimizer } = params as Record<string, never>;
  const { columns, target, mean, variance, classes, scale } = table;
  const model = sequential([
    normalization({ mean, variance, inputShape: [mean.length] }),
    ...Array.from({ length: layers }, () => dense({ units: hidden, activation })),
    classes === null ? dense({ units: 1 }) : dense({ units: classes.length, activation: "softmax" }),
    ...(classes === null && isRaw ? [turnBack(scale)] : []),
  ], { seed, columns, labels: classes ?? [target] });
  const { id } = resolveOptimizer(optimizer);
  model.compile({
    optimizer: { id, config: { learningRate } },
    ...(classes === null
      ? { loss: "mse", metrics: ["mae"] }
      : { loss: "sparse_categorical_crossentropy", metrics: ["accuracy"] }),
  });
  return model;
}

/** y = x · deviation + mean */
function turnBack({ mean, deviation }: EncodedTable["scale"]): ReturnType<typeof normalization | typeof rescaling> {
  if (deviation < DEVIATIONS[0] || deviation > DEVIATIONS[1]) return rescaling({ scale: deviation, offset: mean });
  return normalization({ mean, variance: deviation ** 2, invert: true });
}
