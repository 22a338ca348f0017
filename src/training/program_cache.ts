import type { PortShapes } from "../data/signature.ts";
import type { LoadedProgram } from "../workers/loaded_program.ts";

/** How many programs are kept, for batches that differ in their number of samples, their lengths, or their threads. */
const MOST_PROGRAMS = 64;

/** Loaded programs of one kind, by the batches and the number of threads that they are for. The ones that were used last are kept. */
export class ProgramCache {
  /** The one that was used last at the end, once there are as many as are kept. */
  readonly #programs: Map<number | string, LoadedProgram> = new Map();

  /** The program for batches of `rows` samples and `ranks` threads; undefined if there is none. `shapes`: see `BatchKind`. */
  find(rows: number, ranks: number, shapes: PortShapes | null): LoadedProgram | undefined {
    const key = keyOf(rows, ranks, shapes);
    const found = this.#programs.get(key);
    if (found !== undefined && this.#programs.size === MOST_PROGRAMS) {
      this.#programs.delete(key);
      this.#programs.set(key, found);
    }
    return found;
  }

  /** Makes room for one more. @param unload gets the program that was not used for the longest time, if it has to go */
  makeRoom(unload: (old: LoadedProgram) => void): void {
    if (this.#programs.size < MOST_PROGRAMS) return;
    const [[key, old]] = this.#programs;
    this.#programs.delete(key);
    unload(old);
  }

  /** Keeps a program, for which there is room. */
  keep(program: LoadedProgram, rows: number, ranks: number, shapes: PortShapes | null): void {
    this.#programs.set(keyOf(rows, ranks, shapes), program);
  }

  /** Forgets all, as when the memory that they were in is no more. */
  clear(): void {
    this.#programs.clear();
  }
}

function keyOf(rows: number, ranks: number, shapes: PortShapes | null): number | string {
  const key = rows * 128 + ranks;
  return shapes === null ? key : `${key}:${shapes.key}`;
}
