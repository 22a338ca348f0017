import { describeValue } from "../errors/describe_value.ts";
import { Graph } from "../graph/graph.ts";
import type { Layer } from "../layers/layer.ts";
import type { Numerics } from "../memory/numerics.ts";
import { compileProgram, type ModelPlace } from "../program/compile_program.ts";
import type { VariablePlace } from "../program/variable_place.ts";
import { formatShape } from "../tensor/format_shape.ts";
import { RandomStream } from "../tensor/random_stream.ts";
import type { Shape } from "../tensor/shape.ts";
import { sizeOf } from "../tensor/size_of.ts";
import { streamOf } from "../tensor/streams.ts";
import type { Symbolic } from "../tensor/symbolic.ts";
import type { LoadedProgram } from "../workers/loaded_program.ts";
import { type Block, ModelMemory } from "../workers/model_memory.ts";

/** How many programs for different numbers of samples are kept. */
const MAX_PREDICTORS = 64;

/** A variable with what its layer said of it. */
export interface Variable extends VariablePlace {
  readonly layer: Layer;
  readonly spec: Layer["weights"][number];
}

/** A weight that a layer asked for. */
type LayerWeight = Pick<Variable, "layer" | "spec">;

/** Layers that are built, their variables and the memory that holds them: what a trainer trains. */
export class Network {
  readonly layers: readonly Layer[];
  readonly seed: number;
  readonly numerics: Numerics;
  /** The shape of one sample. */
  readonly inputShape: Shape;
  /** The shape of one sample's output. */
  readonly outputShape: Shape;
  /** The shape of every layer's output for one sample, in the order of `layers`. */
  readonly layerShapes: readonly Shape[];
  #variables: readonly Variable[];
  #byName: ReadonlyMap<string, Variable>;
  #memory: ModelMemory;
  #predictors: Map<number, LoadedProgram> = new Map();

