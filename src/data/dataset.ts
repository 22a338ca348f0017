import { Tensor } from "../tensor/tensor.ts";
import { namePorts } from "./name_ports.ts";
import type { PortShapes } from "./signature.ts";

/** The weights of labels by their classes: one for every row of labels. */
export type ClassWeights = (y: Float32Array) => Float32Array;

/** Weights of samples or of rows of labels, for each output that is trained; null for none. */
export type BatchWeights = readonly (Float32Array | null)[];

/** Where the inputs of a program are filled. */
interface ProgramInputs {
  input(name: string): Float32Array;
}

/** What fills an input of a program: numbers, so many a sample. */
interface Source {
  readonly name: string;
  readonly data: Float32Array;
  readonly width: number;
}

/** Samples in memory, checked: for each input of a model a tensor, for each output that is trained labels, and weights. */
export class Dataset {
  readonly inputs: readonly Tensor[];
  /** Labels, for each output that is trained. */
  readonly targets: readonly Tensor[];
  /** For each output that is trained, one weight for each sample, or for each row of labels. */
  readonly weights: BatchWeights;
  /** The numbers of the samples that count, in their order; null: all. */
  readonly rows: Uint32Array | null;
  /** Of a model with axes of unknown length: the shapes at its ports for these samples, which have one length; null where all are known. */
  readonly shapes: PortShapes | null;
  readonly #all: number;
  readonly #inputs: readonly Source[];
  readonly #targets: readonly Source[];
  readonly #isWeighted: boolean;

  constructor(
    inputs: readonly Tensor[],
    targets: readonly Tensor[],
    weights: BatchWeights,
    { rows = null, shapes = null }: { readonly rows?: Uint32Array | null; readonly shapes?: PortShapes | null } = {},
  ) {
    this.inputs = inputs;
    this.targets = targets;
    this.weights = weights;
    this.rows = rows;
    this.shapes = shapes;
    const all = inputs[0].shape[0];
    this.#all = all;
    this.#inputs = listSources("x", inputs, all);
    this.#targets = listSources("y", targets, all);
    this.#isWeighted = weights.some((each) => each !== null);
  }

  /** How many samples count. */
  get count(): number {
    return this.rows?.length ?? this.#all;
  }

  /**
   * Fills the inputs of a program with the samples from … to (of `order`, where it is given, else of those that count), and returns their
   * weights.
   *
   * @param order the numbers of samples
   * @param gathersX whether the program gathers the inputs of the model by itself
   */
  fill(program: ProgramInputs, order: Uint32Array | null, from: number, to: number, gathersX = false): BatchWeights {
    const at = order ?? this.rows;
    if (!gathersX) gather(program, this.#inputs, at, from, to);
    gather(program, this.#targets, at, from, to);
    if (!this.#isWeighted) return this.weights;
    return this.weights.map((weights) => {
      if (weights === null) return null;
      const width = weights.length / this.#all;
      if (at === null) return weights.subarray(from * width, to * width);
      const picked = new Float32Array((to - from) * width);
      gatherRows(picked, weights, width, at, from, to);
      return picked;
    });
  }

  /** The same samples, whose labels have the weights of their classes besides their own; one output is trained. */
  withClassWeights(weigh: ClassWeights | null): Dataset {
    if (weigh === null) return this;
    const [weights] = this.weights;
    const classes = weigh(this.targets[0].data);
    const rows = weights === null ? 1 : classes.length / weights.length;
    const both = weights === null ? classes : classes.map((weight, i) => weight * weights[Math.floor(i / rows)]);
    return new Dataset(this.inputs, this.targets, [both], this);
  }

  /** The samples from … to of all. */
  slice(from: number, to: number): Dataset {
    const cut = ({ data, shape }: Tensor): Tensor => {
      const width = data.length / shape[0];
      return new Tensor(data.subarray(from * width, to * width), [to - from, ...shape.slice(1)]);
    };
    const weights = this.weights.map((each) => {
      if (each === null) return null;
      const width = each.length / this.#all;
      return each.subarray(from * width, to * width);
    });
    return new Dataset(this.inputs.map(cut), this.targets.map(cut), weights, { shapes: this.shapes });
  }
}

function listSources(kind: "x" | "y", tensors: readonly Tensor[], count: number): readonly Source[] {
  const names = namePorts(kind, tensors.length);
  return tensors.map(({ data }, i) => ({ name: names[i], data, width: data.length / count }));
}

function gather(
  program: ProgramInputs,
  sources: readonly Source[],
  order: Uint32Array | null,
  from: number,
  to: number,
): void {
  for (let i = 0; i < sources.length; i++) {
    const { name, data, width } = sources[i];
    gatherRows(program.input(name), data, width, order, from, to);
  }
}

/** Copies the samples `order[from … to)` (or from … to themselves without an order) into a batch, row by row. */
function gatherRows(
  into: Float32Array,
  data: Float32Array,
  width: number,
  order: Uint32Array | null,
  from: number,
  to: number,
): void {
  if (order === null) {
    into.set(data.subarray(from * width, to * width));
  } else if (width <= 32) {
    let at = 0;
    for (let i = from; i < to; i++) {
      const start = order[i] * width;
      for (let j = 0; j < width; j++) into[at++] = data[start + j];
    }
  } else {
    for (let i = from; i < to; i++) {
      const start = order[i] * width;
      into.set(data.subarray(start, start + width), (i - from) * width);
    }
  }
}
