import { assert, assertEquals } from "@std/assert";
import { countCores } from "../../src/workers/count_cores.ts";

const os = { availableParallelism: (): number => 6 };
const node = { getBuiltinModule: (id: string): unknown => id === "node:os" ? os : undefined };

Deno.test("countCores: what navigator says; else node:os; else 1", () => {
  assertEquals(countCores({ navigator: { hardwareConcurrency: 3 }, process: node }), 3);
  assertEquals(countCores({ process: node }), 6);
  assertEquals(countCores({ navigator: {}, process: node }), 6);
  assertEquals(countCores({ navigator: {} }), 1);
  assertEquals(countCores({ process: {} }), 1);
  const stub = {
    getBuiltinModule(): never {
      throw new Error("not here");
    },
  };
  assertEquals(countCores({ process: stub }), 1);
  assert(countCores() >= 1);
});
