import type { DataInputs, SampleInputs, SampleWeights } from "../../data/data_input.ts";
import { sizeOf } from "../../tensor/size_of.ts";
import type { Symbolic } from "../../tensor/symbolic.ts";
import type { Variable } from "../../training/network.ts";
import { fillInputs } from "../trace/fill_inputs.ts";
import { type AnyModel, internalsOf } from "../trace/internals_of.ts";
import { traceGraph } from "../trace/traced_graph.ts";
import { readWeights } from "./read_weights.ts";

/** The values of a pass in float64 may take so many bytes. */
const MAX_BYTES = 2 ** 31;

/** How far differences of gradients reach: half of the digits are lost to h² · third derivatives, half to rounding, at about this h. */
const STEP = 1e-5;

/** From which |z| on the slope of an activation is below 5 % of its maximum. */
const FLAT: Readonly<Record<string, number>> = { sigmoid: 4.3567, tanh: 2.1783 };

/**
 * The loss of a model on all of its samples as a function of the weights that are trained, in float64. Dropout and the like are off, penalties
 * count. The model does not change.
 */
export class LossSurface {
  /** The weights that are trained. */
  readonly variables: readonly Variable[];
  /** How many numbers they are. */
  readonly count: number;
  readonly #model: AnyModel;
  readonly #evaluate: (outputs: readonly Symbolic[], w: Float64Array) => Float64Array[];
  readonly #loss: Symbolic;
  readonly #gradients: readonly (Symbolic | null)[];
  readonly #bounded: readonly (readonly [z: Symbolic, edge: number])[];

  /** @param what what is done, for messages: `find the sharpness` */
  constructor(what: string, model: AnyModel, x: SampleInputs, y: DataInputs, sampleWeight?: SampleWeights) {
    const { samplesFor, evaluateGraph } = internalsOf(what, model);
    const samples = samplesFor(model, x, y, sampleWeight);
    const traced = traceGraph(what, model, { rows: samples.count, shapes: samples.shapes }, {
      training: false,
      by: "layers",
    });
    const { graph, gradients, loss, calls, outputs } = traced;
    this.#bounded = calls.flatMap(({ z, a, activation }) => {
      const edge = activation === null || outputs.includes(a) ? undefined : FLAT[activation];
      return edge === undefined ? [] : [[z, edge] as const];
    });
    const bytes = graph.nodes.reduce((sum, { shape }) => sum + 8 * sizeOf(shape), 0);
    if (bytes > MAX_BYTES) {
      const found = `${(bytes / 2 ** 30).toFixed(1)} GiB for ${samples.count} samples`;
      throw new RangeError(
        `Cannot ${what}: the values of a pass in float64 must take at most 2 GiB, got ${found}; give fewer samples`,
      );
    }
    const { network, trainer } = model;
    this.#model = model;
    this.variables = network.variables.filter(({ trainable }) => trainable);
    if (this.variables.length === 0) throw new Error(`Cannot ${what}: the model must have weights that are trained`);
    const places = new Map<string, number>();
    let count = 0;
    for (const { name, elements } of this.variables) {
      places.set(name, count);
      count += elements;
    }
    this.count = count;
    this.#loss = loss;
    const leaves = new Map(
      graph.nodes.filter(({ op }) => op === "variable").map((node) => [node.attributes.name as string, node]),
    );
    this.#gradients = this.variables.map(({ name }) => {
      const leaf = leaves.get(name);
      return leaf === undefined ? null : gradients.get(leaf.id) ?? null;
    });
    const constants = new Map(
      [...fillInputs(model, traced, samples)].map(([name, of]) => [name, Float64Array.from(of)]),
    );
    this.#evaluate = (outputs, w) =>
      evaluateGraph(outputs, ({ op, attributes }) => {
        if (op === "cell") return Float64Array.of(trainer.step);
        const name = attributes.name as string;
        const known = constants.get(name);
        if (known !== undefined) return known;
        const variable = network.variableNamed(name);
        const at = places.get(name);
        return at === undefined ? Float64Array.from(network.values(variable)) : w.subarray(at, at + variable.elements);
      });
  }

  /** The weights as the model has them now. */
  get weights(): Float64Array {
    return readWeights(this.#model);
  }

  /** The loss at some weights. */
  lossAt(w: Float64Array): number {
    return this.#evaluate([this.#loss], w)[0][0];
  }

  /** ∂loss/∂weights. */
  gradientAt(w: Float64Array): Float64Array {
    const found = this.#evaluate(this.#gradients.filter((node) => node !== null), w);
    let next = 0;
    return this.#join(this.#gradients.map((node) => node === null ? null : found[next++]));
  }

  /** The Hessian times a vector of length 1: (∇(w + h·v) − ∇(w − h·v)) / 2h. */
  hessianTimes(v: Float64Array, w: Float64Array): Float64Array {
    const [ahead, behind] = [STEP, -STEP].map((h) => this.gradientAt(w.map((each, i) => each + h * v[i])));
    return ahead.map((each, i) => (each - behind[i]) / (2 * STEP));
  }

  /** Of the answers of hidden sigmoids and tanhs to all samples the share that stand where the slope is below 5 % of its maximum; null of none. */
  saturatedShare(w: Float64Array): number | null {
    let [flat, all] = [0, 0];
    this.#evaluate(this.#bounded.map(([z]) => z), w).forEach((values, i) => {
      for (const z of values) if (Math.abs(z) > this.#bounded[i][1]) flat++;
      all += values.length;
    });
    return all === 0 ? null : flat / all;
  }

  #join(parts: readonly (ArrayLike<number> | null)[]): Float64Array {
    const all = new Float64Array(this.count);
    let at = 0;
    this.variables.forEach(({ elements }, i) => {
      const part = parts[i];
      if (part !== null) all.set(part, at);
      at += elements;
    });
    return all;
  }
}
