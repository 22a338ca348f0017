import type { Formula } from "../formula/formula.ts";
import {
  type Argument,
  type BufferRef,
  byParameter,
  count,
  type KernelCall,
  read,
  type Split,
  write,
} from "../ops/op.ts";
import type { Program, ProgramBuffer } from "../program/program.ts";
import { type BufferSpan, schedulePhases } from "../program/schedule_phases.ts";

/** Elements between the beginnings of buffers in the arena: one cache line. */
const ALIGNMENT = 16;

/** A program for `ranks` threads that is written call by call, over the model's blocks. */
export class ProgramDraft {
  /** For how many threads it is. */
  readonly ranks: number;
  readonly #buffers: ProgramBuffer[] = [];
  readonly #instructions: KernelCall[] = [];
  readonly #blocks: Map<string, number> = new Map();
  #scratch = 0;
  #arena = 0;

  constructor(ranks = 1) {
    this.ranks = ranks;
  }

  /** A place in one of the model's blocks. `elements` of the block's beginning take part in the program. */
  place(block: string, offset: number, elements: number): BufferRef {
    const key = `${block} ${elements}`;
    let buffer = this.#blocks.get(key);
    if (buffer === undefined) {
      buffer = this.#buffers.push({ name: block, elements, place: { kind: "model", block, offset: 0 } }) - 1;
      this.#blocks.set(key, buffer);
    }
    return { buffer, offset };
  }

  /** A buffer that holds something while this program runs. */
  scratch(name: string, elements: number): BufferRef {
    const buffer = this.#buffers.push({ name, elements, place: { kind: "arena", offset: this.#scratch } }) - 1;
    this.#scratch += Math.ceil(elements / ALIGNMENT) * ALIGNMENT;
    this.#arena = Math.max(this.#arena, this.#scratch);
    return { buffer, offset: 0 };
  }

  /** Adds a kernel call. */
  call(kernel: string, args: readonly Argument[], split: Split | null): void {
    this.#instructions.push({ kernel, args, split });
  }

  /**
   * Adds the kernel of a formula over `elements` elements, in place: outputs and vectors of one name are one array.
   *
   * @param arrays where every vector is
   * @param options.cells where the formula's cells are, if it has any
   * @param options.quantum elements at whose multiples threads share the work
   */
  apply(
    formula: Formula,
    elements: number,
    arrays: (name: string) => BufferRef,
    options: { readonly scalars?: readonly number[]; readonly cells?: BufferRef; readonly quantum?: number } = {},
  ): void {
    this.call(formula.name, [
      ...Object.keys(formula.outputs).map((name) => write(arrays(name), 1)),
      ...formula.vectors.map((name) => read(arrays(name), 1)),
      ...(formula.cells.length > 0 ? [read(options.cells!, 0)] : []),
      ...(options.scalars ?? []),
      count(),
    ], byParameter(elements, options.quantum));
  }

  /**
   * Adds all calls of a program for as many threads. Its buffers in the arena lie over the scratch of this one, which is over by then.
   *
   * @returns the buffer of its output `output`
   * @throws RangeError if the program is for another number of threads: its scratch has room for those alone
   */
  append(program: Program, output: string): BufferRef {
    if (program.ranks !== this.ranks) {
      throw new RangeError(
        `Cannot join programs: they must be for the same number of threads, got ${program.ranks} and ${this.ranks}`,
      );
    }
    const shift = this.#buffers.length;
    for (const buffer of program.buffers) this.#buffers.push(buffer);
    this.#arena = Math.max(this.#arena, program.arenaElements);
    const moved = (arg: Argument): Argument =>
      typeof arg === "object" && "ref" in arg ? { ...arg, ref: { ...arg.ref, buffer: arg.ref.buffer + shift } } : arg;
    for (const { kernel, args, split } of program.instructions) this.call(kernel, args.map(moved), split);
    return { buffer: program.outputs[output] + shift, offset: 0 };
  }

  /** The program. */
  build(): Program {
    const { ranks } = this;
    const buffers = [...this.#buffers];
    const span = (buffer: number): BufferSpan => {
      const { place, elements } = buffers[buffer];
      return { space: place.kind === "model" ? place.block : "arena", offset: place.offset, elements };
    };
    return {
      buffers,
      ...schedulePhases(this.#instructions, span, ranks),
      ranks,
      cost: { flops: 0, bytes: 0 },
      arenaElements: this.#arena,
      inputs: {},
      outputs: {},
    };
  }
}
