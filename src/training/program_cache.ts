import type { PortShapes } from "../data/signature.ts";
import type { LoadedProgram } from "../workers/loaded_program.ts";

/** How many programs are kept, for batches that differ in their number of samples, their lengths, or their threads. */
const MOST_PROGRAMS = 64;
/** Of large ones no more than these, once they have so many kernel calls together. */
const MOST_LARGE = 16;
const MOST_CALLS = 30_000;

/** Loaded programs of one kind, by the batches and the number of threads that they are for. The ones that were used last are kept. */
export class ProgramCache {
  /** The one that was used last at the end, once some have had to go. */
  readonly #programs: Map<number | string, LoadedProgram> = new Map();
  #calls = 0;
  #isFull = false;

  /** The program for batches of `rows` samples and `ranks` threads; undefined if there is none. `shapes`: see `BatchKind`. */
  find(rows: number, ranks: number, shapes: PortShapes | null): LoadedProgram | undefined {
    const key = keyOf(rows, ranks, shapes);
    const found = this.#programs.get(key);
    if (found !== undefined && this.#isFull) {
      this.#programs.delete(key);
      this.#programs.set(key, found);
    }
    return found;
  }

  /** Makes room for one more. @param unload gets the programs that were not used for the longest time, if some have to go */
  makeRoom(unload: (old: LoadedProgram) => void): void {
    const most = (): number => this.#calls > MOST_CALLS ? MOST_LARGE : MOST_PROGRAMS;
    while (this.#programs.size >= most()) {
      const [[key, old]] = this.#programs;
      this.#programs.delete(key);
      this.#calls -= old.program.instructions.length;
      this.#isFull = true;
      unload(old);
    }
  }

  /** Keeps a program, for which there is room. */
  keep(program: LoadedProgram, rows: number, ranks: number, shapes: PortShapes | null): void {
    this.#programs.set(keyOf(rows, ranks, shapes), program);
    this.#calls += program.program.instructions.length;
  }

  /** Forgets all, as when the memory that they were in is no more. */
  clear(): void {
    this.#programs.clear();
    this.#calls = 0;
    this.#isFull = false;
  }
}

function keyOf(rows: number, ranks: number, shapes: PortShapes | null): number | string {
  const key = rows * 128 + ranks;
  return shapes === null ? key : `${key}:${shapes.key}`;
}
