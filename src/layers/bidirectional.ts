import { checkString } from "../errors/check_string.ts";
import { describeValue } from "../errors/describe_value.ts";
import { defineRow } from "../tables/define_row.ts";
import type { Json } from "../tensor/json.ts";
import type { OpenShape } from "../tensor/open_shape.ts";
import type { Shape } from "../tensor/shape.ts";
import type { Symbolic } from "../tensor/symbolic.ts";
import { Layer, type LayerOptions } from "./layer.ts";
import type { LayerOutput } from "./layer_output.ts";
import type { LayerRow } from "./layer_row.ts";
import { LIBRARY_PARTS, type PartResolver } from "./part_resolver.ts";
import { Recurrent, type RecurrentCallOptions } from "./recurrent.ts";
import { saveLayer } from "./save_layer.ts";
import type { Tracing } from "./tracing.ts";

const MERGE_MODES = ["concat", "sum", "mul", "ave"] as const;

/** How the outputs of both directions become one. */
export type MergeMode = (typeof MERGE_MODES)[number];

/** Options of the bidirectional layer. */
export interface BidirectionalOptions extends LayerOptions {
  /** A recurrent layer, such as `layers.lstm({ units: 8 })`. It is copied for each direction, and is not used itself. */
  layer: Layer;
  /** The recurrent layer of the other direction. Default: a copy of `layer` with `goBackwards` turned round. */
  backwardLayer?: Layer | null;
  /** How both outputs become one: side by side, their sum, product or mean; null: `apply` gives both. Default `"concat"`. */
  mergeMode?: MergeMode | null;
}

/** A recurrent layer in both directions; see `layers.bidirectional`. */
export class Bidirectional extends Layer {
  /** The layer of the first direction. */
  readonly forwardLayer: Recurrent;
  /** The layer of the other direction. */
  readonly backwardLayer: Recurrent;
  readonly mergeMode: MergeMode | null;
  /** Whether the other layer was given. */
  readonly #isGiven: boolean;

  /** @param parts makes the inner layers, and what these consist of */
  constructor(options: BidirectionalOptions, parts: PartResolver = LIBRARY_PARTS) {
    const what = "create bidirectional layer";
    super("bidirectional", options, ["layer", "backwardLayer", "mergeMode"]);
    const { mergeMode = "concat", backwardLayer = null } = options ?? {};
    this.mergeMode = mergeMode === null ? null : checkString(what, "mergeMode", mergeMode, MERGE_MODES);
    const layer = readRecurrent(what, "layer", parts.layer(options?.layer));
    this.#isGiven = backwardLayer !== null;
    const other = backwardLayer === null ? layer : readRecurrent(what, "backwardLayer", parts.layer(backwardLayer));
    const goBackwards = backwardLayer === null ? !layer.goBackwards : other.goBackwards;
    this.forwardLayer = copyLayer(layer, { name: withPrefix("forward_", layer.name) }, parts);
    this.backwardLayer = copyLayer(other, {
      name: backwardLayer === null ? withPrefix("backward_", layer.name) : other.name,
      goBackwards,
    }, parts);
    this.#check(what);
    this.addLayer(this.forwardLayer.name, this.forwardLayer);
    this.addLayer(this.backwardLayer.name, this.backwardLayer);
    this.supportsMasking = true;
    this.takesMask = true;
    Object.freeze(this);
  }

  /** Both directions must fit together. */
  #check(what: string): void {
    const { forwardLayer: one, backwardLayer: other } = this;
    const fail = (rule: string, found: unknown): never => {
      throw new TypeError(`Cannot ${what}: ${rule}, got ${describeValue(found)}`);
    };
    if (one.goBackwards === other.goBackwards) {
      fail("goBackwards of layer and backwardLayer must differ", one.goBackwards);
    }
    for (const name of ["returnSequences", "returnState"] as const) {
      if (one[name] !== other[name]) fail(`${name} of layer and backwardLayer must be the same`, other[name]);
    }
    if (one.name === other.name) fail("the layers of both directions must have different names", one.name);
  }

  override get config(): Readonly<Record<string, Json>> {
    return {
      ...this.commonConfig(),
      layer: saveLayer(this.forwardLayer),
      ...(this.#isGiven ? { backwardLayer: saveLayer(this.backwardLayer) } : {}),
      mergeMode: this.mergeMode,
    };
  }

  /** x alone, or with the first states of both directions. */
  protected override takes(inputs: number): boolean {
    return inputs === 1 || inputs === 1 + this.forwardLayer.stateCount + this.backwardLayer.stateCount;
  }

  /** First states are inputs of a call, whatever it was built with. */
  override buildOnce([x]: readonly OpenShape[]): void {
    super.buildOnce([x]);
  }

  protected override build(inputShape: Shape): void {
    this.forwardLayer.buildOnce([inputShape]);
    this.backwardLayer.buildOnce([inputShape]);
  }

  /**
   * Calls the layer on a sequence: see `Layer.apply`. The first states of the forward layer and then of the other one may be given as the option
   * `initialState`, or behind x in a list.
   *
   * @throws {TypeError} If the layer cannot take inputs of that number or shape, or an option is unknown
   */
  override apply<T extends LayerOutput | readonly LayerOutput[] = LayerOutput>(
    inputs: LayerOutput | readonly LayerOutput[],
    options: RecurrentCallOptions = {},
  ): T {
    const { initialState = null, ...rest } = options;
    if (initialState === null) return super.apply(inputs, rest);
    return super.apply([inputs, initialState].flat(), rest);
  }

  override call(t: Tracing, x: Symbolic, ...first: Symbolic[]): readonly Symbolic[] {
    const { ops } = t;
    const { forwardLayer, backwardLayer, mergeMode } = this;
    const { returnSequences } = forwardLayer;
    const mask = t.mask(x);
    // The mask may be one of this call alone: the layers inside see it beside a tensor of their own.
    const entered = mask === null ? x : t.graph.apply("reshape", [x], { shape: x.shape });
    if (mask !== null) t.setMask(entered, mask);
    const half = first.length === 0 ? 0 : forwardLayer.stateCount;
    const [y, ...states] = t.within(forwardLayer.name, entered, ...first.slice(0, half));
    const [last, ...others] = t.within(backwardLayer.name, entered, ...first.slice(half));
    const reversed = returnSequences ? ops.flip(last, { axis: 1 }) : last;
    const outputs = mergeMode === null ? [y, reversed] : [MERGE[mergeMode](t, y, reversed)];
    for (const output of outputs) t.setMask(output, returnSequences ? mask : null);
    return forwardLayer.returnState ? [...outputs, ...states, ...others] : outputs;
  }
}

