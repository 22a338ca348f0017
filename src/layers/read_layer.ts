import { describeValue } from "../errors/describe_value.ts";
import { Layer } from "./layer.ts";

/** What can stand for a layer: a layer, or a model. */
export type LayerSpec = Layer | { asLayer(): Layer };

/**
 * The layer that another one takes in. One without a name is called by its type.
 *
 * @throws {TypeError} If it is none
 */
export function readLayer(spec: LayerSpec): Layer {
  const given: unknown = spec;
  const isModel = typeof given === "object" && given !== null && "asLayer" in given &&
    typeof given.asLayer === "function";
  const layer: unknown = isModel ? (spec as { asLayer(): Layer }).asLayer() : given;
  if (!(layer instanceof Layer)) {
    throw new TypeError(
      `Cannot use a layer inside another one: it must be a layer or a model, got ${describeValue(given)}`,
    );
  }
  if (layer.name === "") layer.giveName(layer.baseName);
  return layer;
}
