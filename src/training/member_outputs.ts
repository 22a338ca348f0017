import { elementsOfKept } from "../program/compose_members.ts";
import type { Program } from "../program/program.ts";
import type { BatchBuffers, LoadedProgram } from "../workers/loaded_program.ts";

/** What one member of a generation has computed, as the buffers of a program of its own. */
export class MemberOutputs implements BatchBuffers {
  readonly holdsInputs = true;
  /** The number of the member in the program. */
  member = 0;
  readonly #program: LoadedProgram;
  readonly #one: Program;

  /** @param one the program of one member, of which `program` is composed */
  constructor(program: LoadedProgram, one: Program) {
    this.#program = program;
    this.#one = one;
  }

  input(name: string): Float32Array {
    return this.#program.input(name);
  }

  output(name: string): Float32Array {
    const { elements } = this.#one.buffers[this.#one.outputs[name]];
    const begin = this.member * elementsOfKept(elements);
    return this.#program.output(name).subarray(begin, begin + elements);
  }

  hasOutput(name: string): boolean {
    return this.#one.outputs[name] !== undefined;
  }
}
