import type { FeatureName } from "../configuration/feature_names.ts";
import type { Domain, Grid } from "../protocol.ts";
import { FunctionalModel } from "../../../src/models/functional_model.ts";
import type { Sequential } from "../../../src/models/sequential.ts";
import type { Network } from "../../../src/training/network.ts";
import type { LoadedProgram } from "../../../src/workers/loaded_program.ts";
import { features } from "./features.ts";
import { spreadPlanes } from "./spread_planes.ts";

/** What the network and each of its neurons answer over a grid of the plane. */
export class Maps {
  readonly #model: Sequential;
  readonly #domain: Domain;
  readonly #features: readonly FeatureName[];
  /** The model with the outputs of all its layers. */
  #neurons: Network | null = null;
  readonly #inputs: Map<number, Float32Array> = new Map();

  constructor(model: Sequential, domain: Domain, names: readonly FeatureName[]) {
    this.#model = model;
    this.#domain = domain;
    this.#features = names;
  }

  /** The answers over size × size points. */
  boundary(size: number): Grid {
    const program = this.#model.network.predictor(size * size);
    this.#run(program, size);
    const [units] = this.#model.network.outputShape as readonly number[];
    const values = new Float32Array(units * size * size);
    spreadPlanes(program.output(this.#model.network.outputNames[0]), units, values, 0);
    return { size, planes: units, values };
  }

  /** The inputs, and then the outputs of every neuron, over size × size points: one program for all. */
  neurons(size: number): Grid {
    this.#neurons ??= joinOutputs(this.#model);
    const network = this.#neurons;
    const program = network.predictor(size * size);
    const inputs = this.#run(program, size);
    const widths = network.graph.outputs.map(({ sampleShape }) => sampleShape[0] as number);
    const count = this.#features.length;
    const planes = count + widths.reduce((sum, width) => sum + width, 0);
    const values = new Float32Array(planes * size * size);
    spreadPlanes(inputs, count, values, 0);
    let plane = count;
    widths.forEach((width, i) => {
      spreadPlanes(program.output(network.outputNames[i]), width, values, plane);
      plane += width;
    });
    return { size, planes, values };
  }

  #run(program: LoadedProgram, size: number): Float32Array {
    let inputs = this.#inputs.get(size);
    if (inputs === undefined) this.#inputs.set(size, inputs = layGrid(this.#domain, this.#features, size));
    const [name] = Object.keys(program.program.inputs);
    // A network that does not look at its inputs has none.
    if (name !== undefined) program.input(name).set(inputs);
    program.run();
    return inputs;
  }
}

/** What the network is given at every point, by rows from the highest x2 down; points lie in the middle of their cells. */
function layGrid({ x1, x2 }: Domain, names: readonly FeatureName[], size: number): Float32Array {
  const inputs = new Float32Array(size * size * names.length);
  const place = ([low, high]: readonly [number, number], index: number): number =>
    low + (high - low) * (index + 0.5) / size;
  let at = 0;
  for (let row = 0; row < size; row++) {
    for (let column = 0; column < size; column++) {
      const [a, b] = [place(x1, column), place(x2, size - 1 - row)];
      for (const name of names) inputs[at++] = features[name].of(a, b);
    }
  }
  return inputs;
}

/** A network over the same layers that gives what each of them gives. */
function joinOutputs(model: Sequential): Network {
  const { inputs, nodes } = model.network.graph;
  const outputs = nodes.map(({ outputs: [output] }) => output);
  return new FunctionalModel({ inputs, outputs }, { numerics: "portable", seed: model.seed }).network;
}
