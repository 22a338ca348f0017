import { bindKernels, type BoundKernels, createMemory, growMemory } from "../memory/bind.ts";
import type { Numerics } from "../memory/numerics.ts";
import { encodeProgram } from "../program/encode_program.ts";
import type { Home, Program } from "../program/program.ts";

/** A block of the model's memory that persists between runs. */
export interface Block {
  readonly name: string;
  readonly elements: number;
}

/** Bytes after the arena that kernels may read past the last buffer's end. */
const SLACK_BYTES = 64;

/**
 * The memory of one model: persistent blocks, then one arena that all its programs share, then the code of the current program.
 *
 * It is planned when it is made; loading a program that needs a larger arena or more code grows it. Nothing is allocated during a run.
 */
export class ModelMemory {
  readonly memory: WebAssembly.Memory;
  readonly numerics: Numerics;
  #kernels: BoundKernels;
  #blocks: Map<string, { address: number; elements: number }> = new Map();
  #arena: number;
  #code: number;
  #codeEnd: number;
  #loaded: LoadedProgram[] = [];
  #lastInArena: LoadedProgram | null = null;

  constructor(blocks: readonly Block[], numerics: Numerics) {
    this.numerics = numerics;
    let bytes = 0;
    for (const { elements } of blocks) bytes += align(elements * 4);
    // The kernels' own tables come first; their size is known once they are bound.
    this.memory = createMemory(bytes + 2 * 65536);
    this.#kernels = bindKernels(this.memory, numerics);
    let address = align(this.#kernels.heapBase);
    for (const { name, elements } of blocks) {
      this.#blocks.set(name, { address, elements });
      address += align(elements * 4);
    }
    this.#arena = address;
    this.#code = address + SLACK_BYTES;
    this.#codeEnd = this.#code;
    growMemory(this.memory, this.#code);
  }

  /** The elements of a block, as a view on the memory. */
  view(block: string, offset = 0, elements?: number): Float32Array {
    const { address, elements: all } = this.#find(block);
    return new Float32Array(this.memory.buffer, address + 4 * offset, elements ?? all - offset);
  }

  /** Whether there is a block of that name. */
  has(block: string): boolean {
    return this.#blocks.has(block);
  }

  /** Makes `program` ready to run in this memory. Its code stays in place beside that of the programs loaded before. */
  load(program: Program): LoadedProgram {
    const code = encodeProgram(program, (home) => this.addressOf(home));
    const loaded = new LoadedProgram(this, program, code);
    this.#loaded.push(loaded);
    const codeStart = this.#arena + align(program.arenaElements * 4) + SLACK_BYTES;
    if (codeStart > this.#code) {
      this.#code = codeStart;
      this.#placeCode(this.#loaded, codeStart);
    } else {
      this.#placeCode([loaded], this.#codeEnd);
    }
    return loaded;
  }

  /** Forgets a program and gives back its place. */
  unload(loaded: LoadedProgram): void {
    this.#loaded = this.#loaded.filter((other) => other !== loaded);
    this.#placeCode(this.#loaded, this.#code);
  }

  /** The byte address of a buffer's home. */
  addressOf(home: Home): number {
    return (home.kind === "arena" ? this.#arena : this.#find(home.block).address) + 4 * home.offset;
  }

  /** Runs a program on this thread. */
  run(loaded: LoadedProgram): void {
    if (loaded.program.arenaElements > 0) this.#lastInArena = loaded;
    this.#kernels.run(loaded.address);
  }

  /** Whether the inputs of `loaded` still hold what they held when it ran last. */
  holdsInputs(loaded: LoadedProgram): boolean {
    return this.#lastInArena === loaded;
  }

  #placeCode(programs: readonly LoadedProgram[], start: number): void {
    let address = start;
    for (const { code } of programs) address += align(code.byteLength);
    growMemory(this.memory, address);
    address = start;
    for (const loaded of programs) {
      loaded.address = address;
      new Int32Array(this.memory.buffer, address, loaded.code.length).set(loaded.code);
      address += align(loaded.code.byteLength);
    }
    this.#codeEnd = address;
  }

  #find(block: string): { address: number; elements: number } {
    const found = this.#blocks.get(block);
    if (found === undefined) throw new Error(`The model's memory has no block "${block}"`);
    return found;
  }
}

/** A program in the memory of a model. */
export class LoadedProgram {
  readonly program: Program;
  readonly code: Int32Array;
  /** Where the code is; the memory moves it when the arena grows. */
  address = 0;
  #home: ModelMemory;
  #views: Map<number, Float32Array> = new Map();

  constructor(home: ModelMemory, program: Program, code: Int32Array) {
    this.#home = home;
    this.program = program;
    this.code = code;
  }

  /** Runs the program once. */
  run(): void {
    this.#home.run(this);
  }

  /** Whether the inputs still hold what they held at the last run: no other program has used the arena since. */
  get holdsInputs(): boolean {
    return this.#home.holdsInputs(this);
  }

  /** The input `name`, to be filled. */
  input(name: string): Float32Array {
    return this.#view(this.program.inputs[name]);
  }

  /** The output `name`, to be read after a run. */
  output(name: string): Float32Array {
    return this.#view(this.program.outputs[name]);
  }

  #view(buffer: number): Float32Array {
    let view = this.#views.get(buffer);
    if (view === undefined) {
      const { home, elements } = this.program.buffers[buffer];
      view = new Float32Array(this.#home.memory.buffer, this.#home.addressOf(home), elements);
      this.#views.set(buffer, view);
    }
    return view;
  }
}

function align(bytes: number): number {
  return Math.ceil(bytes / 64) * 64;
}
