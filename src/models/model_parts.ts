import { checkInteger } from "../errors/check_integer.ts";
import { checkName } from "../errors/check_name.ts";
import { checkOptions } from "../errors/check_options.ts";
import { checkString } from "../errors/check_string.ts";
import { describeValue } from "../errors/describe_value.ts";
import { checkModelPath } from "../files/check_model_path.ts";
import { Layer } from "../layers/layer.ts";
import { listLayers } from "../layers/list_layers.ts";
import type { Numerics } from "../kernels/numerics.ts";
import { checkNames } from "./check_names.ts";
import { drawSeed } from "./draw_seed.ts";
import type { Json } from "../tensor/json.ts";
import { nameLayers } from "./name_layers.ts";
import type { ModelOptions } from "./options.ts";

/** What can stand for a layer: a model. */
export interface LayerSource {
  /** The layer that does what this does. */
  asLayer(): Layer;
}

/** What a model is made of and what does not change: its name, its seed, its layers; and how it shows itself. */
export abstract class ModelParts {
  readonly #name: string;
  readonly #seed: number;
  readonly #numerics: Numerics;
  readonly #layers: readonly Layer[];
  readonly #columns: readonly string[] | null;
  readonly #labels: readonly string[] | null;

  /**
   * Checks the options and names the layers.
   *
   * @param kind the model's name, where the options give none
   */
  constructor(kind: "sequential" | "model", layers: readonly (Layer | LayerSource)[], options: ModelOptions) {
    const what = kind === "model" ? "create model" : "create sequential model";
    checkOptions(what, options, ["seed", "numerics", "name", "columns", "labels"]);
    const asLayers = Array.isArray(layers) ? layers.map(toLayer) : [];
    if (asLayers.length === 0 || !asLayers.every((layer) => layer instanceof Layer)) {
      throw new TypeError(
        `Cannot ${what}: layers must be an array of at least one layer, got ${describeValue(layers)}${
          Object.hasOwn(Object(layers), "layers") ? "; write sequential([…]) without { layers: … }" : ""
        }`,
      );
    }
    this.#seed = options.seed === "random"
      ? drawSeed()
      : checkInteger(what, "seed", options.seed ?? 0, { min: 0, max: Number.MAX_SAFE_INTEGER });
    this.#numerics = checkString(what, "numerics", options.numerics ?? "fast", ["fast", "portable"]);
    this.#name = checkName(what, options.name ?? kind);
    this.#columns = checkNames(what, "columns", options.columns);
    this.#labels = checkNames(what, "labels", options.labels);
    this.#layers = Object.freeze(asLayers);
    nameLayers(this.#layers);
  }

  /** The model's name. */
  get name(): string {
    return this.#name;
  }

  /** What its random numbers come from: as it was given, 0 by default, or as `"random"` drew it. With it the model can be made again. */
  get seed(): number {
    return this.#seed;
  }

  /** How its kernels compute. */
  get numerics(): Numerics {
    return this.#numerics;
  }

  /** What the numbers of a sample are; null if nobody said. */
  get columns(): readonly string[] | null {
    return this.#columns;
  }

  /** What the outputs are; null if nobody said. */
  get labels(): readonly string[] | null {
    return this.#labels;
  }

  /** Its layers, from input to output. The list does not change; a layer's `trainable` may, and takes effect at the next `compile`. */
  get layers(): readonly Layer[] {
    return this.#layers;
  }

  /**
   * Whether any of its layers is trainable. Setting it sets all of them, those inside them included; as there, it takes effect at the next
   * `compile` of each model that has them. Default: true.
   *
   * @throws {TypeError} If it is set to anything but true or false.
   */
  get trainable(): boolean {
    return listLayers(this.#layers).some(({ layer }) => layer.trainable);
  }

  set trainable(trainable: boolean) {
    if (typeof trainable !== "boolean") {
      throw new TypeError(
        `Cannot change model "${this.#name}": trainable must be true or false, got ${describeValue(trainable)}`,
      );
    }
    for (const { layer } of listLayers(this.#layers)) layer.trainable = trainable;
  }

  /**
   * Throws where `save` refuses the path: where its name promises another format than safetensors.
   *
   * @ignore
   */
  checkSavePath(path: string | URL): void {
    checkModelPath(path, "Cannot save model");
  }

  /** The names of columns and labels as a file has them. */
  protected describeNames(): { readonly [key: string]: Json } {
    return {
      ...(this.#columns === null ? {} : { columns: this.#columns }),
      ...(this.#labels === null ? {} : { labels: this.#labels }),
    };
  }

  /** A table of the layers. */
  abstract summary(): string;

  /** The summary, where a model is put into a text. */
  toString(): string {
    return this.summary();
  }

  /** How `console.log` shows a model in Deno. */
  [Symbol.for("Deno.customInspect")](): string {
    return this.summary();
  }

  /** How `console.log` shows a model in Node and Bun. */
  [Symbol.for("nodejs.util.inspect.custom")](): string {
    return this.summary();
  }

  /** How a model shows itself in a notebook: as a table, and where layers branch, as a drawing. What draws is loaded when it is needed. */
  async [Symbol.for("Jupyter.display")](): Promise<Record<string, unknown>> {
    return (await import("../../dist/notebook.js")).showModel(this);
  }
}

function toLayer(given: Layer | LayerSource): Layer {
  const isSource = typeof given === "object" && given !== null && "asLayer" in given;
  return isSource ? given.asLayer() : given as Layer;
}
