/**
 * Bundles the types of modules and all they import into one declaration file each, and prints their texts as JSON:
 * `bundle_types.ts mod.ts`. It is run as a program of its own, since the compiler reads its library from the cache of packages.
 *
 * @module
 */
import { generateDtsBundle } from "./packages/dts.ts";
import { isInDist, OUTSIDE } from "./bundle_library.ts";
import { readTree } from "./read_tree.ts";

/** What the compiler needs to know: browsers' types, and that node's modules exist. None of them is in a public type. */
const CONFIG = {
  compilerOptions: {
    strict: true,
    noImplicitAny: false, // what comes of node's modules, which have no types here
    target: "esnext",
    module: "preserve",
    moduleResolution: "bundler",
    allowImportingTsExtensions: true,
    noEmit: true,
    lib: ["esnext", "dom", "dom.iterable", "dom.asynciterable"],
    typeRoots: ["./types"],
    types: ["runtime"],
  },
};

/** What the sources use of their runtimes: node's modules, and what `import.meta` has besides. */
const RUNTIME_TYPES = `declare module "node:*" {
  const module: any;
  export = module;
}
interface ImportMeta {
  readonly main: boolean;
}
`;

/**
 * The texts of the entries' declaration files, in their order.
 *
 * @param entries paths from the current folder, which must be the root
 * @throws Error if the sources have errors of type
 */
export async function bundleTypes(entries: readonly string[]): Promise<string[]> {
  const folder = await Deno.makeTempDir();
  try {
    const sources = new Map([...await readTree(["src"]), ["mod.ts", await Deno.readTextFile("mod.ts")]]);
    for (const [path, text] of sources) {
      await Deno.mkdir(`${folder}/${path}`.replace(/\/[^/]*$/, ""), { recursive: true });
      await Deno.writeTextFile(`${folder}/${path}`, followTypes(text));
    }
    await Deno.mkdir(`${folder}/dist`);
    for (const path of OUTSIDE.filter(isInDist)) await Deno.copyFile(path, `${folder}/${path}`);
    await Deno.mkdir(`${folder}/types/runtime`, { recursive: true });
    await Deno.writeTextFile(`${folder}/types/runtime/index.d.ts`, RUNTIME_TYPES);
    const files = entries.map((entry) => `${folder}/${entry}`);
    await Deno.writeTextFile(`${folder}/tsconfig.json`, JSON.stringify({ ...CONFIG, files }));
    const output = { noBanner: true, exportReferencedTypes: false };
    const options = { preferredConfigPath: `${folder}/tsconfig.json` };
    return generateDtsBundle(files.map((filePath) => ({ filePath, output })), options);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

/** Writes the module of an import's `@ts-types` in the place of the module itself: the compiler of Node's world knows no such comment. */
export function followTypes(source: string): string {
  return source.replace(/^\/\/ @ts-types="([^"]+)"\n([^;]*from )"[^"]+";/gm, '$2"$1";');
}

if (import.meta.main) {
  const print = console.log;
  console.log = console.warn = () => {}; // the bundler tells what it does
  print(JSON.stringify(await bundleTypes(Deno.args)));
}
