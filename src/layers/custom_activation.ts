import type { Composing } from "../compose/composing.ts";
import type { Json } from "../tensor/json.ts";
import type { Symbolic } from "../tensor/symbolic.ts";

/**
 * An activation of your own: a composition of ops.
 *
 * @example
 * ```ts
 * import { layers } from "retroprop";
 * import type { CustomActivation } from "retroprop";
 * // x + sin²(x) has no op here; x · sigmoid(βx) has.
 * const swish = (beta: number): CustomActivation => ({
 *   id: "beta_swish",
 *   config: { beta },
 *   call: ({ ops }, x) => ops.multiply(x, ops.sigmoid(ops.multiply(x, beta))),
 * });
 * layers.dense({ units: 4, activation: swish(1.5) });
 * ```
 */
export interface CustomActivation {
  /** Its name, under which `loadModel(file, { custom: { activations } })` is given it again. */
  readonly id: string;
  /** Its options, as they are saved. Default none. */
  readonly config?: Readonly<Record<string, Json>>;
  /**
   * Composes y = f(x), of x's shape.
   *
   * @param t `t.ops` has the ops
   */
  call(t: Composing, x: Symbolic): Symbolic;
}
