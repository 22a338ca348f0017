import type { Activation } from "../activations/activation.ts";
import { activationTable } from "../activations/gen/table.ts";
import { checkBoolean } from "../errors/check_boolean.ts";
import { checkInteger } from "../errors/check_integer.ts";
import { checkNumber } from "../errors/check_number.ts";
import { initializerTable } from "../initializers/gen/table.ts";
import type { Initializer } from "../initializers/initializer.ts";
import type { InitializerSpec } from "../initializers/resolve_initializer.ts";
import { defineRow } from "../tables/define_row.ts";
import { formatShape } from "../tensor/format_shape.ts";
import type { Json } from "../tensor/json.ts";
import type { Shape } from "../tensor/shape.ts";
import type { Symbolic } from "../tensor/symbolic.ts";
import type { CallOptionName } from "./call_options.ts";
import { checkSeed } from "./check_seed.ts";
import { Dense } from "./dense.ts";
import { Dropout } from "./dropout.ts";
import { Layer, type LayerOptions } from "./layer.ts";
import { LayerNormalization } from "./layer_normalization.ts";
import type { LayerRow } from "./layer_row.ts";
import { MultiHeadAttention } from "./multi_head_attention.ts";
import { LIBRARY_PARTS, type PartResolver } from "./part_resolver.ts";
import type { ActivationSpec } from "./read_activation.ts";
import { savePart } from "./save_part.ts";
import type { StepTracing } from "./step_tracing.ts";
import type { Tracing } from "./tracing.ts";

/** Options of a block of a transformer. */
export interface TransformerEncoderOptions extends LayerOptions {
  /** The units of the dense layer between attention and result. */
  intermediateDim: number;
  /** The number of heads; it must not exceed the width of a step, which is divided by it and rounded down to the width of a head. */
  numHeads: number;
  /** The share of attention probabilities, and of what attention and dense layers give, that is dropped while training. Default 0. */
  dropout?: number;
  /** The activation of the intermediate layer. Default `"relu"`. */
  activation?: ActivationSpec;
  /** What is added to the variance by the normalizations. Default 1e-5. */
  layerNormEpsilon?: number;
  /** For all kernels. Default `"glorot_uniform"`. */
  kernelInitializer?: InitializerSpec;
  /** For all biases. Default `"zeros"`. */
  biasInitializer?: InitializerSpec;
  /** Whether attention and dense layers get what is normalised, and the sums stay as they are. Default false: the sums are normalised. */
  normalizeFirst?: boolean;
  /** A seed of its own for the dropout. Default: the model's. */
  seed?: number;
}

const WHAT = "create transformer_encoder layer";

/** A block of a transformer; see `layers.transformerEncoder`. */
export class TransformerEncoder extends Layer {
  readonly intermediateDim: number;
  readonly numHeads: number;
  readonly dropout: number;
  readonly activation: Activation;
  readonly layerNormEpsilon: number;
  readonly normalizeFirst: boolean;
  readonly seed: number | undefined;
  readonly #kernel: Initializer;
  readonly #bias: Initializer;
  readonly #parts: PartResolver;

  /** @param parts makes activation and initializers of what stands for them */
  constructor(options: TransformerEncoderOptions, parts: PartResolver = LIBRARY_PARTS) {
    super("transformer_encoder", options, [
      "intermediateDim",
      "numHeads",
      "dropout",
      "activation",
      "layerNormEpsilon",
      "kernelInitializer",
      "biasInitializer",
      "normalizeFirst",
      "seed",
    ]);
    this.intermediateDim = checkInteger(WHAT, "intermediateDim", options?.intermediateDim, { min: 1 });
    this.numHeads = checkInteger(WHAT, "numHeads", options.numHeads, { min: 1 });
    this.dropout = checkNumber(WHAT, "dropout", options.dropout ?? 0, { min: 0, maxExclusive: 1 });
    this.activation = parts.activation(options.activation ?? "relu");
    this.layerNormEpsilon = checkNumber(WHAT, "layerNormEpsilon", options.layerNormEpsilon ?? 1e-5, { min: 0 });
    this.#kernel = parts.initializer(options.kernelInitializer ?? "glorot_uniform");
    this.#bias = parts.initializer(options.biasInitializer ?? "zeros");
    this.normalizeFirst = checkBoolean(WHAT, "normalizeFirst", options.normalizeFirst ?? false);
    this.seed = checkSeed(WHAT, options.seed);
    this.#parts = parts;
    this.supportsMasking = true;
    this.takesMask = true;
    Object.freeze(this);
  }

  override get callOptions(): readonly CallOptionName[] {
    return ["mask", "attentionMask", "useCausalMask", "returnAttentionScores"];
  }

