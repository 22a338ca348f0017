import { streamOf } from "../tensor/streams.ts";
import type { Tracing } from "./tracing.ts";

/** The attributes by which an op draws random numbers of this call's own: those of the layer's seed, or the model's. */
export function drawing(
  t: Tracing,
  purpose: "dropout" | "noise" | "augment" | "recurrent",
  seed: number | undefined,
): { readonly seedLow: number; readonly seedHigh: number; readonly stream: number } {
  const settled = seed ?? t.seed;
  return { seedLow: settled >>> 0, seedHigh: Math.floor(settled / 2 ** 32), stream: streamOf(purpose, t.index) };
}
