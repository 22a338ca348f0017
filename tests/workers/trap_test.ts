import { kernels } from "../../src/kernels/gen/kernels.ts";
import type { LoadedProgram } from "../../src/workers/loaded_program.ts";
import { failFit, listPrograms, recipe, watchRuns } from "./faulty_fit.ts";
import { buildRecipe } from "./recipe.ts";

const LENGTHS = new Map(Object.values(kernels).map(([opcode, signature]) => [opcode, 1 + signature.length]));
const NAMES = new Map(Object.entries(kernels).map(([name, [opcode]]) => [opcode, name]));

/** The words at which the instructions of a code begin, the end included. */
function startsOf(code: Int32Array): number[] {
  const starts = [0];
  for (let i = 0; code[i] !== 0; i += LENGTHS.get(code[i])!) starts.push(i + LENGTHS.get(code[i])!);
  return starts;
}

for (const [workers, rank] of [[2, 1], [3, 2], [3, 1]]) {
  Deno.test(`rank ${rank} of ${workers} traps at any instruction or barrier of a step`, async (t) => {
    const programs = await listPrograms(workers);
    for (const [which, listed] of programs.entries()) {
      for (const start of startsOf(listed.codes[rank])) {
        const name = NAMES.get(listed.codes[rank][start]) ?? "the end";
        await t.step(`${which === 0 ? "forward and backward" : "update"}, word ${start}: ${name}`, async () => {
          const model = buildRecipe(recipe);
          let broken: LoadedProgram | null = null;
          const set = (opcode: number): void => {
            new Int32Array(model.trainer.memory.memory.buffer, broken!.addresses[rank])[start] = opcode;
          };
          watchRuns(model, (loaded, run) => {
            // The third run is the second training step, the fourth its update.
            if (run !== 3 + which) return;
            broken = loaded;
            set(1_000_000);
          });
          const message = [`worker rank ${rank} of ${workers} was lost`, "table index is out of bounds"];
          await failFit(model, { workers, message, steps: 1 + which }, () => set(broken!.codes[rank][start]));
        });
      }
    }
  });
}
