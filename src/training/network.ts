import { namePorts } from "../data/name_ports.ts";
import type { PortShapes } from "../data/signature.ts";
import { Graph } from "../graph/graph.ts";
import { explainCall } from "../layers/explain_call.ts";
import { carryOn } from "./carry_on.ts";
import { findAssigned } from "../layers/find_assigned.ts";
import { isTraced, type LayerGraph } from "../layers/layer_graph.ts";
import type { Layer } from "../layers/layer.ts";
import { listLayers } from "../layers/list_layers.ts";
import type { TraceScope } from "../layers/tracing.ts";
import type { WeightSpec } from "../layers/weight_spec.ts";
import type { Numerics } from "../kernels/numerics.ts";
import { compileProgram } from "../program/compile_program.ts";
import type { ModelPlace, Program } from "../program/program.ts";
import type { VariablePlace } from "../program/variable_place.ts";
import { findStore } from "../store/find_store.ts";
import { type LayerWeight, listWeights } from "../store/list_weights.ts";
import type { Store } from "../store/store.ts";
import { RandomStream } from "../tensor/random_stream.ts";
import { isKnown } from "../tensor/is_known.ts";
import type { OpenShape } from "../tensor/open_shape.ts";
import type { Shape } from "../tensor/shape.ts";
import { streamOf } from "../tensor/streams.ts";
import type { Symbolic } from "../tensor/symbolic.ts";
import type { LoadedProgram } from "../workers/loaded_program.ts";
import type { Block, ModelMemory } from "../workers/model_memory.ts";
import { drawInitial } from "./draw_initial.ts";
import { PortShapesFinder } from "./port_shapes_finder.ts";
import { checkOutputs } from "./check_outputs.ts";
import { ProgramCache } from "./program_cache.ts";
import type { BatchKind } from "./program_source.ts";
import { noResults, type TraceResults } from "./trace_results.ts";
import { wholeVectors } from "../tensor/whole_vectors.ts";
import { onlyOne } from "./only_one.ts";

/** A variable with what its layer said of it. */
export interface Variable extends VariablePlace {
  readonly layer: Layer;
  readonly spec: WeightSpec;
  /** The layer itself and those that it is inside of. */
  readonly within: readonly Layer[];
}

/** A graph of layers over a store, which holds the values of their weights: what a trainer trains. */
export class Network {
  readonly graph: LayerGraph;
  readonly seed: number;
  /** What programs call the outputs. */
  readonly outputNames: readonly string[];
  /** Where the weights lie. */
  readonly store: Store;
  readonly #weights: readonly LayerWeight[];
  /** Layer → weight → the variable's name. */
  readonly #names: ReadonlyMap<object, ReadonlyMap<string, string>>;
  readonly #within: ReadonlyMap<object, readonly Layer[]>;
  #trains: (layer: Layer) => boolean;
  #variables: readonly Variable[] | null = null;
  #byName: ReadonlyMap<string, Variable> = new Map();
  readonly #predictors: ProgramCache = new ProgramCache();
  /** The shapes at the ports, where all are known; else what finds them. */
  readonly #shapes: PortShapes | PortShapesFinder;
  /** The version of the store in which variables and programs were found. */
  #seen: object | null = null;