  override get config(): Readonly<Record<string, Json>> {
    return {
      ...this.commonConfig(),
      intermediateDim: this.intermediateDim,
      numHeads: this.numHeads,
      dropout: this.dropout,
      activation: savePart(this.activation, activationTable),
      layerNormEpsilon: this.layerNormEpsilon,
      kernelInitializer: savePart(this.#kernel, initializerTable),
      biasInitializer: savePart(this.#bias, initializerTable),
      normalizeFirst: this.normalizeFirst,
      ...(this.seed === undefined ? {} : { seed: this.seed }),
    };
  }

  protected override build(x: Shape): void {
    const width = x[1];
    if (Number.isNaN(width)) {
      throw new TypeError(
        `Cannot build layer "${this.name}": its size depends on an axis of unknown length, the last one`,
      );
    }
    if (x.length !== 2 || width < this.numHeads) {
      throw new TypeError(
        `Cannot build layer "${this.name}": samples must be [steps, width] with at least one column a head, ${this.numHeads} heads, got ${
          formatShape(x)
        }`,
      );
    }
    const { dropout, numHeads, intermediateDim: units, layerNormEpsilon: epsilon } = this;
    const seed = this.seed === undefined ? {} : { seed: this.seed };
    const initial = { kernelInitializer: this.#kernel, biasInitializer: this.#bias };
    const keyDim = Math.floor(width / numHeads), parts = this.#parts;
    const add = (inner: Layer, inputs: Shape = x): void => {
      inner.buildOnce([inputs]);
      this.addLayer(inner.name, inner);
    };
    const drop = (name: string): Dropout => new Dropout({ rate: dropout, name, ...seed });
    const norm = (name: string): LayerNormalization => new LayerNormalization({ epsilon, name }, parts);
    const heads = { numHeads, keyDim, dropout, ...seed, ...initial };
    add(new MultiHeadAttention({ ...heads, name: "self_attention_layer" }, parts));
    add(norm("self_attention_layer_norm"));
    add(drop("self_attention_dropout"));
    add(norm("feedforward_layer_norm"));
    const dense = (units: number, name: string): Dense => new Dense({ units, name, ...initial }, parts);
    add(new Dense({ units, activation: this.activation, name: "feedforward_intermediate_dense", ...initial }, parts));
    add(dense(width, "feedforward_output_dense"), [x[0], units]);
    add(drop("feedforward_dropout"));
  }

  override call(t: Tracing, x: Symbolic): readonly Symbolic[] {
    const { mask: _, training: __, ...options } = t.options;
    const first = this.normalizeFirst;
    const normalize = (name: string, y: Symbolic): Symbolic => t.within(`${name}_layer_norm`, y)[0];
    /** x beside the mask of the call. */
    const mask = t.mask(x);
    const [attended, ...scores] = t.within(
      "self_attention_layer",
      first ? normalize("self_attention", x) : x,
      { ...options, ...(mask === null ? {} : { mask }) },
    );
    const sum = t.ops.add(t.within("self_attention_dropout", attended)[0], x);
    const h = first ? sum : normalize("self_attention", sum);
    const [inner] = t.within("feedforward_intermediate_dense", first ? normalize("feedforward", h) : h);
    const [outer] = t.within("feedforward_output_dense", inner);
    const y = t.ops.add(t.within("feedforward_dropout", outer)[0], h);
    return [first ? y : normalize("feedforward", y), ...scores];
  }

  /** The same, with what its attention keeps. */
  step(t: StepTracing, x: Symbolic): readonly Symbolic[] {
    return this.call(t, x);
  }
}

/**
 * A block of a transformer: attention of the steps to each other, then two dense layers for each step, each with a sum around it and a
 * normalization: h = norm(x + attention(x)), y = norm(h + dense(activation(dense(h)))); with `normalizeFirst` h = x + attention(norm(x)),
 * y = h + dense(activation(dense(norm(h)))).
 *
 * Shapes: x [batch, steps, width] → y of that shape. Call options as in `layers.multiHeadAttention`: `mask`, by default that of x, which also goes
 * on; `attentionMask`; `returnAttentionScores`; and `useCausalMask`, with which it is the block of a decoder that reads only itself, as in
 * models that continue a text. Options and defaults are KerasHub's. Weights lie in layers inside it: `self_attention_layer/query/kernel`, …,
 * `self_attention_layer_norm/gamma`, `feedforward_intermediate_dense/kernel`, `feedforward_output_dense/kernel`, `feedforward_layer_norm/gamma`.
 *
 * @example
 * ```ts
 * import { input, layers } from "retroprop";
 * const x = input({ shape: [32, 16] });
 * const block = layers.transformerEncoder({ intermediateDim: 64, numHeads: 4, normalizeFirst: true });
 * const y = block.apply(x, { useCausalMask: true }); // [batch, 32, 16]
 * ```
 * @throws RangeError for numbers out of range; TypeError for an unknown option, or samples that are narrower than there are heads
 *
 * Source: Vaswani et al., Attention is all you need, 2017.
 */
export function transformerEncoder(options: TransformerEncoderOptions): TransformerEncoder {
  return new TransformerEncoder(options);
}

/** Its row of the table. */
export const transformerEncoderRow: LayerRow = defineRow({
  id: "transformer_encoder",
  create: (options: TransformerEncoderOptions, parts) => new TransformerEncoder(options, parts),
});
