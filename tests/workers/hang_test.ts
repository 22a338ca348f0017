import { assertNotEquals } from "@std/assert";
import { kernels } from "../../src/kernels/gen/kernels.ts";
import type { LoadedProgram } from "../../src/workers/loaded_program.ts";
import { CONTROL } from "../../src/workers/control.ts";
import { failFit, listPrograms, recipe, watchRuns } from "./faulty_fit.ts";
import { buildRecipe } from "./recipe.ts";

const BARRIER = kernels["team_barrier"][0];
const LENGTHS = new Map(Object.values(kernels).map(([opcode, signature]) => [opcode, 1 + signature.length]));

/** The words at which a code has a barrier, and its end. */
function barriersOf(code: Int32Array): number[] {
  const barriers: number[] = [];
  let i = 0;
  for (; code[i] !== 0; i += LENGTHS.get(code[i])!) if (code[i] === BARRIER) barriers.push(i);
  return [...barriers, i];
}

const programs = await listPrograms(2);
for (const [which, { codes }] of programs.entries()) {
  for (const word of barriersOf(codes[1])) {
    Deno.test(`rank 1 hangs before the barrier at word ${word} of the ${which === 0 ? "step" : "update"}`, async () => {
      const model = buildRecipe(recipe);
      const { memory } = model.trainer;
      const first = memory.memory;
      let strange: Int32Array | null = null;
      let hung: LoadedProgram | null = null;
      let addresses: readonly number[] = [];
      watchRuns(model, (loaded, run) => {
        if (run !== 3 + which) return;
        hung = loaded;
        addresses = loaded.addresses;
        // The rank's code up to the barrier, then one of a team of its own, for which nobody else comes.
        const at = first.buffer.byteLength;
        first.grow(1);
        const elsewhere = at + 32768;
        strange = new Int32Array(first.buffer, elsewhere);
        strange[CONTROL.limit] = 2 ** 30;
        const code = [...loaded.codes[1].subarray(0, word), BARRIER, elsewhere, 1, 2, 0];
        new Int32Array(first.buffer, at).set(code);
        loaded.addresses = [addresses[0], at];
      });
      const message = ["worker rank 1 of 2 was lost", "it stopped answering"];
      await failFit(model, { workers: 2, message, steps: 1 + which }, () => hung!.addresses = addresses);
      assertNotEquals(memory.memory, first, "what still runs there must not write into the model");
      // The thread comes out, looks at the team's word, and leaves.
      Atomics.store(strange!, CONTROL.abort, 1);
    });
  }
}
