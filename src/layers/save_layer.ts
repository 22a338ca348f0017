import type { Json } from "../tensor/json.ts";
import type { Layer } from "./layer.ts";

/** The saved form of a layer inside another one. */
export function saveLayer({ type, config }: Layer): Json {
  return { type, config: { ...config } };
}
