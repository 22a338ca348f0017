import type { Dataset } from "../../data/dataset.ts";
import { sizeOf } from "../../tensor/size_of.ts";
import type { Symbolic } from "../../tensor/symbolic.ts";
import type { EpochStatistics, LayerStatistics, ValueStatistics } from "../../training/layer_statistics.ts";
import type { Variable } from "../../training/network.ts";
import type { LoadedProgram } from "../../workers/loaded_program.ts";
import type { AnyModel } from "../trace/internals_of.ts";
import { type TracedGraph, traceGraph } from "../trace/traced_graph.ts";
import { findSlopeBounds, type SlopeBounds } from "./find_slope_bounds.ts";
import { compileStatistics, type Found, type Measured, readStatistics } from "./statistics_program.ts";
import type { WeightChange } from "./weight_change.ts";

/** A call of a layer, with where its numbers are among what the program measures. */
interface Probed {
  readonly name: string;
  readonly variables: readonly Variable[];
  readonly bounds: SlopeBounds;
  readonly z: number;
  readonly a: number;
  readonly dz: number | null;
  readonly da: number | null;
  readonly gradients: readonly number[];
  /** Which of the peaks are of this call; null where no unit can be dead. */
  readonly peak: number | null;
}

/** A range that nothing is outside of. */
const ALL = [-Infinity, Infinity] as const;
const ANY: SlopeBounds = { steep: null, isFlatBelow: false };

/**
 * Measures what layers compute for one batch of samples, as a training step would compute it, and what flows back: through a program of its
 * own, which keeps no value. Weights, optimizer and counters of the model stay as they are.
 *
 * Random numbers (dropout, noise) are those of the first step whenever it runs, so that probes can be compared.
 */
export class LayerProbe {
  readonly #model: AnyModel;
  readonly #samples: Dataset;
  readonly #traced: TracedGraph;
  readonly #measured: Measured[] = [];
  readonly #peaks: Symbolic[] = [];
  readonly #layers: readonly Probed[];
  #loaded: LoadedProgram | null = null;
  #memory: object | null = null;

  /**
   * @param what what is done, for messages: `watch a fit`
   * @param samples all of them are the batch
   * @throws {Error} If the model is not built or not compiled
   */
  constructor(what: string, model: AnyModel, samples: Dataset) {
    this.#model = model;
    this.#samples = samples;
    const batch = { rows: samples.count, shapes: samples.shapes };
    const trace = (by: "layers" | "none"): TracedGraph => traceGraph(what, model, batch, { training: true, by });
    try {
      this.#traced = trace("layers");
    } catch (error) {
      // Without gradients one may train what has none, such as a step function.
      if (model.trainer.generations === null) throw error;
      this.#traced = trace("none");
    }
    this.#layers = this.#listLayers();
  }

  /** How many samples it runs on. */
  get rows(): number {
    return this.#samples.count;
  }

