import { assert, assertEquals, assertNotEquals } from "@std/assert";
import type { TrainableModel } from "../../mod.ts";
import { hashWeights } from "../models/hash_weights.ts";
import { WORKERS } from "./compare_workers.ts";

/** Fits a new model with every number of workers: all end with the same bits, and every trainable weight is another than at first. */
export async function assertSameBits<M extends Pick<TrainableModel, "weights" | "getWeights">>(
  build: () => M,
  fit: (model: M, workers: number) => Promise<unknown>,
): Promise<void> {
  const untrained = trainable(build());
  assert(untrained.length > 0, "nothing is trained");
  let alone: string | undefined;
  for (const workers of WORKERS) {
    const model = build();
    await fit(model, workers);
    trainable(model).forEach(({ name, value }, i) => {
      assertNotEquals(value.data, untrained[i].value.data, `${name} does not train`);
    });
    assertEquals(hashWeights(model), alone ??= hashWeights(model), `${workers} workers`);
  }
}

const trainable = ({ weights }: Pick<TrainableModel, "weights">) => weights.filter(({ trainable }) => trainable);
