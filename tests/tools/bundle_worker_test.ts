import { assert, assertEquals, assertRejects, assertStringIncludes } from "@std/assert";
import { bundleWorker, WORKER_SOURCE } from "../../tools/bundle_worker.ts";

/** The program in the text of a generated file. */
const read = (text: string): string =>
  JSON.parse(text.slice(text.indexOf("= [") + 2, text.indexOf("].join")).replace(/,\s*$/, "") + "]").join("\n");

Deno.test("bundleWorker gives the same text twice: that of the file in the repository", async () => {
  const text = await bundleWorker();
  assertEquals(await bundleWorker(), text);
  assertEquals(await Deno.readTextFile(WORKER_SOURCE), text);
  assertStringIncludes(read(text), "function openPort(");
});

Deno.test("bundleWorker joins imports, drops types and refuses packages, exports and what does not resolve", async () => {
  const folder = await Deno.makeTempDir({ dir: "/tmp" });
  const bundle = async (source: string): Promise<string> => {
    await Deno.writeTextFile(`${folder}/entry.ts`, source);
    return read(await bundleWorker(`${folder}/entry.ts`));
  };
  await Deno.writeTextFile(`${folder}/twice.ts`, "export function twice(x: number): number { return 2 * x; }");
  const source = await bundle(
    `import { twice } from "./twice.ts"; (globalThis as { found?: number }).found = twice(21); const s = "\\"\\\\\\u00e9"; console.assert(s.length === 3);`,
  );
  const scope = globalThis as { found?: number };
  await import(`data:text/javascript,${encodeURIComponent(source)}`);
  assertEquals(scope.found, 42);
  delete scope.found;
  assert(!source.includes("number"));
  await assertRejects(() => bundle(`import { cpus } from "node:os"; cpus();`), Error, "no imports");
  await assertRejects(() => bundle(`export const one: number = 1;`), Error, "no exports");
  await assertRejects(() => bundle(`import "./missing.ts";`), Error, "Cannot bundle");
  await Deno.remove(folder, { recursive: true });
});
