import { assert, assertEquals } from "@std/assert";
import { edgeEntries, filesOf } from "../../tools/edge_entries.ts";
import { edgeEntries as lists } from "../../src/kernels/gen/edge_kernels.ts";
import { measureEntry } from "../../tools/measure_entry.ts";
import settings from "../../deno.json" with { type: "json" };

for (const entry of edgeEntries) {
  Deno.test(`${entry.specifier} is exported with its kernels, and has less than ${entry.kilobytes} kB to download`, async () => {
    const { source, bundle, kernels: [portable, fast] } = filesOf(entry);
    for (const [specifier, path] of [["", bundle], ["/kernels.wasm", portable], ["/kernels_fast.wasm", fast]]) {
      const name = `${entry.specifier}${specifier}` as keyof typeof settings.imports;
      assertEquals(settings.imports[name], `./${path}`);
      assertEquals(settings.exports[name.replace("retroprop", ".") as keyof typeof settings.exports], `./${path}`);
    }
    const bytes = await measureEntry(source);
    assert(bytes < 1000 * entry.kilobytes, `${bytes} bytes`);
    assert(bytes > 500 * entry.kilobytes, `${bytes} bytes: a smaller limit would hold it`);
  });
}

Deno.test("compiled models know the entries in their order", () => {
  assertEquals(lists.map(([specifier]) => specifier), edgeEntries.map(({ specifier }) => specifier));
});