  /**
   * @param options `trains` says which layers are trained (see `arrange`); all, if it is left out. `values` gives every variable its
   *   values instead of its initializer; it is asked before memory is allocated
   */
  constructor(
    layers: readonly Layer[],
    inputShape: Shape,
    options: {
      seed: number;
      numerics: Numerics;
      trains?: (layer: Layer) => boolean;
      values?: (variable: Variable) => Float32Array;
    },
  ) {
    this.layers = layers;
    this.seed = options.seed;
    this.numerics = options.numerics;
    this.inputShape = Object.freeze([...inputShape]);
    const graph = new Graph({ shapesOnly: true });
    const shapes: Shape[] = [];
    const specs: LayerWeight[] = [];
    let x = graph.input("x", [1, ...inputShape]);
    for (const [index, layer] of layers.entries()) {
      layer.buildOnce(x.shape.slice(1));
      for (const spec of layer.weights) specs.push({ layer, spec });
      x = this.#traceLayer(graph, layer, index, x, false);
      layer.noteOutput(x.shape.slice(1));
      shapes.push(Object.freeze(x.shape.slice(1)));
    }
    this.#variables = placeVariables(specs, options.trains ?? (() => true));
    this.#byName = indexByName(this.#variables);
    this.layerShapes = Object.freeze(shapes);
    this.outputShape = Object.freeze(x.shape.slice(1));
    const given = options.values === undefined ? null : this.#variables.map(options.values);
    this.#memory = new ModelMemory(this.#blocks([]), this.numerics);
    this.#variables.forEach((variable, i) => {
      const random = new RandomStream(this.seed, streamOf("init", i));
      this.values(variable).set(given?.[i] ?? drawInitial(variable, random));
    });
  }

  /** All variables, layer by layer; `arrange` replaces them. */
  get variables(): readonly Variable[] {
    return this.#variables;
  }

  /**
   * Settles which layers are trained. The variables of the others move into the block `state`, so that they have neither a gradient nor
   * slots. Values stay; if anything moves, the memory is replaced, and programs loaded before are void.
   */
  arrange(trains: (layer: Layer) => boolean): void {
    const next = placeVariables(this.#variables, trains);
    if (next.every(({ block }, i) => block === this.#variables[i].block)) return;
    const values = this.#variables.map((variable) => this.values(variable).slice());
    this.#variables = next;
    this.#byName = indexByName(next);
    this.#memory = new ModelMemory(this.#blocks([]), this.numerics);
    this.#predictors = new Map();
    next.forEach((variable, i) => this.values(variable).set(values[i]));
  }

  /** The memory as it is now; `allocate` replaces it. */
  get memory(): ModelMemory {
    return this.#memory;
  }

  /** Elements of the block `weights`, and so of the gradients and of each optimizer slot. */
  get weightElements(): number {
    return this.#elementsOf("weights");
  }

  /** Gives the network a memory with more blocks; its variables keep their values. Programs loaded before are void. */
  allocate(blocks: readonly Block[]): ModelMemory {
    const old = this.#memory;
    const next = new ModelMemory(this.#blocks(blocks), this.numerics);
    for (const block of ["weights", "state"]) if (next.has(block)) next.view(block).set(old.view(block));
    this.#memory = next;
    this.#predictors = new Map();
    return next;
  }

  /** The values of a variable: a view on the memory. */
  values(variable: VariablePlace): Float32Array {
    return this.#memory.view(variable.block, variable.offset, variable.elements);
  }

  /** Traces the layers on `x`, from its batch axis on. */
  trace(graph: Graph, x: Symbolic, training: boolean): Symbolic {
    for (const [index, layer] of this.layers.entries()) x = this.#traceLayer(graph, layer, index, x, training);
    graph.layer = "";
    return x;
  }

  /** The node of a variable. */
  variableNode(graph: Graph, variable: VariablePlace): Symbolic {
    return graph.variable(variable.name, variable.shape);
  }

  /** Where a leaf of a graph lives: a variable in its block, the step counter in its own. */
  locate(leaf: Symbolic): ModelPlace {
    if (leaf.op === "cell") return { block: "step", offset: 0 };
    const variable = this.#byName.get(leaf.attributes.name as string);
    if (variable === undefined) throw new Error(`The network has no variable "${leaf.attributes.name}"`);
    return { block: variable.block, offset: variable.offset };
  }

  /** The program that predicts `rows` samples with `ranks` threads: input `x`, output `y`. */
  predictor(rows: number, ranks = 1): LoadedProgram {
    const key = rows * 128 + ranks;
    let loaded = this.#predictors.get(key);
    if (loaded === undefined) {
      const graph = new Graph({ batch: rows });
      const node = this.trace(graph, graph.input("x", [rows, ...this.inputShape]), false);
      const program = compileProgram({ outputs: [{ name: "y", node }], locate: (leaf) => this.locate(leaf), ranks });
      if (this.#predictors.size >= MAX_PREDICTORS) {
        for (const old of this.#predictors.values()) this.#memory.unload(old);
        this.#predictors.clear();
      }
      loaded = this.#memory.load(program);
      this.#predictors.set(key, loaded);
    }
    return loaded;
  }

  #traceLayer(graph: Graph, layer: Layer, index: number, x: Symbolic, training: boolean): Symbolic {
    graph.layer = layer.name;
    const y: unknown = layer.call({
      graph,
      training,
      seed: this.seed,
      index,
      weight: (name) => {
        const spec = layer.weights.find((weight) => weight.name === name);
        if (spec === undefined) {
          const list = layer.weights.map((weight) => weight.name).join(", ");
          const rule = list === "" ? "ask for it with addWeight in build" : `it has ${list}`;
          throw new RangeError(
            `Cannot apply layer "${layer.name}": there is no weight ${describeValue(name)}; ${rule}`,
          );
        }
        return graph.variable(`${layer.name}/${name}`, spec.shape);
      },
    }, x);
    const what = `Cannot apply layer "${layer.name}"`;
    if (!graph.has(y)) throw new TypeError(`${what}: call must return a tensor of its graph, got ${describeValue(y)}`);
    if (y.shape.length === 0 || y.shape[0] !== x.shape[0]) {
      throw new TypeError(
        `${what}: call must keep the batch axis first, got ${formatShape(x.shape)} and returned ${
          formatShape(y.shape)
        }`,
      );
    }
    return y;
  }

  #elementsOf(block: "weights" | "state"): number {
    let end = 0;
    for (const v of this.#variables) {
      if (v.block === block) end = Math.max(end, v.offset + Math.ceil(v.elements / 4) * 4);
    }
    return end;
  }

  #blocks(more: readonly Block[]): Block[] {
    return [
      { name: "weights", elements: this.#elementsOf("weights") },
      { name: "state", elements: this.#elementsOf("state") },
      { name: "step", elements: 4 },
      ...more,
    ];
  }
}

/** Gives every weight its place: side by side in `weights`, or in `state` if nothing trains it. */
function placeVariables(weights: readonly LayerWeight[], trains: (layer: Layer) => boolean): Variable[] {
  const offsets = { weights: 0, state: 0 };
  return weights.map(({ layer, spec }) => {
    const trainable = spec.trainable !== false && trains(layer);
    const block = trainable ? "weights" : "state";
    const elements = sizeOf(spec.shape);
    const offset = offsets[block];
    offsets[block] += Math.ceil(elements / 4) * 4;
    return { name: `${layer.name}/${spec.name}`, shape: spec.shape, block, offset, elements, trainable, layer, spec };
  });
}

/** The first values of a variable. @throws {TypeError | RangeError} If the initializer gives too few, too many or others than finite ones. */
function drawInitial({ name, shape, elements, spec }: Variable, random: RandomStream): Float32Array {
  const values = spec.initializer.initialize(shape, random);
  const what = `initialize weight "${name}"`;
  if (!(values instanceof Float32Array) || values.length !== elements) {
    const found = values instanceof Float32Array ? `${values.length} numbers` : describeValue(values);
    throw new TypeError(
      `Cannot ${what}: its initializer must give a Float32Array of ${elements} numbers, got ${found}`,
    );
  }
  const bad = values.findIndex((value) => !Number.isFinite(value));
  if (bad >= 0) {
    throw new RangeError(
      `Cannot ${what}: its initializer must give finite numbers, got ${values[bad]} at element ${bad}`,
    );
  }
  return values;
}

function indexByName(variables: readonly Variable[]): ReadonlyMap<string, Variable> {
  return new Map(variables.map((variable) => [variable.name, variable]));
}
