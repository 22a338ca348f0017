import { encodeProgram } from "../program/encode_program.ts";
import type { BufferPlace, Program, ProgramBuffer } from "../program/program.ts";
import { BOARD, boardWords, doneWord, holderWord, takeBatch } from "./batch_board.ts";
import { CONTROL, SLICE_MS } from "./control.ts";
import type { BatchBuffers, LoadedProgram } from "./loaded_program.ts";
import type { ModelMemory } from "./model_memory.ts";
import { Team } from "./team.ts";

/** Bytes that kernels may read past a buffer's end. */
const SLACK_BYTES = 64;
/** How often the calling thread looks for a batch that another one has, before it sleeps. */
const SPINS = 5000;

/** How a queue is used. */
export interface QueueOptions {
  readonly threads: number;
  /** How many batches can be filled and not yet read. */
  readonly slots: number;
  /** Whether to wait until all workers are there; an error if they are not. Default: they join in when they have started. */
  readonly waits?: boolean;
}

/** What is done with every batch, on the calling thread, in order. */
export interface BatchHandler {
  /** Fills the inputs of a batch. */
  fill(buffers: BatchBuffers, batch: number): void;
  /** Reads the outputs of a batch; its inputs are still there. */
  take(buffers: BatchBuffers, batch: number): void;
}

/**
 * Runs one program over many batches with several threads that never meet: the calling thread fills slots and reads them, in order, and in
 * between takes batches as the workers do. Each thread has an arena of its own, each slot its inputs and outputs; so a thread that loses
 * its core for a while delays but the batch that it has.
 *
 * All of it lies in what the model's memory keeps, which nobody else may use meanwhile.
 */
export class BatchQueue {
  readonly #home: ModelMemory;
  readonly #program: Program;
  readonly #limit: number;
  readonly #slots: number;
  readonly #threads: number;
  readonly #layout: Layout;
  readonly #team: Team;
  #base = -1;
  #board: Int32Array = new Int32Array(0);
  /** By rank and slot: the address of the code. */
  #codes: readonly (readonly number[])[] = [];
  #buffers: readonly BatchBuffers[] = [];

