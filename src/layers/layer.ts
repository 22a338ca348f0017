import { checkBoolean } from "../errors/check_boolean.ts";
import { checkName } from "../errors/check_name.ts";
import { checkOptions } from "../errors/check_options.ts";
import type { Dtype } from "../tensor/dtype.ts";
import type { Json } from "../tensor/json.ts";
import type { OpenShape } from "../tensor/open_shape.ts";
import { readOpenShape } from "../tensor/read_open_shape.ts";
import type { Shape } from "../tensor/shape.ts";
import { fillShape } from "../tensor/fill_shape.ts";
import { sizeOf } from "../tensor/size_of.ts";
import type { Symbolic } from "../tensor/symbolic.ts";
import type { CallOptionName } from "./call_options.ts";
import { type CallOptions, type IndexUse, type LayerNode, LayerOutput } from "./layer_output.ts";
import { checkBuiltShapes } from "./check_built_shapes.ts";
import { checkCall } from "./check_call.ts";
import { checkLayerType } from "./check_layer_type.ts";
import { checkInputShape } from "./check_shape_options.ts";
import { explainCall } from "./explain_call.ts";
import { findShapes, type FoundShapes, type ResultShape } from "./find_shapes.ts";
import { readCall } from "./read_call.ts";
import { settleWeight } from "./settle_weight.ts";
import { traceCall } from "./trace_call.ts";
import type { TracePlace, TraceScope, Tracing } from "./tracing.ts";
import type { WeightStore } from "./weight_store.ts";
import type { WeightSpec } from "./weight_spec.ts";

/** The options that every layer takes. */
export interface LayerOptions {
  /** The layer's name, unique in its model. Default: its type, numbered: `dense`, `dense_1`, … */
  name?: string;
  /** The shape of one sample, for the first layer of a model: without the batch axis. null: an axis of unknown length, `[null, 16]`. */
  inputShape?: OpenShape;
  /** Whether training changes the layer's weights. Default true. */
  trainable?: boolean;
}

/** The names of the options that every layer takes. */
const COMMON = ["name", "inputShape", "trainable"] as const;

/**
 * One layer: options, weights, and a short composition of ops.
 *
 * A layer of your own extends this class: it calls `addWeight` in `build`, and composes ops in `call`. Its code runs while a graph is
 * traced, never in a worker.
 */
export abstract class Layer {
  readonly #type: string;
  readonly #inputShape: OpenShape | undefined;
  readonly #known: readonly string[];
  #name: string;
  #trainable: boolean;
  #supportsMasking = false;
  #takesMask = false;
  #weights: readonly WeightSpec[] = Object.freeze([]);
  readonly #inner: Map<string, Layer> = new Map();
  #built: readonly OpenShape[] | null = null;
  #stores: readonly (WeightStore | WeakRef<WeightStore>)[] = [];
  #nodes: readonly LayerNode[] = [];

  /**
   * Checks the common options.
   *
   * @param type the name in the table of layers
   * @param options what the user gave
   * @param known the names of the options that this layer takes besides the common ones. Default none.
   * @throws {TypeError} If there is no type, as where a class of one's own passes its options on, or an option is unknown.
   */
  constructor(type: string, options?: LayerOptions, known: readonly string[] = []) {
    checkLayerType(type, known);
    this.#known = known;
    checkOptions(`create ${type} layer`, options, [...COMMON, ...known]);
    const what = `create ${type} layer`;
    this.#type = type;
    this.#name = checkName(what, options?.name ?? "", "/");
    this.#trainable = options?.trainable === undefined ? true : checkBoolean(what, "trainable", options.trainable);
    this.#inputShape = options?.inputShape === undefined
      ? undefined
      : checkInputShape(what, "inputShape", options.inputShape);
  }

  /** The name in the table of layers, for example `dense`. */
  get type(): string {
    return this.#type;
  }

  /** The layer's name in its model; empty until the model or the options give one. */
  get name(): string {
    return this.#name;
  }

