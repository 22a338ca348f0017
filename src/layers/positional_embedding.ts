import { checkInteger } from "../errors/check_integer.ts";
import { checkNumber } from "../errors/check_number.ts";
import { checkString } from "../errors/check_string.ts";
import { refuseOptions } from "../errors/refuse_options.ts";
import { initializerTable } from "../initializers/gen/table.ts";
import type { Initializer } from "../initializers/initializer.ts";
import type { InitializerSpec } from "../initializers/resolve_initializer.ts";
import { defineRow } from "../tables/define_row.ts";
import { formatSample } from "../tensor/format_sample.ts";
import type { Json } from "../tensor/json.ts";
import type { Shape } from "../tensor/shape.ts";
import type { Symbolic } from "../tensor/symbolic.ts";
import { Layer, type LayerOptions } from "./layer.ts";
import type { LayerRow } from "./layer_row.ts";
import { LIBRARY_PARTS, type PartResolver } from "./part_resolver.ts";
import { savePart } from "./save_part.ts";
import type { StepTracing } from "./step_tracing.ts";
import type { Tracing } from "./tracing.ts";

/** Options of the positional embedding layer. */
export interface PositionalEmbeddingOptions extends LayerOptions {
  /** `"learned"`: a table with a row for each position; `"sinusoidal"`: sines and cosines, without weights. Default `"learned"`. */
  mode?: "learned" | "sinusoidal";
  /** Of a learned table: its rows, the most steps that a sequence may have. */
  sequenceLength?: number;
  /** Of a learned table. Default `"glorot_uniform"`. */
  initializer?: InitializerSpec;
  /** Of sines and cosines: 2π times this is the longest wavelength, in steps. Default 10000. */
  maxWavelength?: number;
}

/** A layer that says where in a sequence a step stands; see `layers.positionalEmbedding`. */
export class PositionalEmbedding extends Layer {
  readonly mode: "learned" | "sinusoidal";
  /** The rows of a learned table; null without one. */
  readonly sequenceLength: number | null;
  /** Of sines and cosines; null without them. */
  readonly maxWavelength: number | null;
  readonly #initializer: Initializer;

  /** @param parts makes the initializer of what stands for it */
  constructor(options: PositionalEmbeddingOptions, parts: PartResolver = LIBRARY_PARTS) {
    super("positional_embedding", options, ["mode", "sequenceLength", "initializer", "maxWavelength"]);
    const what = "create positional_embedding layer";
    const given = options ?? {};
    this.mode = checkString(what, "mode", given.mode ?? "learned", ["learned", "sinusoidal"]);
    const isLearned = this.mode === "learned";
    const others = isLearned ? ["maxWavelength"] as const : ["sequenceLength", "initializer"] as const;
    refuseOptions(what, given, others, `does not go with mode "${this.mode}"`);
    this.sequenceLength = isLearned ? checkInteger(what, "sequenceLength", given.sequenceLength, { min: 1 }) : null;
    this.maxWavelength = isLearned
      ? null
      : checkNumber(what, "maxWavelength", given.maxWavelength ?? 10000, { minExclusive: 1 });
    this.#initializer = parts.initializer(given.initializer ?? "glorot_uniform");
    this.supportsMasking = true;
    Object.freeze(this);
  }

