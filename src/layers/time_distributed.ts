import { defineRow } from "../tables/define_row.ts";
import type { Json } from "../tensor/json.ts";
import type { Shape } from "../tensor/shape.ts";
import type { Symbolic } from "../tensor/symbolic.ts";
import { formatShape } from "../tensor/format_shape.ts";
import { Layer, type LayerOptions } from "./layer.ts";
import type { LayerRow } from "./layer_row.ts";
import { LIBRARY_PARTS, type PartResolver } from "./part_resolver.ts";
import type { LayerSpec } from "./read_layer.ts";
import { saveLayer } from "./save_layer.ts";
import type { StepTracing } from "./step_tracing.ts";
import type { Tracing } from "./tracing.ts";

/** Options of the time-distributed layer. */
export interface TimeDistributedOptions extends LayerOptions {
  /** What every step goes through: a layer of one input, or a model. */
  layer: LayerSpec;
}

/** A layer at every step of a sequence; see `layers.timeDistributed`. */
export class TimeDistributed extends Layer {
  /** The layer that every step goes through. */
  readonly layer: Layer;

  /** @param parts makes the inner layer of what stands for it */
  constructor(options: TimeDistributedOptions, parts: PartResolver = LIBRARY_PARTS) {
    super("time_distributed", options, ["layer"]);
    this.layer = parts.layer(options?.layer);
    this.addLayer(this.layer.name, this.layer);
    this.supportsMasking = true;
    this.takesMask = true;
    Object.freeze(this);
  }

  override get config(): Readonly<Record<string, Json>> {
    return { ...this.commonConfig(), layer: saveLayer(this.layer) };
  }

  protected override build(inputShape: Shape): void {
    if (inputShape.length === 0) {
      throw new TypeError(
        `Cannot build layer "${this.name}": time_distributed needs samples with an axis of steps, got shape []`,
      );
    }
    this.layer.buildOnce([inputShape.slice(1)]);
  }

  override call(t: Tracing, x: Symbolic): Symbolic[] {
    const [batch, steps, ...sample] = x.shape;
    const mask = t.mask(x);
    const each = t.graph.apply("reshape", [x], { shape: [batch * steps, ...sample] });
    if (mask !== null && mask.shape.length > 1) {
      t.setMask(each, t.ops.reshape(mask, [batch * steps, ...mask.shape.slice(2)]));
    }
    const results = t.within(this.layer.name, each).map((y) => {
      if (y.shape[0] === batch * steps) {
        return t.graph.apply("reshape", [y], { shape: [batch, steps, ...y.shape.slice(1)] });
      }
      throw new TypeError(
        `Cannot apply layer "${this.name}": the layer inside must keep the first axis, got ${formatShape(y.shape)}`,
      );
    });
    t.setMask(results[0], mask);
    return results;
  }

  /** The same to each step. */
  step(t: StepTracing, x: Symbolic): Symbolic[] {
    return this.call(t.plain, x);
  }
}

/**
 * A layer, or a model, at every step of a sequence, with the same weights: y[b, t] = layer(x[b, t]).
 *
 * Shapes: x [batch, steps, …] → y [batch, steps, …the layer's result]. All steps go through the layer together, as batch · steps samples; so
 * `batchNormalization` takes its statistics over all of them, and dropout draws for each step. The mask of x is that of y, as in Keras 3; the
 * layer inside sees the mask of each step.
 *
 * @example
 * ```ts
 * import { layers, sequential } from "retroprop";
 * const frames = sequential([
 *   layers.timeDistributed({ layer: layers.conv2d({ filters: 8, kernelSize: 3 }), inputShape: [null, 16, 16, 3] }),
 *   layers.timeDistributed({ layer: layers.globalAveragePooling2d() }),
 * ]);
 * frames.outputShape; // [null, null, 8]
 * ```
 * @throws TypeError if `layer` is none, or when it is applied to samples without an axis of steps
 */
export function timeDistributed(options: TimeDistributedOptions): TimeDistributed {
  return new TimeDistributed(options);
}

/** Its row of the table. */
export const timeDistributedRow: LayerRow = defineRow({
  id: "time_distributed",
  create: (options: TimeDistributedOptions, parts) => new TimeDistributed(options, parts),
});