  /**
   * @param options `what` is done, for messages. `trains` says which layers are trained (see `arrange`); all, if it is left out. `values`
   *   gives every variable that is new its values instead of its initializer; it is asked before memory is allocated
   */
  constructor(
    graph: LayerGraph,
    options: {
      what: string;
      seed: number;
      numerics: Numerics;
      trains?: (layer: Layer) => boolean;
      values?: (variable: { readonly name: string; readonly shape: Shape }) => Float32Array;
    },
  ) {
    this.graph = graph;
    this.seed = options.seed;
    this.outputNames = namePorts("y", graph.outputs.length);
    const [inputs, outputs] = [graph.feeds.map(({ output }) => output), graph.outputs].map((ports) =>
      ports.map((port) => port.sampleShape)
    );
    this.#shapes = inputs.every(isKnown)
      ? { key: "", inputs, outputs: outputs as readonly Shape[] }
      : new PortShapesFinder(graph, (on, values) => this.trace(on, values, false));
    this.#trains = options.trains ?? (() => true);
    const weights = listWeights(graph.layers);
    this.#weights = weights;
    this.#within = new Map(listLayers(graph.layers).map(({ layer, within }) => [layer, within]));
    const names = new Map<object, Map<string, string>>();
    for (const { layer, spec, name } of weights) {
      const known = names.get(layer);
      if (known === undefined) names.set(layer, new Map([[spec.name, name]]));
      else known.set(spec.name, name);
    }
    this.#names = names;
    const given = options.values === undefined
      ? null
      : weights.map(({ name, spec }) => options.values!({ name, shape: spec.shape }));
    const store = findStore(options.what, weights, options.numerics);
    this.store = store;
    const fresh = weights.flatMap(({ layer, spec, name }, i) => {
      if (store.placeOf(layer, spec.name) !== undefined) return [];
      const elsewhere = layer.stores.length === 0 ? undefined : layer.stores[0] as Store;
      const place = elsewhere?.placeOf(layer, spec.name);
      const values = (): Float32Array => {
        if (given !== null) return given[i];
        if (place !== undefined) return elsewhere!.values(place);
        return drawInitial(name, spec, new RandomStream(options.seed, streamOf("init", i)));
      };
      return [{ layer, spec, values }];
    });
    store.add(fresh);
    // What a file says counts, also for layers of a model inside this one, which have drawn theirs.
    if (given !== null) {
      weights.forEach(({ layer, spec }, i) => store.values(store.placeOf(layer, spec.name)!).set(given[i]));
    }
    for (const { layer } of fresh) layer.joinStore(store);
  }

  /** How its kernels compute. */
  get numerics(): Numerics {
    return this.store.numerics;
  }

  /** How many inputs its programs have. */
  get inputCount(): number {
    return this.graph.feeds.length;
  }

  /** The shape of one sample, of a network with one input. @throws {TypeError} If it has several */
  get inputShape(): OpenShape {
    return onlyOne("input", this.graph.inputs).sampleShape;
  }

  /** The shape of one sample's output, of a network with one. @throws {TypeError} If it has several */
  get outputShape(): OpenShape {
    return onlyOne("output", this.graph.outputs).sampleShape;
  }

  /** Whether axes of its inputs have lengths that each batch brings along. */
  get isOpen(): boolean {
    return this.#shapes instanceof PortShapesFinder;
  }

  /**
   * The shapes at the ports for a batch of such inputs, the samples first; null where all lengths are known.
   *
   * @throws {TypeError | RangeError} If layers cannot take the lengths that it brings along
   */
  shapesFor(inputs: readonly { readonly shape: Shape }[]): PortShapes | null {
    return this.#shapes instanceof PortShapesFinder ? this.#shapes.find(inputs) : null;
  }

