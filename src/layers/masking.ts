import { checkNumber } from "../errors/check_number.ts";
import { defineRow } from "../tables/define_row.ts";
import { formatShape } from "../tensor/format_shape.ts";
import type { Json } from "../tensor/json.ts";
import type { Symbolic } from "../tensor/symbolic.ts";
import { Layer, type LayerOptions } from "./layer.ts";
import type { LayerRow } from "./layer_row.ts";
import type { StepTracing } from "./step_tracing.ts";
import { checkStepAxis } from "./trace_step.ts";
import type { Tracing } from "./tracing.ts";

/** Options of the masking layer. */
export interface MaskingOptions extends LayerOptions {
  /** What stands in all features of a step that does not count. Default 0. */
  maskValue?: number;
}

/** A layer that masks steps by their values; see `layers.masking`. */
export class Masking extends Layer {
  readonly maskValue: number;

  constructor(options: MaskingOptions = {}) {
    super("masking", options, ["maskValue"]);
    this.maskValue = checkNumber("create masking layer", "maskValue", options.maskValue ?? 0);
    this.supportsMasking = true;
    Object.freeze(this);
  }

  override get config(): Readonly<Record<string, Json>> {
    return { ...this.commonConfig(), maskValue: this.maskValue };
  }

  override call(t: Tracing, x: Symbolic): Symbolic {
    const { graph, ops } = t;
    if (x.shape.length < 2) {
      throw new TypeError(
        `Cannot apply layer "${this.name || this.type}": samples must have an axis of features, got shape ${
          formatShape(x.shape.slice(1))
        }`,
      );
    }
    const differs = ops.notEqual(x, Math.fround(this.maskValue));
    const mask = ops.notEqual(graph.apply("sum_rows", [differs]), 0);
    const y = graph.apply("scale_rows", [x, mask]);
    t.setMask(y, mask);
    return y;
  }

  /** The same to each step. */
  step(t: StepTracing, x: Symbolic): Symbolic {
    return this.call(t, checkStepAxis(this, x));
  }
}

/**
 * Masks the steps of a sequence that do not count: those whose features all equal `maskValue`. They become 0, and what comes after
 * leaves them out, as far as its layers keep masks (`supportsMasking`): losses and metrics count the other steps only.
 *
 * x [batch, steps, features] → y of that shape, mask [batch, steps]; other axes in front of the last one are steps as well. Equal means
 * equal as float32 numbers.
 *
 * @example
 * ```ts
 * import { layers, sequential } from "retroprop";
 * const model = sequential([
 *   layers.masking({ maskValue: -1, inputShape: [10, 3] }),
 *   layers.dense({ units: 1 }),
 * ]);
 * model.compile({ optimizer: "adam", loss: "mse" }); // the mean over the steps that count
 * ```
 * @throws RangeError if `maskValue` is no finite number; TypeError when it is applied to samples without an axis
 */
export function masking(options?: MaskingOptions): Masking {
  return new Masking(options);
}

/** Its row of the table. */
export const maskingRow: LayerRow = defineRow({ id: "masking", create: masking });
