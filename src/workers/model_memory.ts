import { bindKernels, type BoundKernels, createMemory, formatBytes, growMemory } from "../kernels/bind.ts";
import { kernelModule } from "../kernels/kernel_module.ts";
import type { Numerics } from "../kernels/numerics.ts";
import { encodeProgram } from "../program/encode_program.ts";
import type { BufferPlace, Program } from "../program/program.ts";
import { CONTROL, CONTROL_WORDS, RECORD, recordWord } from "./control.ts";
import { LoadedProgram } from "./loaded_program.ts";
import { restOfRun } from "./rest_of_run.ts";
import { TeamFailure } from "./team_failure.ts";

/** A block of the model's memory that persists between runs. */
export interface Block {
  readonly name: string;
  readonly elements: number;
}

/** Bytes after the arena that kernels may read past the last buffer's end. */
const SLACK_BYTES = 64;

/** Bytes between the code and what is kept behind it, so that it need not move for every program. */
const CODE_BYTES = 1 << 16;

/** Gaps in the code are not looked at while it takes no more than so many bytes. */
const LOOSE_BYTES = 1 << 16;

/** What a memory needs of its team. */
export interface MemoryTeam {
  readonly ranks: number;
  /** Waits until the ranks that live have stopped, after one was lost. */
  waitUntilStopped(): void;
  /** Binds the workers anew after the memory has grown. */
  renew(): void;
}

/**
 * The memory of one model: the control block of its team, persistent blocks, then one arena that all its programs share, then the code of
 * its programs, then what is kept for a fit.
 *
 * It is planned when it is made; loading a program that needs a larger arena or more code grows it. Nothing is allocated during a run.
 */
export class ModelMemory {
  readonly numerics: Numerics;
  /** The byte address of the control block. */
  readonly control: number;
  readonly #blocks: Map<string, { address: number; elements: number }> = new Map();
  readonly #arena: number;
  /** The team that serves this memory. */
  team: MemoryTeam | null = null;
  /** Milliseconds that a unit of work takes on one thread, from what was measured here last; null: nothing was. */
  pace: number | null = null;
  readonly #moved: (() => void)[] = [];
  #memory: WebAssembly.Memory;
  #kernels: BoundKernels;
  #words: Int32Array;
  #code: number;
  #codeEnd: number;
  #kept: { readonly address: number; readonly bytes: number } | null = null;
  #loaded: LoadedProgram[] = [];
  #lastInArena: LoadedProgram | null = null;
  #last: LoadedProgram | null = null;

