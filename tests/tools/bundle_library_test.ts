import { assert, assertEquals, assertRejects, assertStringIncludes } from "@std/assert";
import { besideLibrary, bundleLibrary, LIBRARY } from "../../tools/bundle_library.ts";
import { readTree } from "../../tools/read_tree.ts";

Deno.test("bundleLibrary names its types, keeps names, drops types and imports what stays outside", async () => {
  const folder = await Deno.makeTempDir({ dir: "/tmp" });
  await Deno.mkdir(`${folder}/src`);
  await Deno.mkdir(`${folder}/dist`);
  await Deno.writeTextFile(`${folder}/src/shared.ts`, "export class Shared {}\n");
  await Deno.writeTextFile(`${folder}/src/late.ts`, "export const late: number = 5;\n");
  await Deno.writeTextFile(
    `${folder}/src/add.ts`,
    "export function addNumbers(a: number, b: number): number { return a + b; }\n",
  );
  const bundle = (source: string): Promise<string> => {
    Deno.writeTextFileSync(`${folder}/mod.ts`, source);
    return bundleLibrary("mod.ts", ["src/shared.ts", "src/late.ts"]);
  };
  const root = Deno.cwd();
  Deno.chdir(folder);
  try {
    const text = await bundle(
      `export { Shared } from "./src/shared.ts";\nexport { addNumbers } from "./src/add.ts";\n` +
        `export const load = async (): Promise<number> => (await import("./src/late.ts")).late;\n`,
    );
    assert(text.startsWith('/* @ts-self-types="./mod.d.ts" */\n'));
    assertStringIncludes(text, "function addNumbers(a, b) {\n");
    assert(!text.includes(folder), "a path of this machine is in it");
    await Deno.writeTextFile(`${folder}/dist/mod.js`, text);
    for (const path of ["src/shared.ts", "src/late.ts"]) {
      const beside = await bundleLibrary(path, []);
      assert(beside.startsWith("// Generated"), "nobody asks for the types of a part");
      await Deno.writeTextFile(`${folder}/${besideLibrary(path)}`, beside);
    }
    const library = await import(`file://${folder}/dist/mod.js`);
    const { Shared } = await import(`file://${folder}/dist/shared.js`);
    assertEquals(library.addNumbers(2, 3), 5);
    assertEquals(await library.load(), 5);
    assert(library.Shared === Shared, "a class that is outside must be the same for all");
    assertStringIncludes(await bundle(`export const load = () => import("node:fs/promises");`), "node:fs/promises");
    await assertRejects(() => bundle(`export { a } from "https://a.invalid/b.js";`), Error, "Cannot bundle");
    await assertRejects(() => bundle(`import "./missing.ts";`), Error, "Cannot bundle");
  } finally {
    Deno.chdir(root);
    await Deno.remove(folder, { recursive: true });
  }
});

/** What is about the bundle itself: the tests of the tools, what the package's users write, and the examples, which take the bundle. */
const ABOUT_BUNDLE = ["tests/tools/", "tests/package/", "tests/examples/"];

Deno.test("tests import mod.ts, not the bundle, which may be older than the sources", async () => {
  const files = [...await readTree(["tests"])].filter(([path]) =>
    !ABOUT_BUNDLE.some((folder) => path.startsWith(folder))
  );
  assert(files.length > 200);
  assertEquals(files.filter(([, text]) => /\bfrom "retroprop"/.test(text)).map(([path]) => path), []);
});

Deno.test("the bundle exports the names that mod.ts exports", async () => {
  const [bundle, sources] = await Promise.all([import(`../../${LIBRARY}`), import("../../mod.ts")]);
  assertEquals(Object.keys(bundle).sort(), Object.keys(sources).sort());
});