  override get config(): Readonly<Record<string, Json>> {
    const { mode, sequenceLength, maxWavelength } = this;
    return {
      ...this.commonConfig(),
      mode,
      ...(mode === "learned"
        ? { sequenceLength, initializer: savePart(this.#initializer, initializerTable) }
        : { maxWavelength }),
    };
  }

  protected override build(inputShape: Shape): void {
    if (inputShape.length < 2) {
      throw new TypeError(
        `Cannot build layer "${this.name}": positional_embedding needs samples [steps, features], got shape ${
          formatSample(inputShape)
        }`,
      );
    }
    if (this.sequenceLength === null) return;
    this.#checkSteps(inputShape[inputShape.length - 2]);
    const shape = [this.sequenceLength, inputShape[inputShape.length - 1]];
    this.addWeight({ name: "embeddings", shape, initializer: this.#initializer });
  }

  override call(t: Tracing, x: Symbolic): Symbolic {
    const [steps, features] = x.shape.slice(-2);
    this.#checkSteps(steps);
    const positions = this.sequenceLength === null
      ? sinusoids(t, this.maxWavelength!, t.ops.reshape(numbers(t, steps), [steps, 1]), features)
      : t.ops.slice(t.weight("embeddings"), [0, 0], [steps, features]);
    return t.ops.add(x, positions);
  }

  /** The position of the step. */
  step(t: StepTracing, x: Symbolic): Symbolic {
    const [batch, steps, ...rest] = x.shape;
    if (rest.length !== 1) return this.call(t.plain, x); // it tells other steps apart than those of the sequence
    if (this.sequenceLength !== null) t.limitSteps(this.sequenceLength);
    const positions = this.sequenceLength === null
      ? t.ops.reshape(sinusoids(t, this.maxWavelength!, t.position, rest[0]), [batch, steps, rest[0]])
      : t.graph.apply("gather", [t.weight("embeddings"), t.position]);
    return t.ops.add(x, positions);
  }

  #checkSteps(steps: number): void {
    if (this.sequenceLength === null || !(steps > this.sequenceLength)) return;
    throw new RangeError(
      `Cannot apply layer "${
        this.name || this.type
      }": it has ${this.sequenceLength} positions (sequenceLength), so a sequence must not be longer, got ${steps} steps`,
    );
  }
}

/** 0, 1, 2, … */
function numbers({ graph }: Tracing, length: number): Symbolic {
  return graph.apply("range", [], { length });
}

/** Sine and cosine by turns: positions [n, 1] → [n, features]. */
function sinusoids(t: Tracing, maxWavelength: number, positions: Symbolic, features: number): Symbolic {
  const { ops } = t;
  const [n] = positions.shape;
  const pairs = Math.ceil(features / 2);
  const frequencies = ops.power(maxWavelength, ops.multiply(numbers(t, pairs), -2 / features));
  const angles = ops.multiply(positions, frequencies);
  const both = ops.reshape(ops.stack([ops.sin(angles), ops.cos(angles)], { axis: -1 }), [n, 2 * pairs]);
  return features % 2 === 0 ? both : ops.slice(both, [0, 0], [n, features]);
}

/**
 * Adds to each step of a sequence what says where it stands: y[b, t, :] = x[b, t, :] + positions[t, :].
 *
 * With `mode: "learned"` the positions are a table of weights, embeddings [sequenceLength, features], of which a sequence takes as many rows as
 * it has steps; a longer one is an error. With `mode: "sinusoidal"` there are no weights, and sequences may have any length:
 *
 *     positions[t, 2i] = sin(t / maxWavelength^(2i / features))
 *     positions[t, 2i + 1] = cos(t / maxWavelength^(2i / features))
 *
 * computed in float32: angles have a relative error below 2^-20. Shapes: x [batch, …, steps, features] → y of that shape; its mask stays.
 *
 * @example
 * ```ts
 * import { layers, sequential } from "retroprop";
 * const model = sequential([
 *   layers.embedding({ inputDim: 1000, outputDim: 16, inputShape: [null] }),
 *   layers.positionalEmbedding({ sequenceLength: 50 }), // or { mode: "sinusoidal" }
 *   layers.globalAveragePooling1d(),
 * ]);
 * model.outputShape; // [null, 16]
 * ```
 * Source: Vaswani et al., Attention is all you need, NeurIPS 2017; the learned table as KerasHub's PositionEmbedding, which is added here.
 *
 * @throws RangeError if a number is out of range or a sequence is longer than the table; TypeError for an option that does not go with the mode
 */
export function positionalEmbedding(options: PositionalEmbeddingOptions): PositionalEmbedding {
  return new PositionalEmbedding(options);
}

/** Its row of the table. */
export const positionalEmbeddingRow: LayerRow = defineRow({
  id: "positional_embedding",
  create: (options: PositionalEmbeddingOptions, parts) => new PositionalEmbedding(options, parts),
});