  /**
   * @param loaded the program, for one thread
   * @throws RangeError if there is not enough memory, Error if workers are not to be had
   */
  constructor(home: ModelMemory, loaded: LoadedProgram, { threads, slots, waits = false }: QueueOptions) {
    this.#home = home;
    this.#program = loaded.program;
    this.#limit = loaded.limit;
    this.#slots = slots;
    this.#threads = threads;
    this.#layout = layOut(loaded.program, threads, slots);
    home.keep(this.#layout.bytes, "batches");
    try {
      this.#place();
      new Uint8Array(home.memory.buffer, this.#base, 4 * boardWords(slots)).fill(0);
      const { board } = this.#layout;
      const workOf = (rank: number) => ({ board: this.#base + board, codes: this.#codes[rank] });
      this.#team = Team.open(home, threads, workOf);
    } catch (error) {
      home.release();
      throw error;
    }
    try {
      if (waits) this.#team.waitUntilReady();
    } catch (error) {
      this.close();
      throw error;
    }
  }

  /** The bytes of a slot of a program. */
  static bytesOfSlot(program: Program): number {
    return layOut(program, 0, 1).bytes;
  }

  /**
   * Runs the batches from … to; to be called once.
   *
   * @throws Error if a worker is lost with a batch
   */
  run(from: number, to: number, { fill, take }: BatchHandler): void {
    let filled = from;
    let taken = from;
    while (taken < to) {
      for (; filled < to && filled - taken < this.#slots; filled++) {
        fill(this.#buffers[(filled - from) % this.#slots], filled);
        if (this.#home.keptAddress !== this.#base) this.#place();
        Atomics.store(this.#board, BOARD.filled, filled - from + 1);
        Atomics.notify(this.#board, BOARD.filled);
      }
      const slot = (taken - from) % this.#slots;
      if (!this.#isDone(slot, taken - from) && !this.#work()) this.#wait(slot, taken - from);
      for (; taken < filled && this.#isDone((taken - from) % this.#slots, taken - from); taken++) {
        take(this.#buffers[(taken - from) % this.#slots], taken);
        // It may have loaded another program, whose code needed the room.
        if (this.#home.keptAddress !== this.#base) this.#place();
      }
    }
  }

  /** Sends the workers away. */
  close(): void {
    Atomics.store(this.#board, BOARD.end, 1);
    Atomics.notify(this.#board, BOARD.filled);
    this.#team.close();
    this.#home.release();
  }

  #isDone(slot: number, batch: number): boolean {
    return Atomics.load(this.#board, doneWord(slot)) === batch + 1;
  }

  /** Does a batch, if there is one. */
  #work(): boolean {
    const batch = takeBatch(this.#board);
    if (batch < 0) return false;
    const slot = batch % this.#slots;
    this.#home.runCode(this.#codes[0][slot]);
    Atomics.store(this.#board, doneWord(slot), batch + 1);
    return true;
  }

  /** Waits for a batch that a worker has. */
  #wait(slot: number, batch: number): void {
    const board = this.#board;
    for (let i = 0; i < SPINS; i++) if (this.#isDone(slot, batch)) return;
    const { words } = this.#home;
    for (let slices = 0; !this.#isDone(slot, batch);) {
      const seen = Atomics.load(board, doneWord(slot));
      if (seen === batch + 1) return;
      if (Atomics.wait(board, doneWord(slot), seen, SLICE_MS) === "timed-out") slices++;
      const abort = Atomics.load(words, CONTROL.abort);
      if (abort !== 0) throw this.#team.failure(abort - 1);
      if (slices > this.#limit) {
        const holder = Atomics.load(board, holderWord(slot));
        Atomics.compareExchange(words, CONTROL.abort, 0, holder + 1);
        throw this.#team.failure(holder);
      }
    }
  }

  /** Finds out where everything lies, and writes the code for it. */
  #place(): void {
    const { memory, keptAddress, control } = this.#home;
    const { board, arenas, slots, codes, arenaBytes, slotBytes, codeBytes, offsets } = this.#layout;
    this.#base = keptAddress;
    const { buffer } = memory;
    this.#board = new Int32Array(buffer, this.#base + board, boardWords(this.#slots));
    const addressOf = (place: BufferPlace): number =>
      place.kind === "arena" ? 4 * place.offset : this.#home.addressOf(place);
    this.#codes = Array.from({ length: this.#threads }, (_, rank) =>
      Array.from({ length: this.#slots }, (_, slot) => {
        const arena = this.#base + arenas + rank * arenaBytes;
        const own = this.#base + slots + slot * slotBytes;
        const code = encodeProgram(moveBuffers(this.#program, offsets, own, arena), addressOf, 0, control);
        const address = this.#base + codes + (rank * this.#slots + slot) * codeBytes;
        new Int32Array(buffer, address, code.length).set(code);
        return address;
      }));
    this.#buffers = Array.from({ length: this.#slots }, (_, slot) => {
      const own = this.#base + slots + slot * slotBytes;
      const views = new Map(
        [...offsets].map(([index, offset]) =>
          [index, new Float32Array(buffer, own + offset, this.#program.buffers[index].elements)] as const
        ),
      );
      return {
        holdsInputs: false,
        input: (name) => views.get(this.#program.inputs[name])!,
        output: (name) => views.get(this.#program.outputs[name])!,
        hasOutput: (name) => this.#program.outputs[name] !== undefined,
      };
    });
  }
}

/** Where the parts of a queue lie, in bytes from its beginning. */
interface Layout {
  readonly board: number;
  readonly arenas: number;
  readonly slots: number;
  readonly codes: number;
  readonly bytes: number;
  readonly arenaBytes: number;
  readonly slotBytes: number;
  readonly codeBytes: number;
  /** Where the inputs and outputs lie in a slot, by the number of the buffer. */
  readonly offsets: ReadonlyMap<number, number>;
}

function layOut(program: Program, threads: number, count: number): Layout {
  const offsets = new Map<number, number>();
  let slotBytes = 0;
  for (const index of [...Object.values(program.inputs), ...Object.values(program.outputs)]) {
    if (offsets.has(index)) continue;
    offsets.set(index, slotBytes);
    slotBytes += align(4 * program.buffers[index].elements) + SLACK_BYTES;
  }
  const arenaBytes = align(4 * program.arenaElements) + SLACK_BYTES;
  let words = 1;
  for (const { args } of program.instructions) words += 1 + args.length;
  const codeBytes = align(4 * words);
  const arenas = align(4 * boardWords(count));
  const slots = arenas + threads * arenaBytes;
  const codes = slots + count * slotBytes;
  const bytes = codes + threads * count * codeBytes;
  return { board: 0, arenas, slots, codes, bytes, arenaBytes, slotBytes, codeBytes, offsets };
}

/** The program with its inputs and outputs in a slot and everything else in an arena, both at byte addresses. */
function moveBuffers(program: Program, offsets: ReadonlyMap<number, number>, slot: number, arena: number): Program {
  const buffers = program.buffers.map((buffer, index): ProgramBuffer => {
    if (buffer.place.kind !== "arena") return buffer;
    const offset = offsets.get(index);
    return {
      ...buffer,
      place: { kind: "arena", offset: offset === undefined ? arena / 4 + buffer.place.offset : (slot + offset) / 4 },
    };
  });
  return { ...program, buffers };
}

function align(bytes: number): number {
  return Math.ceil(bytes / 64) * 64;
}