  /** @throws RangeError if there is not enough memory; it names the largest block */
  constructor(blocks: readonly Block[], numerics: Numerics) {
    this.numerics = numerics;
    let bytes = align(CONTROL_WORDS * 4);
    for (const { elements } of blocks) bytes += align(elements * 4);
    const explain = (): string => describeLargest("block", blocks);
    // The kernels' own tables come first; their size is known once they are bound.
    this.#memory = createMemory(bytes + 2 * 65536, explain);
    this.#kernels = bindKernels(this.#memory, numerics);
    this.control = align(this.#kernels.heapBase);
    let address = this.control + align(CONTROL_WORDS * 4);
    for (const { name, elements } of blocks) {
      this.#blocks.set(name, { address, elements });
      address += align(elements * 4);
    }
    this.#arena = address;
    this.#code = address + SLACK_BYTES;
    this.#codeEnd = this.#code;
    growMemory(this.#memory, this.#code, explain);
    this.#words = new Int32Array(this.#memory.buffer, this.control, CONTROL_WORDS);
  }

  /** The memory as it is now; `move` replaces it. */
  get memory(): WebAssembly.Memory {
    return this.#memory;
  }

  /** The control block, word by word. */
  get words(): Int32Array {
    return this.#words;
  }

  /** The module of the kernels, for the workers of a team. */
  get module(): WebAssembly.Module {
    return kernelModule(this.numerics);
  }

  /** The elements of a block, as a view on the memory. */
  view(block: string, offset = 0, elements?: number): Float32Array {
    const { address, elements: all } = this.#find(block);
    return new Float32Array(this.#memory.buffer, address + 4 * offset, elements ?? all - offset);
  }

  /** Calls `listener` after every `move`: views that were taken before show the memory that was left. */
  onMove(listener: () => void): void {
    this.#moved.push(listener);
  }

  /** Whether there is a block of that name. */
  has(block: string): boolean {
    return this.#blocks.has(block);
  }

  /**
   * Makes `program` ready to run in this memory. Its code stays in place beside that of the programs loaded before.
   *
   * @throws RangeError if there is not enough memory; it names the largest buffer, and nothing has changed
   */
  load(program: Program): LoadedProgram {
    const codes = Array.from(
      { length: program.ranks },
      (_, rank) => encodeProgram(program, (place) => this.addressOf(place), rank, this.control),
    );
    const loaded = new LoadedProgram(this, program, codes);
    const inArena = program.buffers.filter(({ place }) => place.kind === "arena");
    const explain = (): string => describeLargest("buffer", inArena);
    const codeStart = this.#arena + align(program.arenaElements * 4) + SLACK_BYTES;
    const programs = [...this.#loaded, loaded];
    if (codeStart > this.#code) {
      this.#placeCode(programs, codeStart, explain);
      this.#code = codeStart;
    } else {
      this.#placeCode([loaded], this.#codeEnd, explain);
    }
    this.#loaded = programs;
    return loaded;
  }

  /** Forgets a program. Its place is given back when as much is free as is used: to close a gap moves all code behind it. */
  unload(loaded: LoadedProgram): void {
    this.#loaded = this.#loaded.filter((other) => other !== loaded);
    const used = this.#loaded.reduce((sum, { codes }) => sum + bytesOf(codes), 0);
    const isLoose = this.#codeEnd - this.#code > Math.max(2 * used, LOOSE_BYTES);
    // What is kept behind the code would have to make room for gaps.
    if (isLoose || this.#kept !== null) this.#placeCode(this.#loaded, this.#code);
  }

  /**
   * Keeps `bytes` bytes behind the code, instead of what was kept there before; `keptAddress` says where. They move, with all that they hold,
   * when code needs the room.
   *
   * @throws RangeError if there is not enough memory; then nothing is kept
   */
  keep(bytes: number, name: string): void {
    this.#kept = null;
    const address = align(this.#codeEnd + CODE_BYTES);
    const blocks = [...this.#blocks].map(([block, { elements }]) => ({ name: block, elements }));
    const explain = (): string => describeLargest("block", [...blocks, { name, elements: bytes / 4 }]);
    if (growMemory(this.#memory, address + bytes, explain)) this.team?.renew();
    this.#kept = { address, bytes };
  }

  /** Keeps it no longer; the room is for the next one, since a memory does not shrink. */
  release(): void {
    this.#kept = null;
  }

  /** Whether something is kept. */
  get isKeeping(): boolean {
    return this.#kept !== null;
  }

  /** Where what is kept lies now. */
  get keptAddress(): number {
    if (this.#kept === null) throw new Error("The model's memory keeps nothing");
    return this.#kept.address;
  }

  /** The byte address of a buffer's place. */
  addressOf(place: BufferPlace): number {
    return (place.kind === "arena" ? this.#arena : this.#find(place.block).address) + 4 * place.offset;
  }

  /**
   * Runs a program: on this thread, or with the team that serves this memory.
   *
   * @throws TeamFailure if a worker of the team is lost
   */
  run(loaded: LoadedProgram): void {
    if (loaded.program.arenaElements > 0) this.#lastInArena = loaded;
    this.#last = loaded;
    const { addresses } = loaded;
    if (addresses.length === 1) {
      this.#kernels.run(addresses[0]);
      return;
    }
    const words = this.#words;
    if (this.team?.ranks !== addresses.length) {
      throw new Error(
        `A program for ${addresses.length} threads needs a team of as many, got ${this.team?.ranks ?? "none"}`,
      );
    }
    words[CONTROL.limit] = loaded.limit;
    for (let rank = 0; rank < addresses.length; rank++) {
      words[recordWord(rank, RECORD.code)] = addresses[rank];
      words[recordWord(rank, RECORD.progress)] = addresses[rank];
    }
    try {
      this.#kernels.launch(this.control);
    } catch (error) {
      // The others need not find out by themselves that rank 0 will not come.
      Atomics.compareExchange(words, CONTROL.abort, 0, 1);
      throw error;
    }
    const abort = Atomics.load(words, CONTROL.abort);
    if (abort !== 0) throw new TeamFailure(abort - 1);
  }

  /** Runs the code of one thread at a byte address. */
  runCode(address: number): void {
    this.#kernels.run(address);
  }

  /** Whether the inputs of `loaded` still hold what they held when it ran last. */
  holdsInputs(loaded: LoadedProgram): boolean {
    return this.#lastInArena === loaded;
  }

  /**
   * After a `TeamFailure`: does on this thread what the ranks have left of the last run, phase by phase, so that a step that had begun is
   * whole.
   */
  finishRun(): void {
    const loaded = this.#last;
    if (loaded === null) return;
    this.team?.waitUntilStopped();
    const at = loaded.addresses.map((_, rank) => this.#words[recordWord(rank, RECORD.progress)]);
    const code = restOfRun(loaded, at);
    const address = this.#codeEnd;
    growMemory(this.#memory, address + code.byteLength);
    new Int32Array(this.#memory.buffer, address, code.length).set(code);
    this.#kernels.run(address);
  }

  /**
   * Moves the model to another memory, with all that it holds, after a thread was lost that may still write into this one. Addresses stay.
   *
   * @throws RangeError if there is not enough memory
   */
  move(): void {
    const old = new Uint8Array(this.#memory.buffer);
    this.#memory = createMemory(old.length);
    new Uint8Array(this.#memory.buffer).set(old);
    this.#kernels = bindKernels(this.#memory, this.numerics);
    this.#words = new Int32Array(this.#memory.buffer, this.control, CONTROL_WORDS);
    for (const loaded of this.#loaded) loaded.forgetViews();
    for (const listener of this.#moved) listener();
  }

  #placeCode(programs: readonly LoadedProgram[], start: number, explain?: () => string): void {
    let address = start;
    for (const { codes } of programs) address += bytesOf(codes);
    let end = address;
    let kept = this.#kept;
    if (kept !== null && address > kept.address) {
      kept = { ...kept, address: align(address + CODE_BYTES) };
      end = kept.address + kept.bytes;
    }
    const grows = growMemory(this.#memory, end, explain);
    if (grows || kept !== this.#kept) this.team?.renew(); // nobody may use what moves
    if (kept !== null && this.#kept !== null && kept !== this.#kept) {
      const from = this.#kept.address;
      new Uint8Array(this.#memory.buffer).copyWithin(kept.address, from, from + kept.bytes);
    }
    this.#kept = kept;
    address = start;
    for (const loaded of programs) {
      loaded.addresses = loaded.codes.map((code) => {
        const place = address;
        new Int32Array(this.#memory.buffer, place, code.length).set(code);
        address += align(code.byteLength);
        return place;
      });
    }
    this.#codeEnd = address;
  }

  #find(block: string): { address: number; elements: number } {
    const found = this.#blocks.get(block);
    if (found === undefined) throw new Error(`The model's memory has no block "${block}"`);
    return found;
  }
}

/** `the largest block is "weights" with 1.5 GiB` */
function describeLargest(what: string, parts: readonly { readonly name: string; readonly elements: number }[]): string {
  const largest = parts.reduce((most, part) => part.elements > most.elements ? part : most, {
    name: "none",
    elements: 0,
  });
  return `the largest ${what} is "${largest.name}" with ${formatBytes(largest.elements * 4)}`;
}

/** What the codes of a program take. */
function bytesOf(codes: readonly Int32Array[]): number {
  return codes.reduce((sum, { byteLength }) => sum + align(byteLength), 0);
}

function align(bytes: number): number {
  return Math.ceil(bytes / 64) * 64;
}
