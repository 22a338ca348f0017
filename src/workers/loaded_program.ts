import type { BufferPlace, Program } from "../program/program.ts";

/** What a loaded program needs of the memory that it is in. */
export interface ProgramHost {
  readonly memory: WebAssembly.Memory;
  addressOf(place: BufferPlace): number;
  run(loaded: LoadedProgram): void;
  holdsInputs(loaded: LoadedProgram): boolean;
}

/** How long a rank may stay at one instruction of a small program before it counts as lost, in slices: one second. */
const LOST_SLICES = 20;
/** What the slowest machine does in a slice: operations of one thread. */
const OPERATIONS_A_SLICE = 5e7;

/** Where the inputs of a program are filled, and its outputs read. */
export interface BatchBuffers {
  /** Whether the inputs still hold what they held at the last run. */
  readonly holdsInputs: boolean;
  /** The input `name`, to be filled. */
  input(name: string): Float32Array;
  /** The output `name`, to be read after a run. */
  output(name: string): Float32Array;
  /** Whether there is an output `name`. */
  hasOutput(name: string): boolean;
}

/** A program in the memory of a model. */
export class LoadedProgram implements BatchBuffers {
  readonly program: Program;
  /** The encoded program of every rank. */
  readonly codes: readonly Int32Array[];
  /** Where each code is; the memory moves them when the arena grows. */
  addresses: readonly number[] = [];
  /** How long a rank may stay at one instruction before it counts as lost, in slices. */
  readonly limit: number;
  readonly #host: ProgramHost;
  /** The views on inputs and outputs that were asked for, by name. */
  readonly #inputs: Map<string, Float32Array> = new Map();
  readonly #outputs: Map<string, Float32Array> = new Map();

  constructor(host: ProgramHost, program: Program, codes: readonly Int32Array[]) {
    this.#host = host;
    this.program = program;
    this.codes = codes;
    this.limit = LOST_SLICES + Math.ceil(program.cost.flops / codes.length / OPERATIONS_A_SLICE);
  }

  /** Runs the program once. */
  run(): void {
    this.#host.run(this);
  }

  /** Whether the inputs still hold what they held at the last run: no other program has used the arena since. */
  get holdsInputs(): boolean {
    return this.#host.holdsInputs(this);
  }

  /** The input `name`, to be filled. */
  input(name: string): Float32Array {
    return this.#inputs.get(name) ?? this.#view(this.#inputs, name, this.program.inputs[name]);
  }

  /** The output `name`, to be read after a run. */
  output(name: string): Float32Array {
    return this.#outputs.get(name) ?? this.#view(this.#outputs, name, this.program.outputs[name]);
  }

  /** Whether there is an output `name`. */
  hasOutput(name: string): boolean {
    return this.program.outputs[name] !== undefined;
  }

  /** To be called when the memory has moved. */
  forgetViews(): void {
    this.#inputs.clear();
    this.#outputs.clear();
  }

  #view(views: Map<string, Float32Array>, name: string, buffer: number): Float32Array {
    const { place, elements } = this.program.buffers[buffer];
    const view = new Float32Array(this.#host.memory.buffer, this.#host.addressOf(place), elements);
    views.set(name, view);
    return view;
  }
}