  /** The shapes at the ports: what `shapesFor` gave, or those that are known. */
  settle(shapes: PortShapes | null): PortShapes {
    if (shapes !== null) return shapes;
    if (this.#shapes instanceof PortShapesFinder) throw new Error("The lengths of the inputs must be known");
    return this.#shapes;
  }

  /** Adds what the network takes to a graph: `x/0`, `x/1`, … */
  addInputs(graph: Graph, { rows, shapes }: BatchKind): Symbolic[] {
    const { inputs } = this.settle(shapes);
    return namePorts("x", inputs.length).map((name, i) => graph.input(name, [rows, ...inputs[i]]));
  }

  /** All variables, layer by layer. */
  get variables(): readonly Variable[] {
    this.#lookAgain();
    return this.#variables ??= this.#placeVariables();
  }

  /** Settles which layers are trained: the weights of the others have neither gradients nor anything that an optimizer keeps. */
  arrange(trains: (layer: Layer) => boolean): void {
    this.#trains = trains;
    this.#variables = null;
  }

  /** The memory as it is now; a store that grows replaces it, and so does `allocate`. */
  get memory(): ModelMemory {
    return this.store.memory;
  }

  /** Whether constraints change what is trained. */
  get isConstrained(): boolean {
    return this.variables.some(({ slot, spec }) => slot >= 0 && spec.constraint);
  }

  /** Elements of the block `weights`, those of other models in the store included. */
  get weightElements(): number {
    return this.store.elementsOf("weights");
  }

  /** Elements of the block `state_next`; 0 if no step gives a variable a new value. */
  get stagedElements(): number {
    return this.variables.some(({ staged }) => staged) ? this.store.elementsOf("state") : 0;
  }

  /** Elements of the gradients, and of each optimizer slot. */
  get slotElements(): number {
    let end = 0;
    for (const { slot, elements } of this.variables) if (slot >= 0) end = Math.max(end, slot + wholeVectors(elements));
    return end;
  }

  /** Gives the network blocks of its own in the memory, which is replaced: programs loaded before are void. */
  allocate(blocks: readonly Block[]): ModelMemory {
    return this.store.rent(this, blocks);
  }

  /** The name in the memory of a block that `allocate` was asked for. */
  blockOf(name: string): string {
    return this.store.blockOf(this, name);
  }

  /** Loads a program that works on the network's variables and blocks. */
  load(program: Program): LoadedProgram {
    return this.store.load(this, program);
  }

  /** The values of a variable: a view on the memory. */
  values({ block, offset, elements }: VariablePlace): Float32Array {
    return this.memory.view(block, offset, elements);
  }

  /** Tells the layers that their weights may have other values: one that other models have too passes them on. */
  tellLayers(): void {
    for (const layer of new Set(this.#weights.map(({ layer }) => layer))) {
      layer.noteWeights((weight) => this.store.values(this.store.placeOf(layer, weight)!).slice());
    }
  }

  /**
   * Traces the layers on the inputs, which have the batch axis first, and gives the outputs.
   *
   * @param more gets what layers do besides
   */
  trace(
    graph: Graph,
    inputs: readonly Symbolic[],
    training: boolean,
    { assigned, losses, changes, masks, steps, calls }: TraceResults = noResults(),
  ): Symbolic[] {
    let inner = this.graph.nodes.length;
    const nameOf = (layer: object, spec: WeightSpec): string => this.#names.get(layer)!.get(spec.name)!;
    const scope: TraceScope = {
      graph,
      training,
      seed: this.seed,
      masks,
      steps,
      nextIndex: () => inner++,
      variable: (layer, spec) => {
        const name = nameOf(layer, spec);
        return assigned.get(name) ?? graph.variable(name, spec.shape);
      },
      assign: (layer, spec, value) => assigned.set(nameOf(layer, spec), value),
      addLoss: (value) => losses.push(value),
      changeLabels: (change) => changes.push(change),
      isFrozen: (layer) => this.#isFrozen(layer),
    };
    const outputs = this.graph.evaluate(inputs, ({ layer, inputs }, values, index, options) => {
      try {
        const from = graph.nodes.length;
        const outputs = (layer as Layer).trace(scope, values, { index, path: layer.name, options });
        calls?.push({ layer: layer as Layer, from, to: graph.nodes.length, outputs });
        return outputs;
      } catch (cause) {
        throw explainCall(layer, inputs, cause, values.map(({ shape }) => [null, ...shape.slice(1)]));
      }
    });
    if (this.isOpen && steps === undefined) checkOutputs(this.graph.outputs, inputs, outputs);
    return outputs;
  }

  /** The node of a variable. */
  variableNode(graph: Graph, variable: VariablePlace): Symbolic {
    return graph.variable(variable.name, variable.shape);
  }

  /** Where a leaf of a graph lives: a variable in its block, the step counter in its own. */
  locate(leaf: Symbolic): ModelPlace {
    if (leaf.op === "cell") return { block: "step", offset: 0 };
    const { block, offset } = this.variableNamed(leaf.attributes.name as string);
    return { block, offset };
  }

  /** The variable of that name. */
  variableNamed(name: string): Variable {
    const { variables } = this;
    if (this.#byName.size === 0) this.#byName = new Map(variables.map((variable) => [variable.name, variable]));
    const variable = this.#byName.get(name);
    if (variable === undefined) throw new Error(`The network has no variable "${name}"`);
    return variable;
  }

  /** The program that predicts `rows` samples with `ranks` threads: inputs `x/0`, …, outputs `y/0`, … `shapes`: what `shapesFor` gives. */
  predictor(rows: number, ranks = 1, shapes: PortShapes | null = null): LoadedProgram {
    this.#lookAgain();
    let loaded = this.#predictors.find(rows, ranks, shapes);
    if (loaded === undefined) {
      const graph = new Graph({ batch: rows });
      const inputs = this.addInputs(graph, { rows, shapes });
      const results = noResults();
      const nodes = this.trace(graph, inputs, false, results);
      const outputs = [
        ...this.outputNames.map((name, i) => ({ name, node: nodes[i] })),
        ...carryOn(this, results.assigned),
      ];
      const program = compileProgram({ outputs, inputs, locate: (leaf) => this.locate(leaf), ranks });
      this.#predictors.makeRoom((old) => this.memory.unload(old));
      loaded = this.load(program);
      this.#predictors.keep(loaded, rows, ranks, shapes);
    }
    return loaded;
  }

  /** Whether batches carry states on: then they must be computed one after the other. */
  get isStateful(): boolean {
    return this.#weights.some(({ spec }) => spec.carried === true);
  }

  /** Forgets what was found in a memory that is no more. */
  #lookAgain(): void {
    const { version } = this.store;
    if (version === this.#seen) return;
    this.#seen = version;
    this.#variables = null;
    this.#predictors.clear();
  }

  #placeVariables(): Variable[] {
    this.#byName = new Map();
    const places = this.#weights.map(({ layer, spec, within, name }) => ({
      name,
      shape: spec.shape,
      ...this.store.placeOf(layer, spec.name)!,
      trainable: spec.trainable !== false && within.every(this.#trains),
      layer,
      spec,
      within,
    }));
    const staged = places.every(({ block }) => block === "weights") ? new Set() : this.#findStaged();
    const slots = new Map<string, number>();
    const touched = new Map<string, number>();
    let flags = 0;
    let end = 0;
    for (const { name, elements, spec } of places.filter((p) => p.trainable).sort((a, b) => a.offset - b.offset)) {
      slots.set(name, end);
      end += wholeVectors(elements);
      if (spec.sparse !== true) continue;
      touched.set(name, flags);
      flags += wholeVectors(spec.shape[0]);
    }
    return places.map((place) => {
      const { name } = place;
      const flagsAt = touched.get(name);
      return {
        ...place,
        slot: slots.get(name) ?? -1,
        ...(staged.has(name) ? { staged: true } : {}),
        ...(flagsAt === undefined ? {} : { touched: flagsAt }),
      };
    });
  }

  /** The names of the variables that a training step gives new values. */
  #findStaged(): ReadonlySet<string> {
    const staged = new Set<string>();
    const assign = (layer: object, { name }: WeightSpec): void => void staged.add(this.#names.get(layer)!.get(name)!);
    const isFrozen = (layer: object): boolean => this.#isFrozen(layer);
    for (const { layer, inputs, options } of this.graph.nodes.filter(isTraced)) {
      findAssigned({ layer: layer as Layer, inputs, options }, { isFrozen, assign });
    }
    return staged;
  }

  #isFrozen(layer: object): boolean {
    return !this.#within.get(layer)!.every(this.#trains);
  }
}
