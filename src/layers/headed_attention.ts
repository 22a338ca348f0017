import { checkNumber } from "../errors/check_number.ts";
import { copyJson } from "../tensor/copy_json.ts";
import { formatShape } from "../tensor/format_shape.ts";
import type { Json } from "../tensor/json.ts";
import type { Shape } from "../tensor/shape.ts";
import { sizeOf } from "../tensor/size_of.ts";
import type { Symbolic } from "../tensor/symbolic.ts";
import { attendStep, keepsKeys } from "./attend_step.ts";
import { attend, attendHeads, readPairMask, readStepMask } from "./attend.ts";
import type { CallOptionName } from "./call_options.ts";
import { checkSeed } from "./check_seed.ts";
import { HeadProjection } from "./head_projection.ts";
import { Layer } from "./layer.ts";
import type { PartResolver } from "./part_resolver.ts";
import { type HeadsOfAttention, mixValues, scoresOf } from "./plain_attention.ts";
import { KERNEL_OPTIONS, type KernelOptions, type KernelParts, readKernelParts } from "./read_kernel_parts.ts";
import type { StepTracing } from "./step_tracing.ts";
import type { Tracing } from "./tracing.ts";

/** What layers of attention with heads take. */
export interface HeadedAttentionOptions extends Omit<KernelOptions, "activation"> {
  /** The share of attention probabilities that is dropped while training, 0 ≤ dropout < 1. Default 0. */
  dropout?: number;
  /** A seed of its own for the dropout. Default: the model's. */
  seed?: number;
}

/** The names of these options. */
const OPTIONS = ["dropout", "seed", ...KERNEL_OPTIONS.filter((name) => name !== "activation")];

/** How many heads there are, and how wide they are. */
export interface HeadSizes {
  readonly queryHeads: number;
  /** Divides the number of query heads: each stands for a group of them. */
  readonly keyValueHeads: number;
  readonly keyDim: number;
  readonly valueDim: number;
  /** The shape of a step of the result; null for the width of the query. */
  readonly outputShape: Shape | null;
}

/**
 * Attention of several heads: projections of query, key and value, attention within each head, and a projection of all heads together; see
 * `layers.multiHeadAttention` and `layers.groupedQueryAttention`.
 */
export abstract class HeadedAttention extends Layer {
  readonly dropout: number;
  readonly seed: number | undefined;
  readonly useBias: boolean;
  readonly #parts: KernelParts;

  /**
   * @param own the names of the options besides those of `HeadedAttentionOptions`
   * @param parts makes initializers, regularizers and constraints of what stands for them
   */
  constructor(type: string, options: HeadedAttentionOptions, own: readonly string[], parts: PartResolver) {
    super(type, options, [...own, ...OPTIONS]);
    const what = `create ${type} layer`;
    this.dropout = checkNumber(what, "dropout", options?.dropout ?? 0, { min: 0, maxExclusive: 1 });
    this.seed = checkSeed(what, options?.seed);
    this.#parts = readKernelParts(what, options ?? {}, parts);
    this.useBias = this.#parts.useBias;
    this.supportsMasking = true;
    this.takesMask = true;
  }

  /** The sizes, as the options say. */
  protected abstract get sizes(): HeadSizes;

  override get callOptions(): readonly CallOptionName[] {
    return ["mask", "attentionMask", "useCausalMask", "returnAttentionScores"];
  }

  /** The options of `HeadedAttentionOptions` and the common ones, in their saved form. */
  protected savedOptions(): Record<string, Json> {
    const { activation: _, ...saved } = this.#parts.saved;
    return {
      ...this.commonConfig(),
      dropout: this.dropout,
      ...copyJson(saved),
      ...(this.seed === undefined ? {} : { seed: this.seed }),
    };
  }

  protected override takes(inputs: number): boolean {
    return inputs >= 1 && inputs <= 3;
  }

