import { assertEquals } from "@std/assert";
import type { Sequential } from "../../mod.ts";
import { bindKernels, growMemory } from "../../src/kernels/bind.ts";
import { kernels } from "../../src/kernels/gen/kernels.ts";
import type { LoadedProgram } from "../../src/workers/loaded_program.ts";
import { hashWeights } from "../models/hash_weights.ts";
import { allRecipes } from "./all_recipes.ts";
import { buildRecipe, labelsOf, type Recipe, X } from "./recipe.ts";

/** Which of `count` queues goes on. */
type Choice = (count: number) => number;

const BARRIER = kernels["team_barrier"][0];
const LENGTHS = new Map(Object.values(kernels).map(([opcode, signature]) => [opcode, 1 + signature.length]));

/** The instructions of one rank, phase by phase. */
function phasesOf(code: Int32Array): Int32Array[][] {
  const phases: Int32Array[][] = [[]];
  for (let i = 0; code[i] !== 0; i += LENGTHS.get(code[i])!) {
    if (code[i] === BARRIER) phases.push([]);
    else phases[phases.length - 1].push(code.subarray(i, i + LENGTHS.get(code[i])!));
  }
  return phases;
}

/** Lets the programs of a model run on this thread, the instructions of all ranks mixed as they may be between two barriers. */
function mixRanks(model: Sequential, choose: Choice): void {
  const { memory } = model.trainer;
  memory.run = (loaded: LoadedProgram): void => {
    const ranks = loaded.codes.map(phasesOf);
    const mixed: number[] = [];
    for (let phase = 0; phase < ranks[0].length; phase++) {
      const queues = ranks.map((phases) => [...phases[phase]]);
      for (let left = queues.filter((q) => q.length > 0); left.length > 0; left = left.filter((q) => q.length > 0)) {
        mixed.push(...left[choose(left.length)].shift()!);
      }
    }
    const address = memory.memory.buffer.byteLength;
    growMemory(memory.memory, address + 4 * mixed.length + 4);
    new Int32Array(memory.memory.buffer, address).set([...mixed, 0]);
    bindKernels(memory.memory, model.numerics).run(address);
  };
}

function train(recipe: Recipe, ranks: number, choose: Choice | null): string {
  const model = buildRecipe(recipe);
  if (choose !== null) mixRanks(model, choose);
  model.trainer.ranks = ranks;
  const y = labelsOf(recipe);
  for (const [from, to] of [[0, 13], [13, 46]]) {
    model.trainOnBatch(X.slice(from, to), y.slice(from, to), { sampleWeight: recipe.sampleWeight?.slice(from, to) });
  }
  return hashWeights(model);
}

const choices: Readonly<Record<string, () => Choice>> = {
  "the first rank ahead of all others": () => () => 0,
  "the last rank ahead of all others": () => (count) => count - 1,
  "in turns": () => {
    let turn = 0;
    return (count) => turn++ % count;
  },
  "at random": () => {
    let state = 12345;
    return (count) => {
      state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
      return (state >>> 8) % count;
    };
  },
};

for (const [what, recipes] of Object.entries(allRecipes)) {
  Deno.test(`${what}: no order of the ranks between two barriers changes a bit`, async (t) => {
    for (const [name, recipe] of Object.entries(recipes)) {
      await t.step(name, () => {
        const expected = train(recipe, 1, null);
        for (const ranks of [2, 5]) {
          for (const [order, choose] of Object.entries(choices)) {
            assertEquals(train(recipe, ranks, choose()), expected, `${ranks} ranks, ${order}`);
          }
        }
      });
    }
  });
}
