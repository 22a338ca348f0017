import { assert, assertEquals, assertThrows } from "@std/assert";
import { ops } from "../../mod.ts";
import { listOps, readOpSources } from "../../tools/ops_table.ts";

Deno.test("OPS.md is what the docstrings of the ops say, and has every one", async () => {
  const table = listOps(await readOpSources());
  const onDisk = await Deno.readTextFile(new URL("../../OPS.md", import.meta.url));
  assertEquals(onDisk, table, "run deno run -A tools/ops_table.ts");
  const listed = [...table.matchAll(/^\| `(\w+)\(/gm)].map(([, name]) => name);
  assertEquals(listed.toSorted(), Object.keys(ops).toSorted());
});

Deno.test("an op without a gradient in its docstring is refused", async () => {
  const sources = await readOpSources();
  const path = "src/compose/rows.ts";
  sources.set(path, sources.get(path)!.replace("Gradient: ", ""));
  assertThrows(() => listOps(sources), Error, "l2Normalize must state its shapes and its gradient");
  sources.delete(path);
  assertThrows(() => listOps(sources), Error, "there is no rows.ts");
  assert(sources.size > 5);
});
