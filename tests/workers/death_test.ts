import { dyingSource } from "./dying_source.ts";
import { withThreads } from "./fake_threads.ts";
import { failFit, listPrograms, recipe } from "./faulty_fit.ts";
import { kernels } from "../../src/kernels/gen/kernels.ts";
import { buildRecipe } from "./recipe.ts";

const BARRIER = kernels["team_barrier"][0];
const LENGTHS = new Map(Object.values(kernels).map(([opcode, signature]) => [opcode, 1 + signature.length]));

function countBarriers(code: Int32Array): number {
  let count = 1; // the one at the end
  for (let i = 0; code[i] !== 0; i += LENGTHS.get(code[i])!) if (code[i] === BARRIER) count++;
  return count;
}

/** How a worker can die, and what must be said of it. */
const deaths: Readonly<Record<string, readonly [deed: string, reason: string]>> = {
  "calls self.close()": ["globalThis.close()", "ended unasked, with code 0"],
  "is ended by the runtime": ["process.exit(3)", "ended unasked, with code 3"],
  "throws": ['throw new RangeError("thrown at a barrier")', "thrown at a barrier"],
};

const programs = await listPrograms(2);
for (const [how, [deed, reason]] of Object.entries(deaths)) {
  for (const [which, { codes }] of programs.entries()) {
    const barriers = countBarriers(codes[1]);
    for (let barrier = 0; barrier < barriers; barrier++) {
      // What differs between the deaths is how they are heard of: one barrier each will do for the others.
      if (how !== "calls self.close()" && barrier !== 1) continue;
      const place = `barrier ${barrier + 1} of ${barriers} of the ${which === 0 ? "step" : "update"}`;
      Deno.test(`rank 1 ${how} at ${place}`, async () => {
        const source = (n: number): string | undefined =>
          n === 1 ? dyingSource({ launch: 3 + which, barrier, deed }) : undefined;
        await withThreads({ source }, async () => {
          const model = buildRecipe(recipe);
          const message = ["worker rank 1 of 2 was lost", reason];
          await failFit(model, { workers: 2, message, steps: 1 + which });
        });
      });
    }
  }
}
