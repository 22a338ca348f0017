import { checkNumber } from "../errors/check_number.ts";
import { formatShape } from "../tensor/format_shape.ts";
import type { Json } from "../tensor/json.ts";
import type { Shape } from "../tensor/shape.ts";
import type { Symbolic } from "../tensor/symbolic.ts";
import { attendStep, keepsKeys } from "./attend_step.ts";
import { attend, attendHeads, readPairMask, readStepMask } from "./attend.ts";
import type { CallOptionName } from "./call_options.ts";
import { checkSeed } from "./check_seed.ts";
import { Layer, type LayerOptions } from "./layer.ts";
import { mixValues, scoresOf } from "./plain_attention.ts";
import type { StepTracing } from "./step_tracing.ts";
import type { Tracing } from "./tracing.ts";

/** What layers of attention without projections take. */
export interface ScoredAttentionOptions extends LayerOptions {
  /** The share of attention probabilities that is dropped while training, 0 ≤ dropout < 1. Default 0. */
  dropout?: number;
  /** A seed of its own for the dropout. Default: the model's. */
  seed?: number;
}

/** Attention over scores of each query with each key, without projections; see `layers.attention` and `layers.additiveAttention`. */
export abstract class ScoredAttention extends Layer {
  readonly dropout: number;
  readonly seed: number | undefined;

  /** @param own the names of the options besides those of `ScoredAttentionOptions` */
  constructor(type: string, options: ScoredAttentionOptions | undefined, own: readonly string[]) {
    super(type, options, [...own, "dropout", "seed"]);
    const what = `create ${type} layer`;
    this.dropout = checkNumber(what, "dropout", options?.dropout ?? 0, { min: 0, maxExclusive: 1 });
    this.seed = checkSeed(what, options?.seed);
    this.supportsMasking = true;
    this.takesMask = true;
  }

  /** Where scores are products, the query whose product with a key is the score; else null. */
  protected factorOf(_t: Tracing, _query: Symbolic): Symbolic | null {
    return null;
  }

  /** The scores, [batch, queries, keys], of a query [batch, queries, width] and a key [batch, keys, width], where they are no products. */
  protected abstract score(t: Tracing, query: Symbolic, key: Symbolic): Symbolic;

  override get callOptions(): readonly CallOptionName[] {
    return ["mask", "attentionMask", "useCausalMask", "returnAttentionScores"];
  }

  /** The options of `ScoredAttentionOptions` and the common ones, in their saved form. */
  protected savedOptions(): Record<string, Json> {
    return {
      ...this.commonConfig(),
      dropout: this.dropout,
      ...(this.seed === undefined ? {} : { seed: this.seed }),
    };
  }

  protected override takes(inputs: number): boolean {
    return inputs === 2 || inputs === 3;
  }

  protected override build(query: Shape, value: Shape, key: Shape = value): void {
    for (const [name, shape] of Object.entries({ query, value, key })) {
      if (shape.length === 2) continue;
      throw new TypeError(
        `Cannot build layer "${this.name}": the ${name} must be [steps, width] for one sample, got ${
          formatShape(shape)
        }`,
      );
    }
    // What differs by an axis of unknown length, NaN, is compared when samples are there.
    const differs = (a: number, b: number): boolean => a !== b && !Number.isNaN(a + b);
    if (differs(query[1], key[1]) || differs(value[0], key[0])) {
      throw new TypeError(
        `Cannot build layer "${this.name}": query and key must have one width, value and key the same steps, got query ${
          formatShape(query)
        }, value ${formatShape(value)}, key ${formatShape(key)}`,
      );
    }
  }

  override call(t: Tracing, query: Symbolic, ...others: Symbolic[]): readonly Symbolic[] {
    const [value, key = value] = others;
    const { ops } = t;
    const masks = {
      keys: readStepMask(t, 1, value),
      queries: null,
      pairs: readPairMask(t, [query.shape[0], 1, query.shape[1], key.shape[1]]),
      causal: t.options.useCausalMask === true,
    };
    const dropout = { rate: this.dropout, seed: this.seed };
    const queries = readStepMask(t, 0, query);
    /** Without the heads, of which there is one, and without what the query's mask leaves out. */
    const finish = (y: Symbolic): Symbolic => {
      const result = ops.squeeze(y, 2);
      return queries === null ? result : t.graph.apply("scale_rows", [result, queries]);
    };
    const ofHead = (x: Symbolic): Symbolic => ops.expandDims(x, 2);
    const factor = this.factorOf(t, query);
    const wantsScores = t.options.returnAttentionScores === true;
    if (factor !== null && !wantsScores) {
      return [
        finish(attendHeads(t, { query: ofHead(factor), key: ofHead(key), value: ofHead(value) }, masks, dropout)),
      ];
    }
    const scores = factor === null
      ? ops.expandDims(this.score(t, query, key), 1)
      : scoresOf(ops, ofHead(factor), ofHead(key));
    const { dropped } = attend(t, scores, masks, dropout);
    const y = finish(mixValues(ops, dropped, ofHead(value)));
    return wantsScores ? [y, ops.squeeze(dropped, 1)] : [y];
  }

  /** One step, with the keys and values of those before it; or attention to what is no sequence of steps. */
  step(t: StepTracing, query: Symbolic, ...others: Symbolic[]): readonly Symbolic[] {
    const [value, key = value] = others;
    const { ops, plain } = t;
    if (!keepsKeys(t, this, [query, value, key])) return this.call(plain, query, ...others);
    const queries = readStepMask(plain, 0, query), factor = this.factorOf(plain, query);
    const ofHead = (x: Symbolic): Symbolic => ops.expandDims(x, 2);
    const y = attendStep(t, {
      key: ofHead(key),
      value: ofHead(value),
      keyMask: readStepMask(plain, 1, value),
      queryMask: null,
      scoresWith: (keys) =>
        factor === null
          ? ops.expandDims(this.score(plain, query, ops.squeeze(keys, 2)), 1)
          : scoresOf(ops, ofHead(factor), keys),
    });
    const result = ops.squeeze(y, 2);
    return [queries === null ? result : t.graph.apply("scale_rows", [result, queries])];
  }
}
