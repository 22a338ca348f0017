import { assert, assertEquals } from "@std/assert";
import fc from "fast-check";
import { evaluateGraph } from "../../src/graph/evaluate_graph.ts";
import { compileProgram } from "../../src/program/compile_program.ts";
import type { Program } from "../../src/program/program.ts";
import { shareOf } from "../../src/program/share_of.ts";
import { sizeOf } from "../../src/tensor/size_of.ts";
import type { Symbolic } from "../../src/tensor/symbolic.ts";
import { type Block, ModelMemory } from "../../src/workers/model_memory.ts";
import { drawNumbers } from "../models/draw_numbers.ts";
import { buildGraph, graphChoices, type RandomGraph } from "./random_graph.ts";

/** Compiles a graph; variables and, if wanted, every second output live in blocks of the model. */
function compile(
  { inputs, outputs }: RandomGraph,
  options: { ranks?: number; placed?: boolean; keepAll?: boolean } = {},
): Program {
  return compileProgram({
    outputs: outputs.map((node, i) => ({
      name: `out${i}`,
      node,
      ...(options.placed && i % 2 === 1 ? { place: { block: `place${i}`, offset: 0 } } : {}),
    })),
    inputs,
    locate: (leaf) => ({ block: leaf.attributes.name as string, offset: 0 }),
    ranks: options.ranks,
    keepAll: options.keepAll,
  });
}

/** What a call touches. Kernels of packed panels and of columns write more than `stride` times the units: to the buffer's end. */
function touched(program: Program, call: Program["instructions"][number]) {
  const found: { buffer: number; writes: boolean; from: number; to: number }[] = [];
  for (const arg of call.args) {
    if (typeof arg === "number" || !("ref" in arg)) continue;
    const { elements } = program.buffers[arg.ref.buffer];
    const writes = arg.kind !== "read";
    const extent = call.split === null ? 1 : call.split.extent;
    const whole = writes || arg.stride === 0 || arg.rowElements !== undefined;
    const to = whole ? elements : Math.min(elements, arg.ref.offset + arg.stride * extent);
    found.push({ buffer: arg.ref.buffer, writes, from: arg.ref.offset, to });
  }
  return found;
}

/**
 * Goes through a program and notes for every element of the arena which buffer wrote it last: what is read as a buffer must have been
 * written as that buffer, or must be an input. Lifetimes are not asked for, so this holds against any way of placing.
 */
function checkArena(program: Program): void {
  const owner = new Int32Array(program.arenaElements).fill(-1);
  const place = (buffer: number): number | null => {
    const { place } = program.buffers[buffer];
    return place.kind === "arena" ? place.offset : null;
  };
  const isOwned = (buffer: number, from: number, to: number): boolean => {
    const offset = place(buffer);
    return offset === null || owner.subarray(offset + from, offset + to).every((o) => o === buffer);
  };
  const take = (buffer: number, from: number, to: number): void => {
    const offset = place(buffer);
    if (offset === null) return;
    assert(offset % 16 === 0, "buffers begin at cache lines");
    assert(offset + to <= program.arenaElements, `buffer ${buffer} ends at ${offset + to} of ${program.arenaElements}`);
    owner.fill(buffer, offset + from, offset + to);
  };
  const inputs = Object.values(program.inputs);
  for (const buffer of inputs) take(buffer, 0, program.buffers[buffer].elements);
  program.instructions.forEach((call, i) => {
    const accesses = touched(program, call);
    const written = new Set(accesses.filter((a) => a.writes).map((a) => a.buffer));
    for (const { buffer, writes, from, to } of accesses) {
      if (!writes) {
        assert(
          isOwned(buffer, from, to),
          `instruction ${i} (${call.kernel}) reads buffer ${buffer}, which something overwrote`,
        );
      }
    }
    for (const buffer of written) {
      const [start, end] = span(program, buffer);
      for (const other of accesses) {
        if (other.buffer === buffer || place(buffer) === null || place(other.buffer) === null) continue;
        const [from, to] = span(program, other.buffer);
        assert(from >= end || to <= start, `instruction ${i} (${call.kernel}) writes over what it reads`);
      }
    }
    for (const { buffer, writes, from, to } of accesses) if (writes) take(buffer, from, to);
  });
  for (const buffer of [...inputs, ...Object.values(program.outputs)]) {
    assert(
      isOwned(buffer, 0, program.buffers[buffer].elements),
      `buffer ${buffer} (${program.buffers[buffer].name}) is lost at the end`,
    );
  }
}

function span(program: Program, buffer: number): [number, number] {
  const { place, elements } = program.buffers[buffer];
  return [place.offset, place.offset + elements];
}

Deno.test("no two buffers of a program are ever in one place at one time", () => {
  fc.assert(
    fc.property(
      graphChoices,
      fc.constantFrom(1, 2, 3),
      fc.boolean(),
      fc.boolean(),
      (choices, ranks, placed, keepAll) => {
        checkArena(compile(buildGraph(choices), { ranks, placed, keepAll }));
      },
    ),
    { seed: 1, numRuns: 400 },
  );
});

