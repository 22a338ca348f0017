import type { TrainableModel } from "../../mod.ts";

/** The bits of all weights of a model as one number (FNV-1a, 64 bits), in hexadecimal. */
export function hashWeights(model: Pick<TrainableModel, "getWeights">): string {
  let hash = 0xcbf29ce484222325n;
  for (const { data } of model.getWeights()) {
    for (const word of new Uint32Array(data.slice().buffer)) {
      hash = BigInt.asUintN(64, (hash ^ BigInt(word)) * 0x100000001b3n);
    }
  }
  return hash.toString(16).padStart(16, "0");
}