const MERGE: Readonly<Record<MergeMode, (t: Tracing, a: Symbolic, b: Symbolic) => Symbolic>> = {
  concat: ({ ops }, a, b) => ops.concatenate([a, b], { axis: -1 }),
  sum: ({ ops }, a, b) => ops.add(a, b),
  mul: ({ ops }, a, b) => ops.multiply(a, b),
  ave: ({ ops }, a, b) => ops.multiply(ops.add(a, b), 0.5),
};

function readRecurrent(what: string, name: string, layer: Layer): Recurrent {
  if (layer instanceof Recurrent && layer.config.stateful !== true) return layer;
  if (layer instanceof Recurrent) {
    throw new TypeError(
      `Cannot ${what}: ${name} must not be stateful, since for the other direction later batches would come first`,
    );
  }
  throw new TypeError(`Cannot ${what}: ${name} must be a recurrent layer (lstm, gru, simpleRNN), got ${layer.type}`);
}

/** A layer with the same options but those given. Masked outputs are 0 where all outputs are given, as in Keras. */
function copyLayer(layer: Recurrent, options: object, parts: PartResolver): Recurrent {
  const config = { ...layer.config, zeroOutputForMask: layer.returnSequences, ...options };
  try {
    return new (layer.constructor as new (options: object, parts: PartResolver) => Recurrent)(config, parts);
  } catch (cause) {
    throw new TypeError(
      `Cannot create bidirectional layer: no copy of layer "${layer.name}" can be made from its saved form: ${
        (cause as Error).message
      }`,
      { cause },
    );
  }
}

/** A name that begins with a word, once. */
function withPrefix(prefix: string, name: string): string {
  const bare = name.replace(/^(forward|backward)_/, "");
  return `${prefix}${bare}`;
}

/**
 * A recurrent layer over a sequence in both directions: y = merge(forward(x), backward(x)), where the backward layer is a copy with `goBackwards`
 * turned round, and weights of its own.
 *
 * With `returnSequences` the outputs of the backward layer are put into the order of the steps before they are merged, and outputs of masked steps
 * are 0, as in Keras 3; the mask goes on. With `returnState` `apply` gives the states of the forward layer and then of the other one behind the
 * output. The option `initialState` of a call takes them in this order.
 *
 * Shapes, with `mergeMode: "concat"`: x [batch, steps, features] → y [batch, 2 · units], or [batch, steps, 2 · units] with `returnSequences`; with
 * "sum", "mul" and "ave" the last axis is units; with null `apply` gives both outputs. The weights are called
 * `<name>/forward_lstm/kernel` and so on, after the layer inside.
 *
 * @example
 * ```ts
 * import { layers, sequential } from "retroprop";
 * const model = sequential([
 *   layers.embedding({ inputDim: 1000, outputDim: 16, maskZero: true, inputShape: [null] }),
 *   layers.bidirectional({ layer: layers.lstm({ units: 8, returnSequences: true }) }),
 *   layers.bidirectional({ layer: layers.lstm({ units: 8 }), mergeMode: "sum" }),
 * ]);
 * model.outputShape; // [null, 8]
 * ```
 * Source: Schuster and Paliwal, Bidirectional recurrent neural networks, IEEE Transactions on Signal Processing, 1997.
 *
 * @throws TypeError if a layer is none that is recurrent, or both do not fit together
 */
export function bidirectional(options: BidirectionalOptions): Bidirectional {
  return new Bidirectional(options);
}

/** Its row of the table. */
export const bidirectionalRow: LayerRow = defineRow({
  id: "bidirectional",
  create: (options: BidirectionalOptions, parts) => new Bidirectional(options, parts),
});