  protected override build(query: Shape, value: Shape = query, key: Shape = value): void {
    const { queryHeads, keyValueHeads, keyDim, valueDim, outputShape } = this.sizes;
    const shapes: [string, Shape, number, Shape][] = [
      ["query", query, 1, [queryHeads, keyDim]],
      ["key", key, 1, [keyValueHeads, keyDim]],
      ["value", value, 1, [keyValueHeads, valueDim]],
      ["attention_output", [queryHeads, valueDim], 2, outputShape ?? query.slice(-1)],
    ];
    for (const [name, shape, axes, units] of shapes) {
      if (name !== "attention_output" && shape.length < 2) {
        throw new TypeError(
          `Cannot build layer "${this.name}": the ${name} must be [steps, width] for one sample, got ${
            formatShape(shape)
          }`,
        );
      }
      const inner = new HeadProjection({ name, axes, units }, this.#parts);
      inner.buildOnce([shape]);
      this.addLayer(name, inner);
    }
  }

  override call(t: Tracing, query: Symbolic, ...others: Symbolic[]): readonly Symbolic[] {
    const { ops } = t;
    const [value = query, key = value] = others;
    const given = this.#project(t, query, value, key);
    const [batch, , heads] = given.query.shape;
    const pairs = readPairMask(t, [batch, heads, stepsOf(query), stepsOf(key)]);
    const keys = readKeyMask(t, query, others);
    const causal = t.options.useCausalMask === true;
    if (causal && query.shape.length > 3) {
      throw new TypeError(
        `Cannot apply layer "${this.name || this.type}": useCausalMask needs one axis of steps, got ${
          formatShape(query.shape)
        }`,
      );
    }
    const masks = { keys, queries: readStepMask(t, 0, query), pairs, causal };
    const dropout = { rate: this.dropout, seed: this.seed };
    if (t.options.returnAttentionScores !== true) {
      return [this.#join(t, query, attendHeads(t, given, masks, dropout))];
    }
    const { probabilities, dropped } = attend(t, scoresOf(ops, given.query, given.key), masks, dropout);
    return [this.#join(t, query, mixValues(ops, dropped, given.value)), probabilities];
  }

  /** One step, with the keys and values of those before it; or attention to what is no sequence of steps. */
  step(t: StepTracing, query: Symbolic, ...others: Symbolic[]): readonly Symbolic[] {
    const [value = query, key = value] = others;
    const { plain } = t;
    if (!keepsKeys(t, this, [query, value, key])) return this.call(plain, query, ...others);
    const given = this.#project(plain, query, value, key);
    const y = attendStep(t, {
      ...given,
      keyMask: readKeyMask(plain, query, others),
      queryMask: readStepMask(plain, 0, query),
      scoresWith: (keys) => scoresOf(t.ops, given.query, keys),
    });
    return [this.#join(plain, query, y)];
  }

  /** The heads of query, key and value: [batch, steps, heads, width]. */
  #project(t: Tracing, query: Symbolic, value: Symbolic, key: Symbolic): HeadsOfAttention {
    const { ops } = t;
    checkSteps(this.name || this.type, { query, value, key });
    const headsOf = (name: string, x: Symbolic): Symbolic => {
      const [y] = t.within(name, x);
      return ops.reshape(y, [y.shape[0], stepsOf(x), ...y.shape.slice(-2)]);
    };
    return {
      query: ops.multiply(headsOf("query", query), 1 / Math.sqrt(this.sizes.keyDim)),
      key: headsOf("key", key),
      value: headsOf("value", value),
    };
  }

  /** What the heads give, as the result. */
  #join(t: Tracing, query: Symbolic, y: Symbolic): Symbolic {
    const [joined] = t.within("attention_output", y);
    return t.ops.reshape(joined, [...query.shape.slice(0, -1), ...joined.shape.slice(2)]);
  }
}

/** The mask of the keys: that of the value, and that of the key where it is given besides; null for none. */
function readKeyMask(t: Tracing, query: Symbolic, others: readonly Symbolic[]): Symbolic | null {
  const [value = query, key = value] = others;
  const ofValue = readStepMask(t, Math.min(1, others.length), value);
  const ofKey = others.length < 2 ? null : readStepMask(t, 2, key);
  return ofValue !== null && ofKey !== null ? t.ops.multiply(ofValue, ofKey) : ofValue ?? ofKey;
}

function stepsOf({ shape }: Symbolic): number {
  return sizeOf(shape.slice(1, -1));
}

function checkSteps(name: string, given: Readonly<Record<"query" | "value" | "key", Symbolic>>): void {
  for (const [what, { shape }] of Object.entries(given)) {
    if (shape.length >= 3) continue;
    throw new TypeError(
      `Cannot apply layer "${name}": the ${what} must be [batch, steps, width], got ${formatShape(shape)}`,
    );
  }
  const { key, value } = given;
  if (stepsOf(key) === stepsOf(value)) return;
  throw new TypeError(
    `Cannot apply layer "${name}": key and value must have the same steps, got ${formatShape(key.shape)} and ${
      formatShape(value.shape)
    }`,
  );
}
