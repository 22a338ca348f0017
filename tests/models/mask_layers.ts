import { layers } from "../../mod.ts";
import type { Symbolic } from "../../src/tensor/symbolic.ts";

/** A layer that attaches its second input to the first one as a mask. */
export class Attach extends layers.Layer {
  constructor(config: { name?: string } = {}) {
    super("attach", config);
  }
  override call(t: layers.Tracing, x: Symbolic, mask: Symbolic): Symbolic {
    t.setMask(x, mask);
    return x;
  }
}

/** The sum over the steps that count. */
export class MaskedSum extends layers.Layer {
  constructor(config: { name?: string } = {}) {
    super("masked_sum", config);
    this.takesMask = true;
  }
  override call(t: layers.Tracing, x: Symbolic): Symbolic {
    const mask = t.mask(x);
    return t.ops.sum(mask === null ? x : t.ops.multiply(x, t.ops.expandDims(mask, -1)), { axis: 1 });
  }
}

/** The factories of these layers, for `loadModel`. */
export const custom = {
  layers: {
    attach: (config: object) => new Attach(config),
    masked_sum: (config: object) => new MaskedSum(config),
  },
};
