import type { Json } from "../tensor/json.ts";
import type { Builder, Symbolic } from "../tensor/symbolic.ts";

/** A function that a layer applies to its output, with its options: plain data and how to add it to a graph. */
export interface Activation {
  /** Its Keras name, for example `leaky_relu`. */
  readonly id: string;
  /** Its options, as they are saved. */
  readonly config: Readonly<Record<string, Json>>;
  /** Adds y = f(x) to a graph; y has the shape of x. */
  apply(g: Builder, x: Symbolic): Symbolic;
}
