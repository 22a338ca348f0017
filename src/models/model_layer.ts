import { binaryMask } from "../layers/binary_mask.ts";
import { maskOfInput } from "../layers/call_options.ts";
import { Layer } from "../layers/layer.ts";
import type { LayerGraph } from "../layers/layer_graph.ts";
import type { LayerNode, LayerOutput } from "../layers/layer_output.ts";
import type { TracePlace, TraceScope } from "../layers/tracing.ts";
import { fitsShape } from "../tensor/fits_shape.ts";
import { formatSample } from "../tensor/format_sample.ts";
import type { Json } from "../tensor/json.ts";
import type { OpenShape } from "../tensor/open_shape.ts";
import { readOpenShape } from "../tensor/read_open_shape.ts";
import type { Symbolic } from "../tensor/symbolic.ts";

/** What a layer needs of the model that it stands for. */
export interface WrappedModel {
  readonly name: string;
  readonly isBuilt: boolean;
  readonly layerGraph: LayerGraph;
  build(inputShape: OpenShape): void;
  /** Takes back what `build` did. */
  unbuild(): void;
  /** The model as a file describes it. */
  describe(): Json;
}

/** A model as a layer of another one; made by `model.apply`, and where a model stands in a list of layers. */
export class ModelLayer<M extends WrappedModel = WrappedModel> extends Layer {
  /** The model. */
  readonly model: M;
  /** Whether the model was built by a call of this layer. */
  #hasBuilt = false;

  /** @param name the name in the outer model. Default: the model's, numbered from the second on */
  constructor(model: M, options: { readonly name?: string; readonly trainable?: boolean } = {}) {
    super("model", options, []);
    this.model = model;
    this.takesMask = true;
    if (model.isBuilt) this.#takeLayers();
    Object.freeze(this);
  }

  override get baseName(): string {
    return this.model.name;
  }

  override get inputShape(): OpenShape | undefined {
    return this.model.isBuilt ? this.model.layerGraph.inputs[0].sampleShape : undefined;
  }

  override get config(): Readonly<Record<string, Json>> {
    return { name: this.name, ...(this.trainable ? {} : { trainable: false }), model: this.model.describe() };
  }

  protected override takes(inputs: number): boolean {
    return this.model.isBuilt ? inputs === this.model.layerGraph.inputs.length : inputs === 1;
  }

  /** Builds the model, if it is not; what it is called on has to fit its inputs. */
  override buildOnce(given: readonly OpenShape[]): void {
    const shapes = given.map(readOpenShape);
    if (!this.model.isBuilt) {
      this.model.build(shapes[0]);
      this.#hasBuilt = true;
    }
    const { inputs } = this.model.layerGraph;
    const raw = inputs.find(({ dtype }) => dtype !== "float32");
    if (raw !== undefined) {
      throw new TypeError(
        `Cannot apply model "${this.model.name}": the inputs of a model that is a layer must be numbers, got "${raw.name}" of dtype ` +
          `"${raw.dtype}"; begin the outer model with the layers behind that input`,
      );
    }
    inputs.forEach(({ name, sampleShape }, i) => {
      if (fitsShape(shapes[i], sampleShape)) return;
      throw new TypeError(
        `Cannot apply model "${this.model.name}": its input "${name}" takes samples of shape ${
          formatSample(sampleShape)
        }, got ${formatSample(shapes[i])}`,
      );
    });
    super.buildOnce(inputs.map(({ sampleShape }) => sampleShape));
  }

  protected override build(): void {
    this.#takeLayers();
  }

  #takeLayers(): void {
    for (const layer of this.model.layerGraph.layers) this.addLayer(layer.name, layer);
  }

  override call(): never {
    throw new Error("A model is traced layer by layer");
  }

  override trace(
    scope: TraceScope,
    inputs: readonly Symbolic[],
    { path, options }: TracePlace,
  ): readonly Symbolic[] {
    const inner: TraceScope = { ...scope, training: options.training ?? scope.training };
    const given = inputs.map((x, i) => this.#maskInput(scope, x, maskOfInput(options, i)));
    return this.model.layerGraph.evaluate(given, ({ layer }, values, _, options) => {
      const at = { index: scope.nextIndex(), path: `${path}/${layer.name}`, options };
      return (layer as Layer).trace(inner, values, at);
    });
  }

  /** The input beside the mask that the call was given: for this model alone, so it is a tensor of its own. */
  #maskInput({ graph, masks, steps }: TraceScope, x: Symbolic, mask: Symbolic | null): Symbolic {
    if (mask === null) return x;
    const own = graph.apply("reshape", [x], { shape: x.shape });
    masks.set(own, binaryMask(mask));
    if (steps?.sequences.has(x)) steps.sequences.add(own);
    return own;
  }

  /** A model that was built before keeps its layers, whatever becomes of the graph around it. */
  override unbuild(): void {
    if (!this.#hasBuilt) return;
    this.#hasBuilt = false;
    super.unbuild();
    this.model.unbuild();
  }
}

export type { LayerNode, LayerOutput };
