import type { Shape } from "../tensor/shape.ts";
import { sizeOf } from "../tensor/size_of.ts";
import type { Symbolic } from "../tensor/symbolic.ts";
import { Layer } from "./layer.ts";
import type { KernelParts } from "./read_kernel_parts.ts";
import type { Tracing } from "./tracing.ts";

/** Which axes a projection takes and gives. */
export interface Projection {
  readonly name: string;
  /** How many of the last axes of x are summed over. */
  readonly axes: number;
  /** The axes that come in their place, such as [heads, width]. */
  readonly units: Shape;
}

/**
 * The projection of the last axes of x onto others, inside a layer of attention: y = x · kernel + bias, Keras's `EinsumDense`.
 *
 * x [batch, …, in…], kernel [in…, units…], bias [units…] → y [batch, …, units…].
 */
export class HeadProjection extends Layer {
  readonly #projection: Projection;
  readonly #parts: KernelParts;

  constructor(projection: Projection, parts: KernelParts) {
    super("head_projection", { name: projection.name });
    this.#projection = projection;
    this.#parts = parts;
    this.supportsMasking = true;
    Object.freeze(this);
  }

  protected override build(inputShape: Shape): void {
    const { axes, units } = this.#projection;
    const { kernel, bias, useBias } = this.#parts;
    this.addWeight({ name: "kernel", shape: [...inputShape.slice(-axes), ...units], ...kernel });
    if (useBias) this.addWeight({ name: "bias", shape: units, ...bias });
  }

  override call(t: Tracing, x: Symbolic): Symbolic {
    const { axes, units } = this.#projection;
    const rest = x.shape.slice(0, -axes), width = sizeOf(units);
    const length = sizeOf(x.shape.slice(-axes));
    const { ops, graph } = t;
    const bias = this.#parts.useBias ? [ops.reshape(t.weight("bias"), [width])] : [];
    const factors = [ops.reshape(x, [...rest, length]), ops.reshape(t.weight("kernel"), [length, width]), ...bias];
    const y = ops.reshape(graph.apply("matmul", factors), [...rest, ...units]);
    if (this.#parts.activity !== null) t.addLoss(this.#parts.activity.penalty(graph, y));
    return y;
  }
}
