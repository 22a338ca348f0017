import { assertEquals } from "@std/assert";
import { ProgramCache } from "../../src/training/program_cache.ts";
import type { LoadedProgram } from "../../src/workers/loaded_program.ts";

/** A program of so many kernel calls, as far as the cache looks at it. */
const programOf = (calls: number): LoadedProgram => ({ program: { instructions: new Array(calls) } }) as never;

/** A cache into which programs go for 1, 2, 3 … samples, and the numbers of samples of those that had to go. */
function createCache(calls: number) {
  const cache = new ProgramCache();
  const gone: number[] = [];
  const rowsOf = new Map<LoadedProgram, number>();
  const add = (rows: number): void => {
    const program = programOf(calls);
    rowsOf.set(program, rows);
    cache.makeRoom((old) => void gone.push(rowsOf.get(old)!));
    cache.keep(program, rows, 1, null);
  };
  return { cache, gone, add };
}

Deno.test("of many programs those are kept that were used last", () => {
  const { cache, gone, add } = createCache(10);
  for (let rows = 1; rows <= 66; rows++) add(rows);
  assertEquals(gone, [1, 2]);
  assertEquals([cache.find(1, 1, null), cache.find(66, 2, null)], [undefined, undefined]);
  assertEquals(cache.find(3, 1, null)?.program.instructions.length, 10);
  add(67);
  add(68);
  assertEquals(gone, [1, 2, 4, 5]);
  cache.clear();
  assertEquals(cache.find(68, 1, null), undefined);
});

Deno.test("of large programs fewer are kept", () => {
  const { gone, add } = createCache(2000);
  for (let rows = 1; rows <= 20; rows++) add(rows);
  assertEquals(gone, [1, 2, 3, 4]);
});

Deno.test("programs for other lengths are others", () => {
  const cache = new ProgramCache();
  const [short, long] = ["4x3", "5x3"].map((key) => ({ key, inputs: [], outputs: [] }));
  cache.keep(programOf(1), 8, 1, short);
  assertEquals(cache.find(8, 1, short)?.program.instructions.length, 1);
  assertEquals([cache.find(8, 1, long), cache.find(8, 1, null)], [undefined, undefined]);
});