Deno.test("within a phase no thread touches what another one writes, and phases keep the order of what hangs together", () => {
  let phases = 0;
  fc.assert(
    fc.property(graphChoices, fc.constantFrom(2, 3, 4), (choices, ranks) => {
      const program = compile(buildGraph(choices), { ranks });
      const bounds = [0, ...program.barriers, program.instructions.length];
      phases += bounds.length - 1;
      for (let p = 0; p + 1 < bounds.length; p++) {
        const accesses = program.instructions.slice(bounds[p], bounds[p + 1]).flatMap((call) =>
          Array.from({ length: ranks }, (_, rank) => accessOfRank(program, call, rank)).flat()
        );
        for (const a of accesses) {
          for (const b of accesses) {
            if (!a.writes || a.rank === b.rank || a.space !== b.space) continue;
            assert(
              a.to <= b.from || b.to <= a.from,
              `rank ${a.rank} writes [${a.from}, ${a.to}) in phase ${p}, rank ${b.rank} touches it`,
            );
          }
        }
      }
    }),
    { seed: 2, numRuns: 150 },
  );
  assert(phases > 200, `${phases} phases`);
});

function accessOfRank(program: Program, call: Program["instructions"][number], rank: number) {
  const { begin, end } = shareOf(call.split, rank, program.ranks);
  const found: { rank: number; space: string; writes: boolean; from: number; to: number }[] = [];
  if (end <= begin) return found;
  for (const arg of call.args) {
    if (typeof arg === "number" || !("ref" in arg)) continue;
    const { place, elements } = program.buffers[arg.ref.buffer];
    const space = place.kind === "arena" ? "arena" : place.block;
    let [from, to] = [arg.ref.offset, elements];
    if (arg.kind === "rank") [from, to] = [from + rank * arg.stride, from + (rank + 1) * arg.stride];
    else if (arg.stride > 0 && arg.rowElements === undefined) {
      [from, to] = [from + arg.stride * begin, Math.min(elements, from + arg.stride * end)];
    } else if (arg.rowElements !== undefined && arg.kind === "write") continue; // columns of a matrix: shares lie between each other
    found.push({ rank, space, writes: arg.kind !== "read", from: place.offset + from, to: place.offset + to });
  }
  return found;
}

Deno.test("shares cover every unit once and are cut at the quantum", () => {
  fc.assert(
    fc.property(
      fc.nat(1000),
      fc.constantFrom(1, 4, 8, 4096),
      fc.integer({ min: 1, max: 9 }),
      (extent, quantum, ranks) => {
        let at = 0;
        for (let rank = 0; rank < ranks; rank++) {
          const { begin, end } = shareOf({ axis: "batch", extent, quantum }, rank, ranks);
          assertEquals(begin, at);
          assert(begin % quantum === 0 || begin === extent);
          at = end;
        }
        assertEquals(at, extent);
        assertEquals(Array.from({ length: ranks }, (_, r) => shareOf(null, r, ranks).end), [
          1,
          ...new Array(ranks - 1).fill(0),
        ]);
      },
    ),
    { seed: 3 },
  );
});

Deno.test("a program is plain data: a clone of it runs the same", () => {
  fc.assert(
    fc.property(graphChoices, (choices) => {
      const program = compile(buildGraph(choices));
      assertEquals(structuredClone(program), program);
      assertEquals(JSON.parse(JSON.stringify(program)), program);
    }),
    { seed: 4, numRuns: 30 },
  );
});

Deno.test("random graphs on the kernels agree with their float64 reference, wherever buffers lie", () => {
  let checked = 0;
  fc.assert(
    fc.property(graphChoices, fc.boolean(), (choices, placed) => {
      const built = buildGraph(choices);
      const program = compile(built, { placed });
      const values = new Map<string, Float32Array>();
      const blocks: Block[] = built.variables.map((v) => ({
        name: v.attributes.name as string,
        elements: sizeOf(v.shape),
      }));
      built.outputs.forEach((node, i) => blocks.push({ name: `place${i}`, elements: sizeOf(node.shape) }));
      const memory = new ModelMemory(blocks, "fast");
      const loaded = memory.load(program);
      [...built.variables, ...built.inputs].forEach((leaf, i) => {
        const name = leaf.attributes.name as string;
        const data = Float32Array.from(drawNumbers(1, sizeOf(leaf.shape), i + 1)[0]);
        values.set(name, data);
        (leaf.op === "input" ? loaded.input(name) : memory.view(name)).set(data);
      });
      loaded.run();
      loaded.run(); // a second run on the same inputs gives the same: inputs stay
      const expected = evaluateGraph(
        built.outputs,
        (leaf: Symbolic) => Float64Array.from(values.get(leaf.attributes.name as string)!),
      );
      built.outputs.forEach((_, i) => {
        const found = loaded.output(`out${i}`);
        const largest = expected[i].reduce((m, v) => Math.max(m, Math.abs(v)), 1);
        assertEquals(found.length, expected[i].length);
        found.forEach((v, j) => {
          // Up to 15 ops deep, each adding some roundings relative to its largest element: a wrong buffer differs in the first digit.
          const error = Math.abs(v - expected[i][j]);
          assert(
            error <= 2e-4 * largest || !Number.isFinite(expected[i][j]) || largest > 1e6,
            `out${i}[${j}]: ${v}, reference ${expected[i][j]}`,
          );
          checked++;
        });
      });
    }),
    { seed: 5, numRuns: 200 },
  );
  assert(checked > 10_000, `${checked} numbers checked`);
});
