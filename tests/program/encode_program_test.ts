import { assert, assertEquals, assertThrows } from "@std/assert";
import fc from "fast-check";
import { kernels } from "../../src/kernels/gen/kernels.ts";
import { compileProgram } from "../../src/program/compile_program.ts";
import { encodeProgram } from "../../src/program/encode_program.ts";
import type { BufferPlace, Program } from "../../src/program/program.ts";
import { buildGraph, graphChoices } from "./random_graph.ts";

/** Addresses that are all different, so that one taken for another shows. */
function addressOf(place: BufferPlace): number {
  if (place.kind === "arena") return 2_000_000 + 4 * place.offset;
  return 10_000_000 + 100_000 * Number(place.block.slice(1)) + 4 * place.offset;
}

interface Call {
  readonly kernel: string;
  readonly words: readonly number[];
}

/** Reads code back with nothing but the table of kernels. */
function decode(code: Int32Array): Call[] {
  const names = new Map(
    Object.entries(kernels).map(([name, [opcode, signature]]) => [opcode, [name, signature]] as const),
  );
  const floats = new Float32Array(code.buffer, code.byteOffset, code.length);
  const calls: Call[] = [];
  let at = 0;
  while (code[at] !== 0) {
    const [kernel, signature] = names.get(code[at++])!;
    calls.push({ kernel, words: [...signature].map((kind) => kind === "f" ? floats[at++] : code[at++]) });
  }
  assertEquals(at, code.length - 1, "0 ends the code, and nothing follows");
  return calls;
}

function programs(ranks: number): fc.Arbitrary<Program> {
  return graphChoices.map((choices) => {
    const { inputs, outputs } = buildGraph(choices);
    return compileProgram({
      outputs: outputs.map((node, i) => ({ name: `${i}`, node })),
      inputs,
      locate: (leaf) => ({ block: leaf.attributes.name as string, offset: 0 }),
      ranks,
    });
  });
}

Deno.test("code for one thread: every instruction in order, with its addresses, counts and scalars", () => {
  fc.assert(
    fc.property(programs(1), (program) => {
      const calls = decode(encodeProgram(program, addressOf));
      assertEquals(calls.map((call) => call.kernel), program.instructions.map((i) => i.kernel));
      program.instructions.forEach(({ args, split }, i) => {
        const units = split === null ? 1 : split.extent;
        const expected = args.map((arg) => {
          if (typeof arg === "number") return Math.fround(arg);
          if (arg.kind === "count") return units * arg.times;
          if (!("ref" in arg)) return 0; // no address, or the first unit of all
          return addressOf(program.buffers[arg.ref.buffer].place) + 4 * arg.ref.offset;
        });
        assertEquals(calls[i].words.map(Math.fround), expected.map(Math.fround));
      });
    }),
    { seed: 1, numRuns: 200 },
  );
});

Deno.test("code for several threads: together they do every unit once, and all meet at the same barriers", () => {
  fc.assert(
    fc.property(fc.constantFrom(2, 3, 5).chain((ranks) => programs(ranks)), (program) => {
      const { ranks } = program;
      const codes = Array.from({ length: ranks }, (_, rank) => decode(encodeProgram(program, addressOf, rank, 64)));
      const phasesOf = (calls: Call[]): Call[][] => {
        const phases: Call[][] = [[]];
        for (const call of calls) {
          if (call.kernel === "team_barrier") phases.push([]);
          else phases[phases.length - 1].push(call);
        }
        return phases;
      };
      codes.forEach((calls, rank) => {
        const meetings = calls.filter((call) => call.kernel === "team_barrier");
        assertEquals(meetings.length, program.barriers.length);
        for (const { words } of meetings) assertEquals(words, [64, rank, ranks]);
      });
      const bounds = [0, ...program.barriers, program.instructions.length];
      const next = codes.map((calls) => phasesOf(calls).map((phase) => [...phase]));
      for (let p = 0; p + 1 < bounds.length; p++) {
        for (const { kernel, args, split } of program.instructions.slice(bounds[p], bounds[p + 1])) {
          // Every rank either does a share of this instruction next, or none of it.
          let units = 0;
          const counter = args.findIndex((arg) => typeof arg === "object" && arg.kind === "count");
          const taken = next.filter((phases, rank) => {
            const call = phases[p][0];
            if (split === null ? rank !== 0 : !isShare(call, kernel, args, program, rank)) return false;
            phases[p].shift();
            if (counter >= 0) units += call.words[counter] / (args[counter] as { times: number }).times;
            return true;
          }).length;
          assert(taken >= 1, kernel);
          if (counter >= 0 && split !== null && split.axis !== "every") assertEquals(units, split.extent, kernel);
        }
        for (const phases of next) assertEquals(phases[p], [], "nothing is left over in the phase");
      }
    }),
    { seed: 2, numRuns: 100 },
  );
});

/** Whether a call is a share of an instruction: its kernel, and addresses at the buffers' beginnings or later. */
function isShare(
  call: Call | undefined,
  kernel: string,
  args: Program["instructions"][number]["args"],
  program: Program,
  rank: number,
): boolean {
  if (call?.kernel !== kernel) return false;
  return args.every((arg, i) => {
    if (typeof arg === "number") return Math.fround(arg) === Math.fround(call.words[i]);
    if (!("ref" in arg)) return true;
    const begin = addressOf(program.buffers[arg.ref.buffer].place) + 4 * arg.ref.offset;
    if (arg.kind === "rank") return call.words[i] === begin + 4 * rank * arg.stride;
    return arg.stride === 0
      ? call.words[i] === begin
      : (call.words[i] - begin) % (4 * arg.stride) === 0 && call.words[i] >= begin;
  });
}

Deno.test("unknown kernels and wrong numbers of arguments are refused", () => {
  const program = (kernel: string, args: number[]): Program => ({
    buffers: [],
    instructions: [{ kernel, args, split: null }],
    ranks: 1,
    barriers: [],
    cost: { flops: 0, bytes: 0 },
    arenaElements: 0,
    inputs: {},
    outputs: {},
  });
  assertThrows(() => encodeProgram(program("there_is_none", []), addressOf), Error, 'Unknown kernel "there_is_none"');
  assertThrows(
    () => encodeProgram(program("add_forward", [1]), addressOf),
    Error,
    "Kernel add_forward takes 4 arguments (pppi), got 1",
  );
});
