import type { Builder } from "../tensor/symbolic.ts";
import type { Ops } from "./all_ops.ts";

/** What losses, metrics and activations are composed with: `t.ops.add(a, b)`. */
export interface Composing extends Builder {
  /** The ops, by name. */
  readonly ops: Ops;
}
