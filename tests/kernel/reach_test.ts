import { assert, assertEquals, assertThrows } from "@std/assert";
import { blocksRuntime } from "../../src/edge/blocks_runtime.ts";
import { sequencesRuntime } from "../../src/edge/sequences_runtime.ts";
import { edgeRuntime } from "../../src/edge/edge_runtime.ts";
import { bindKernels, createMemory } from "../../src/kernels/bind.ts";
import type { Numerics } from "../../src/kernels/numerics.ts";
import { evaluateExpression, type KernelExpression, parseExpression } from "../../tools/kernel_expression.ts";
import type { KernelArray } from "../../tools/kernel_row.ts";
import type { Kernel } from "../../tools/parse_kernels.ts";
import { readKernels } from "../../tools/read_kernels.ts";
import { drawArguments, type DrawnArguments } from "./draw_arguments.ts";
import { type Machine, runKernel, type RunOptions, SHELF } from "./kernel_machine.ts";

/** What one trial takes at most, in elements. */
const MOST = 2 ** 17;
const BYTES = 8 * MOST + 4 * SHELF;
/** Trials of a hand-written kernel, and of one that is made of a formula: those are all alike. */
const TRIALS = 16, FORMULA_TRIALS = 4;

/** Arguments that are not drawn. */
const FIXED: Readonly<Record<string, Readonly<Record<string, number>>>> = {
  team_barrier: { ranks: 1 }, // others would be waited for
  gather_rows: { width: 21 }, // what is gathered lies on the shelf
  // other kernels are called by these codes
  lstm_forward: { activation: 0, gate: 0 },
  lstm_backward: { activation: 0, activationBack: 0, gateBack: 0 },
  gru_forward: { activation: 0, gate: 0 },
  gru_backward: { activationBack: 0, gateBack: 0 },
  gru_reset_before_forward: { activation: 0, gate: 0 },
  gru_reset_before_backward: { activationBack: 0, gateBack: 0 },
  simple_rnn_forward: { activation: 0 },
  simple_rnn_backward: { activationBack: 0 },
};

/** Arrays that hold addresses. */
const PREPARED: Readonly<Record<string, RunOptions["prepare"]>> = {
  // Samples in the order in which they lie, from the first on.
  gather_rows(words, addressOf, shelf) {
    for (let i = 0; i < SHELF; i++) words[shelf + i] = i;
    words.set([4 * shelf, 0, 0], addressOf("cell"));
  },
};

/** A generator of integers below `limit`. */
function createDice(seed: number): (limit: number) => number {
  let state = seed;
  return (limit) => Math.floor((state = state * 48271 % 2147483647) / 2147483647 * limit);
}

/** Arguments whose arrays fit into the memory, and which pass the row's checks. */
function draw({ name, parameters, checks }: Kernel, dice: (limit: number) => number): DrawnArguments {
  for (;;) {
    const drawn = drawArguments(parameters, dice, FIXED[name]);
    const valueOf = (e: KernelExpression): number => evaluateExpression(e, drawn.values);
    if (checks.some(({ left, right }) => valueOf(left) > valueOf(right))) continue;
    const sizes = Object.values(drawn.values).map((v) => Math.abs(v) + 1).sort((a, b) => b - a);
    if (sizes.slice(0, 4).reduce((product, v) => product * v, 1) < MOST / 16) return drawn;
  }
}

/** Tries a kernel with arguments of all kinds. */
function tryKernel(machine: Machine, kernel: Kernel, seed: number): void {
  const dice = createDice(seed);
  const trials = kernel.path.startsWith("asm/gen/") ? FORMULA_TRIALS : TRIALS;
  for (let trial = 0; trial < trials; trial++) {
    const drawn = draw(kernel, dice);
    const { values, absent } = drawn;
    const arrays = kernel.parameters.filter((p) => p.kind === "array").filter(({ name }) => !absent.has(name));
    const what = `${kernel.name} ${JSON.stringify(values)} without ${[...absent].join(", ") || "nothing"}`;
    const options = { seed: seed + trial, prepare: PREPARED[kernel.name] };
    const last = arrays[dice(arrays.length)].name;
    const plain = runKernel(machine, kernel, drawn, { ...options, background: 0 });
    const other = runKernel(machine, kernel, drawn, { ...options, background: 1, last });
    assertEquals([...plain.stray, ...other.stray], [], `${what} writes beyond what its row states`);
    for (const array of arrays) {
      const [a, b] = [plain.written.get(array.name), other.written.get(array.name)];
      if (a === undefined || b === undefined) continue;
      const bad = a.findIndex((word, i) => word !== b[i]);
      assertEquals(bad, -1, `${what}: ${array.name}[${bad}] is not written, or depends on what no extent states`);
      for (const read of array.mayBe.filter((name) => !absent.has(name))) {
        const inPlace = [array.name, read] as const;
        const same = runKernel(machine, kernel, drawn, { ...options, background: 0, inPlace });
        assertEquals(same.stray, [], `${what} writes beyond, where ${array.name} is ${read}`);
        for (const [name, words] of plain.written) {
          assertEquals(same.written.get(name), words, `${what}: ${name}, where ${array.name} is ${read}`);
        }
      }
    }
  }
}