  /** The shape of one sample, if the options gave it. */
  get inputShape(): OpenShape | undefined {
    return this.#inputShape;
  }

  /**
   * Whether training changes the layer's weights: without, they have neither gradients nor optimizer slots. A change takes effect at the
   * model's next `compile`.
   *
   * @throws {TypeError} when it is set to anything but true or false
   */
  get trainable(): boolean {
    return this.#trainable;
  }
  set trainable(trainable: boolean) {
    this.#trainable = checkBoolean(`change layer "${this.#name}"`, "trainable", trainable);
  }

  /**
   * Whether the mask of its first input is that of its first result, too; else it ends here, unless `call` sets one. A layer of your own says
   * so in its constructor. Default false.
   */
  get supportsMasking(): boolean {
    return this.#supportsMasking;
  }
  set supportsMasking(supports: boolean) {
    this.#supportsMasking = checkBoolean(`create ${this.#type} layer`, "supportsMasking", supports);
  }

  /** Whether a call may be given a mask, which `call` reads as `t.mask(x)`; to be set in the constructor. Default false. */
  get takesMask(): boolean {
    return this.#takesMask;
  }
  set takesMask(takes: boolean) {
    this.#takesMask = checkBoolean(`create ${this.#type} layer`, "takesMask", takes);
  }

  /** The options of `apply` that it takes besides `training`; `call` reads them as `t.options`. Default: `mask` where `takesMask`. */
  get callOptions(): readonly CallOptionName[] {
    return this.takesMask ? ["mask"] : [];
  }