  /** Runs the batch once. `epoch` is noted; what steps change is not known then, see `withChange`. */
  measure(epoch: number): EpochStatistics {
    const { trainer, network } = this.#model;
    const program = this.#program();
    const weights = this.#samples.fill(program, null, 0, this.rows);
    trainer.compiled.objective.fillScale(program, weights, false);
    network.memory.view("step").fill(0);
    program.run();
    trainer.writeStep();
    const found = this.#measured.map(({ node }, i) =>
      readStatistics(program.output(`statistics/${i}`), sizeOf(node.shape))
    );
    const layers = this.#layers.map((layer) => this.#describe(layer, found, program));
    const trained = layers.filter(({ dz, weightNorm }) => dz !== null && weightNorm !== null);
    const [first, last] = [trained[0], trained[trained.length - 1]];
    const attenuation = trained.length < 2 || !(last.dz! > 0) ? null : first.dz! / last.dz!;
    return { epoch, loss: program.output("loss")[0], attenuation, layers };
  }

  /** The same statistics with what a step of the optimizer has changed. */
  withChange(statistics: EpochStatistics, change: WeightChange): EpochStatistics {
    const layers = statistics.layers.map((layer, i): LayerStatistics => {
      const changed = change.of(this.#layers[i].variables);
      if (changed === null) return layer;
      const { before, norm, frozenShare } = changed;
      return { ...layer, updateNorm: norm, updateRatio: before > 0 ? norm / before : null, frozenShare };
    });
    return { ...statistics, layers };
  }

  /** Gives the memory back. */
  close(): void {
    const { memory } = this.#model.network;
    if (this.#loaded !== null && this.#memory === memory) memory.unload(this.#loaded);
    this.#loaded = null;
  }

  #listLayers(): Probed[] {
    const { internals, graph, calls, gradients, loss } = this.#traced;
    const { network } = this.#model;
    const trained = network.variables.filter(({ slot }) => slot >= 0);
    const layers = new Map(network.graph.layers.map((layer) => [layer.name, layer]));
    const reaches: boolean[] = [];
    for (const { id, op, attributes, inputs } of graph.nodes.slice(0, loss.id + 1)) {
      reaches[id] = op === "variable"
        ? trained.some(({ name }) => name === attributes.name)
        : inputs.some((input) => reaches[input.id]);
    }
    const places = new Map<Symbolic, number>();
    const measure = (node: Symbolic, range: Measured["range"]): number => {
      const known = places.get(node);
      if (known !== undefined && (range === null || range === ALL)) return known;
      places.set(node, this.#measured.length);
      return this.#measured.push({ node, range }) - 1;
    };
    // Below the first trained weights nothing that flows back is of use, and it would have to be computed.
    const measureBack = (node: Symbolic): number | null => {
      const back = reaches[node.id] ? gradients.get(node.id) ?? null : null;
      return back === null ? null : measure(back, null);
    };
    const taken = new Set<Variable>();
    return calls.map(({ layer, call, z, a, activation }): Probed => {
      const bounds = activation === null || a.op !== "map" ? ANY : findSlopeBounds(internals, a.attributes);
      const variables = trained.filter((variable) => variable.name.startsWith(`${layer}/`) && !taken.has(variable));
      for (const variable of variables) taken.add(variable);
      const isLast = layers.get(layer)?.config.dataFormat !== "channels_first";
      return {
        name: call === 0 ? layer : `${layer}#${call + 1}`,
        variables,
        bounds,
        z: measure(z, bounds.steep ?? ALL),
        a: measure(a, ALL),
        dz: measureBack(z),
        da: measureBack(a),
        gradients: variables.flatMap((variable) => {
          const found = measureBack(network.variableNode(graph, variable));
          return found === null ? [] : [found];
        }),
        peak: bounds.isFlatBelow && isLast && a.shape.length > 1 ? this.#peaks.push(a) - 1 : null,
      };
    });
  }

  #program(): LoadedProgram {
    const { network, trainer } = this.#model;
    const { memory } = network;
    if (this.#loaded !== null && this.#memory === memory && this.#loaded.program.ranks === trainer.ranks) {
      return this.#loaded;
    }
    this.close();
    const { internals, loss, inputs } = this.#traced;
    const program = compileStatistics(internals, {
      loss,
      inputs,
      locate: (leaf) => network.locate(leaf),
      measured: this.#measured,
      peaks: this.#peaks,
      ranks: trainer.ranks,
    });
    this.#memory = memory;
    return this.#loaded = network.load(program);
  }

  #describe(
    { name, variables, bounds, z, a, dz, da, gradients, peak }: Probed,
    found: readonly Found[],
    program: LoadedProgram,
  ): LayerStatistics {
    const { network } = this.#model;
    const count = (i: number): number => sizeOf(this.#measured[i].node.shape);
    const about = (i: number): ValueStatistics => {
      const { mean, sd, rms, min, max, zeros } = found[i];
      return { mean, sd, rms, min, max, zeros: zeros / count(i) };
    };
    const norm = (values: readonly number[]): number => Math.sqrt(values.reduce((sum, each) => sum + each * each, 0));
    const peaks = peak === null ? null : program.output(`peaks/${peak}`);
    return {
      layer: name,
      gradientNorm: gradients.length === 0 ? null : norm(gradients.map((i) => found[i].norm)),
      weightNorm: variables.length === 0 ? null : norm(variables.map((v) => normOf(network.values(v)))),
      updateNorm: null,
      updateRatio: null,
      frozenShare: null,
      z: about(z),
      a: about(a),
      dz: dz === null ? null : found[dz].rms,
      da: da === null ? null : found[da].rms,
      saturatedShare: bounds.steep === null ? null : found[z].outside / count(z),
      deadShare: peaks === null ? null : peaks.reduce((dead, most) => dead + (most <= 0 ? 1 : 0), 0) / peaks.length,
    };
  }
}

function normOf(values: Float32Array): number {
  let sum = 0;
  for (let i = 0; i < values.length; i++) sum += values[i] * values[i];
  return Math.sqrt(sum);
}