for (const numerics of ["fast", "portable"] as const satisfies Numerics[]) {
  Deno.test(`every kernel touches what its row states: it writes all of it and nothing else, and needs nothing else (${numerics})`, async () => {
    const memory = createMemory(BYTES);
    const machine = { memory, ...bindKernels(memory, numerics) };
    for (const kernel of await readKernels()) tryKernel(machine, kernel, 1 + kernel.opcode);
  });
}

/** The same kernel with a row that says something else of an array. */
function withArray(kernels: readonly Kernel[], name: string, array: string, change: Partial<KernelArray>): Kernel {
  const kernel = kernels.find((other) => other.name === name)!;
  const parameters = kernel.parameters.map((p) => p.name === array && p.kind === "array" ? { ...p, ...change } : p);
  return { ...kernel, parameters };
}

Deno.test("a row that is wrong is noticed", async () => {
  const memory = createMemory(BYTES);
  const machine = { memory, ...bindKernels(memory, "fast") };
  const kernels = await readKernels();
  const extent = parseExpression;
  const wrong: readonly (readonly [string, string, Partial<KernelArray>, string])[] = [
    ["softmax_forward", "y", { extent: extent("rows * width - min(rows, 1)") }, "writes beyond"],
    ["softmax_forward", "y", { extent: extent("rows * width + 1") }, "is not written"],
    ["softmax_forward", "x", { extent: extent("rows * width - min(rows, 1)") }, "depends on what no extent states"],
    ["sum_columns_forward", "y", { wholeVectors: false }, "writes beyond"],
    ["sum_columns_forward", "x", { extent: extent("rows(rows, columns, columns)") }, "depends on"],
    ["softmax_crossentropy_backward", "dz", { mayBe: ["t"] }, "where dz is t"],
    ["group_norm_backward", "work", { extent: extent("channels") }, "writes beyond"],
    ["matmul_small_n", "c", { extent: extent("m * n") }, "writes beyond"],
    ["pack_rows", "packed", { extent: extent("up(m, 4) * k") }, "is not written"],
    ["strided_add", "y", { access: "written" }, "depends on"],
  ];
  for (const [name, array, change, message] of wrong) {
    assertThrows(() => tryKernel(machine, withArray(kernels, name, array, change), 5), Error, message);
  }
});

const RUNTIMES = [[edgeRuntime, ""], [blocksRuntime, "blocks_"], [sequencesRuntime, "sequences_"]] as const;
for (const [i, [runtime, prefix]] of RUNTIMES.entries()) {
  for (const file of [`${prefix}kernels.wasm`, `${prefix}kernels_fast.wasm`]) {
    Deno.test(`so do the kernels of the edge runtimes (${file})`, async () => {
      const bytes = await Deno.readFile(new URL(`../../src/edge/${file}`, import.meta.url));
      const { memory, run, heapBase } = new WebAssembly.Instance(new WebAssembly.Module(bytes), {})
        .exports as unknown as {
          memory: WebAssembly.Memory;
          run: (address: number) => void;
          heapBase: () => number;
        };
      memory.grow(Math.ceil(BYTES / 65536));
      const kernels = await readKernels({ edge: true });
      let tried = 0;
      for (const kernel of kernels) {
        const opcode = kernel.isForLoader
          ? runtime.packOpcode
          : runtime.operations.get(kernel.operations[0].name)?.opcode;
        // Of the last entry only what the one before has not: the rest is the same code.
        if (opcode === undefined || i === 2 && opcode <= blocksRuntime.actions.length) continue;
        tryKernel({ memory, run, heapBase: heapBase() }, { ...kernel, opcode }, opcode);
        tried++;
      }
      assert(tried >= 1);
    });
  }
}