  /**
   * Names a layer that has no name yet, for the model that it goes into.
   *
   * @ignore
   */
  giveName(name: string): void {
    if (this.#name !== "") throw new Error(`Cannot name layer "${this.#name}": it has a name`);
    this.#name = name;
  }

  /**
   * What the layer is called, with a number behind it, where nobody gives it a name.
   *
   * @ignore
   */
  get baseName(): string {
    return this.#type;
  }

  /**
   * The options as they are saved: with them the table of layers makes the layer again. Default: the common ones.
   *
   * @throws {TypeError} If the layer has options of its own, and does not say how they are saved.
   */
  get config(): Readonly<Record<string, Json>> {
    if (this.#known.length === 0) return this.commonConfig();
    throw new TypeError(
      `Cannot save layer "${this.#name}": it has options of its own (${
        this.#known.join(", ")
      }), so its class must have ` +
        "get config() { return { ...this.commonConfig(), … }; }",
    );
  }

  /**
   * Asks for weights, given the shape of one sample; with several inputs, of each. Every weight gets a name, a shape and an initializer:
   * `this.addWeight({ name: "factor", shape: [1], initializer: initializers.ones() })`.
   *
   * The length of an axis is NaN where it is unknown, so that a weight whose shape depends on it is refused. Comparisons with it are false.
   */
  protected build(_inputShape: Shape, ..._others: Shape[]): void {}

  /** Composes the layer's ops. Every input has the batch axis first. */
  abstract call(t: Tracing, x: Symbolic, ...others: Symbolic[]): Symbolic | readonly Symbolic[];

  /** Whether the layer takes so many inputs. Default: as many as `call` names. */
  protected takes(inputs: number): boolean {
    return inputs === Math.max(1, this.call.length - 1);
  }

  /**
   * What the values of its inputs may be, the usual first. Default: numbers of float32.
   *
   * @ignore
   */
  get dtypes(): readonly Dtype[] {
    return ["float32"];
  }

  /** @ignore The shapes of what a call gives. */
  findResults(inputs: readonly LayerOutput[], options: Readonly<CallOptions>): FoundShapes {
    return findShapes({ layer: this, inputs, options });
  }

  /** The weights, in Keras's order: empty until the layer is built. */
  get weights(): readonly WeightSpec[] {
    return this.#weights;
  }

  /** The layers inside this one, by name. */
  get innerLayers(): ReadonlyMap<string, Layer> {
    return this.#inner;
  }

  /**
   * Calls the layer on what other layers give: the graph grows by one node. The first call builds the layer; all calls share its weights.
   * @returns what the layer gives; a list for a layer with several results
   * @throws {TypeError} If the layer cannot take inputs of that number or shape; the message names both layers.
   * @example
   * ```ts
   * import { input, layers } from "retroprop";
   * const x = input({ shape: [4] });
   * const y = layers.dense({ units: 2 }).apply(x);
   * y.shape; // [null, 2]
   * ```
   */
  apply<T extends LayerOutput | readonly LayerOutput[] = LayerOutput>(
    inputs: LayerOutput | readonly LayerOutput[],
    options: CallOptions = {},
  ): T {
    const what = `apply layer "${this.#name || this.#type}"`;
    const call = readCall(what, inputs, options, this.callOptions);
    const { outputs } = this.addNode(call.inputs, call.options);
    return (outputs.length === 1 ? outputs[0] : outputs) as unknown as T;
  }

  /**
   * As `apply`, without checks of the arguments.
   *
   * @ignore
   */
  addNode(inputs: readonly LayerOutput[], options: Readonly<CallOptions> = {}): LayerNode {
    const shapes = inputs.map(({ sampleShape }) => sampleShape);
    const fresh = this.#built === null;
    let given: FoundShapes;
    try {
      checkCall(this, inputs, (count) => this.takes(count));
      this.buildOnce(shapes);
      given = this.findResults(inputs, options);
    } catch (cause) {
      if (fresh) this.unbuild();
      throw explainCall(this, inputs, cause);
    }
    return this.keepNode(inputs, options, given.results, given.indices);
  }

  /** @ignore Notes a call that gives results of these shapes. */
  protected keepNode(
    inputs: readonly LayerOutput[],
    options: Readonly<CallOptions>,
    shapes: readonly ResultShape[],
    indices: readonly IndexUse[] = [],
  ): LayerNode {
    const outputs: LayerOutput[] = [];
    const node: LayerNode = { layer: this, inputs: Object.freeze([...inputs]), options, outputs, indices };
    for (const [i, { shape, mask, dtype }] of shapes.entries()) {
      outputs.push(new LayerOutput(node, i, shape, mask, dtype));
    }
    Object.freeze(outputs);
    Object.freeze(node);
    this.#nodes = Object.freeze([...this.#nodes, node]);
    return node;
  }

  /**
   * Adds the layer's ops to a graph.
   * @ignore
   */
  trace(scope: TraceScope, inputs: readonly Symbolic[], place: TracePlace): readonly Symbolic[] {
    return traceCall(this, scope, inputs, place);
  }

  /** The calls of this layer, in their order. */
  get nodes(): readonly LayerNode[] {
    return this.#nodes;
  }

  /** What the layer was called on. @throws Error if it was not called, or more than once */
  get input(): LayerOutput | readonly LayerOutput[] {
    const { inputs } = this.#onlyNode("input");
    return inputs.length === 1 ? inputs[0] : inputs;
  }

  /** What the layer gives. @throws Error if it was not called, or more than once */
  get output(): LayerOutput {
    const { outputs } = this.#onlyNode("output");
    return (outputs.length === 1 ? outputs[0] : outputs) as LayerOutput;
  }

  #onlyNode(what: string): LayerNode {
    const calls = this.#nodes.length;
    if (calls === 1) return this.#nodes[0];
    const rule = `it must have been called once, got ${calls} calls; nodes[i].${what}s has that of one call`;
    throw new Error(`Cannot read the ${what} of layer "${this.#name}": ${rule}`);
  }

  /** The shape of what its first call gives, `[null, 7]`: null counts the samples, and is a length that is unknown. @throws Error if the layer is not built */
  get outputShape(): readonly (number | null)[] {
    if (this.#nodes.length === 0) throw this.#unbuilt("tell the output shape of");
    return this.#nodes[0].outputs[0].shape;
  }

  /** The number of its weights, as `summary` counts them. @throws Error if the layer is not built */
  countParams(): number {
    if (this.#built === null) throw this.#unbuilt("count the weights of");
    const own = this.#weights.reduce((sum, weight) => sum + sizeOf(weight.shape), 0);
    return [...this.#inner.values()].reduce((sum, inner) => sum + inner.countParams(), own);
  }

  #unbuilt(what: string): Error {
    const rule = "it must be built, as part of a model whose input shape is known";
    return new Error(`Cannot ${what} layer "${this.#name || this.#type}": ${rule}`);
  }

  /** Builds the layer once; a second call must have the same shapes, but where the first one left a length unknown. */
  buildOnce(given: readonly OpenShape[]): void {
    const shapes = given.map(readOpenShape);
    if (this.#built !== null) {
      if (this.#weights.length + this.#inner.size > 0) checkBuiltShapes(this.#name, this.#built, shapes);
      return;
    }
    this.build(...shapes.map((shape) => Object.freeze(fillShape(shape, NaN))) as [Shape]);
    this.#built = shapes;
  }

  /** Whether the layer has its weights. */
  get isBuilt(): boolean {
    return this.#built !== null;
  }

  /** Undoes `buildOnce`, for a layer of a model that could not be built. */
  unbuild(): void {
    for (const inner of this.#inner.values()) inner.unbuild();
    for (const store of this.stores) store.forget(this);
    this.#weights = Object.freeze([]);
    this.#built = null;
    this.#stores = [];
    this.#nodes = [];
  }

  /**
   * Where its weights live: one that learns has one store; others may have several, and do not keep them.
   *
   * @ignore
   */
  get stores(): readonly WeightStore[] {
    const stores = this.#stores.map((store) => store instanceof WeakRef ? store.deref() : store);
    return stores.filter((store) => store !== undefined);
  }

  /**
   * Notes that its weights live in `store`.
   * @ignore
   */
  joinStore(store: WeightStore): void {
    const learns = this.#weights.some((weight) => weight.trainable !== false);
    const others = learns ? [] : this.stores.filter((other) => other !== store);
    // A WeakRef keeps what it was made of until the event loop turns: a layer of one model needs none.
    this.#stores = [...others, store].map((one, i) => i === 0 ? one : new WeakRef(one));
  }

  /** Sets a weight that the layer keeps for itself, wherever it lives. */
  protected writeWeight(weight: string, values: readonly number[]): void {
    for (const store of this.stores) store.write(this, weight, values);
  }

  /** Called after a file or `setWeights` has given the layer's weights in one model other values, with what reads them there. */
  noteWeights(_read: (weight: string) => Float32Array): void {}

  /** Takes a layer into this one, under a name; to be called in the constructor or in `build`. It is traced by `t.within(name, x)`. */
  protected addLayer(name: string, inner: Layer): void {
    this.#inner.set(name, inner);
  }

  /**
   * Asks for a weight; to be called in `build`.
   *
   * @throws {TypeError} If something is missing, unknown or of another type; RangeError for an unknown name.
   */
  protected addWeight(spec: WeightSpec): void {
    const settled = settleWeight(`add weight to layer "${this.#name}"`, spec);
    if (this.#weights.some(({ name }) => name === settled.name)) {
      throw new TypeError(
        `Cannot add weight to layer "${this.#name}": names of weights must differ, got "${settled.name}" twice`,
      );
    }
    this.#weights = Object.freeze([...this.#weights, settled]);
  }

  /** The common options in their saved form. */
  protected commonConfig(): Record<string, Json> {
    return {
      name: this.name,
      ...(this.trainable ? {} : { trainable: false }),
      ...(this.inputShape === undefined ? {} : { inputShape: this.inputShape }),
    };
  }
}
