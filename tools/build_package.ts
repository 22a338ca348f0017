/**
 * `deno task npm`: builds the package for Node, Bun and bundlers in npm/, from the bundles in dist/; `npm pack` or `npm publish` does
 * the rest. An argument names another folder.
 *
 * @module
 */
import { bundleLibrary, EDGE_RUNTIMES, EXPLAIN, IMAGE, LIBRARY, OUTSIDE, TYPED_BUNDLES } from "./bundle_library.ts";
import { edgeEntries, filesOf } from "./edge_entries.ts";
import { mapBundle } from "./map_bundle.ts";

/** The command line, which Deno runs from its sources. */
const CLI = { entry: "src/search/cli.ts", path: "dist/cli.js" };

/** What a bundle is made of: the path of its module, and what it imports. */
const BUNDLES: readonly { path: string; entry: string; outside: readonly string[] }[] = [
  { path: LIBRARY, entry: "mod.ts", outside: OUTSIDE },
  ...EDGE_RUNTIMES,
  IMAGE,
  EXPLAIN,
  { ...CLI, outside: OUTSIDE },
];

/** The modules of the entries for compiled models: their files, without the ending. */
const WASM = edgeEntries.flatMap((entry) => filesOf(entry).kernels).map(nameOf);

/** What is in the package besides dist/. */
const TEXTS = ["README.md", "LICENSE", "CHANGELOG.md"];

const BIN = `#!/usr/bin/env node
import { runCli } from "../dist/cli.js";

await runCli();
`;

const WASM_TYPES =
  `/** The kernels of the edge runtime, for runtimes that refuse to compile bytes: what \`load(bytes, { module })\` takes. */
declare const module: WebAssembly.Module;
export default module;
`;

/** A file's name without folder and ending. */
function nameOf(path: string): string {
  return path.slice(path.lastIndexOf("/") + 1, path.lastIndexOf("."));
}

/** The text of package.json. */
function describePackage({ version, license }: { version: string; license: string }): string {
  const entry = (name: string) => ({
    types: `./dist/${name}.d.ts`,
    browser: `./dist/${name}.js`,
    default: `./dist/${name}.js`,
  });
  const wasm = (name: string) => ({ types: `./dist/${name}.wasm.d.ts`, default: `./dist/${name}.wasm` });
  const description = {
    name: "retroprop",
    version,
    description: "Neural networks for TypeScript: Keras's layers, losses and optimizers on SIMD kernels in WebAssembly",
    keywords: ["neural-network", "machine-learning", "deep-learning", "keras", "webassembly", "simd"],
    license,
    type: "module",
    sideEffects: false,
    engines: { node: ">=20" },
    main: "./dist/mod.js",
    types: "./dist/mod.d.ts",
    bin: { retroprop: "./bin/retroprop.js" },
    exports: {
      ".": entry("mod"),
      "./cli": { types: "./dist/cli.d.ts", default: "./dist/cli.js" },
      "./image": entry("image"),
      "./explain": entry("explain"),
      ...Object.fromEntries(edgeEntries.flatMap((edge) => {
        const { bundle, kernels: [portable, fast] } = filesOf(edge);
        const path = edge.specifier.replace("retroprop", ".");
        return [
          [path, entry(nameOf(bundle))],
          [`${path}/kernels.wasm`, wasm(nameOf(portable))],
          [`${path}/kernels_fast.wasm`, wasm(nameOf(fast))],
        ];
      })),
      "./package.json": "./package.json",
    },
    files: ["dist", "bin", ...TEXTS],
  };
  return JSON.stringify(description, null, 2) + "\n";
}

/** The types of the command line; the others lie in dist/. */
async function bundleCliTypes(): Promise<string> {
  const args = ["run", "--lock=deno.lock", "--frozen", "-A", "tools/bundle_types.ts", CLI.entry];
  const { success, stdout, stderr } = await new Deno.Command("deno", { args, stdin: "null" }).output();
  if (!success) throw new Error(`Cannot bundle the types: ${new TextDecoder().decode(stderr).trim()}`);
  return (JSON.parse(new TextDecoder().decode(stdout)) as string[])[0];
}

/**
 * Writes the package into a folder, which is emptied before.
 *
 * @throws Error if dist/ is older than the sources
 */
export async function buildPackage(folder: string): Promise<void> {
  await Deno.remove(folder, { recursive: true }).catch((error) => {
    if (!(error instanceof Deno.errors.NotFound)) throw error;
  });
  await Deno.mkdir(`${folder}/dist`, { recursive: true });
  await Deno.mkdir(`${folder}/bin`);
  for await (const { name } of Deno.readDir("dist")) {
    if (name !== "package.json") await Deno.copyFile(`dist/${name}`, `${folder}/dist/${name}`);
  }
  for (const { path, entry, outside } of BUNDLES) {
    // The package has the library in its long form, with a source map.
    const text = await bundleLibrary(entry, outside);
    const inDist = path === LIBRARY || path === EXPLAIN.path
      ? await bundleLibrary(entry, outside, { minify: true })
      : text;
    if (TYPED_BUNDLES.has(entry) && inDist !== await Deno.readTextFile(path)) {
      throw new Error(`Cannot build the package: ${path} must be what the sources give; run \`deno task build\` first`);
    }
    const name = path.slice(path.lastIndexOf("/") + 1);
    const map = await mapBundle(text, name, entry, { external: outside });
    await Deno.writeTextFile(`${folder}/${path}`, `${text.trimEnd()}\n//# sourceMappingURL=${name}.map\n`);
    await Deno.writeTextFile(`${folder}/${path}.map`, map);
  }
  await Deno.writeTextFile(`${folder}/dist/cli.d.ts`, await bundleCliTypes());
  for (const name of WASM) {
    await Deno.copyFile(`src/edge/${name}.wasm`, `${folder}/dist/${name}.wasm`);
    await Deno.writeTextFile(`${folder}/dist/${name}.wasm.d.ts`, WASM_TYPES);
  }
  await Deno.writeTextFile(`${folder}/bin/retroprop.js`, BIN, { mode: 0o755 });
  for (const path of TEXTS) await Deno.copyFile(path, `${folder}/${path}`);
  await Deno.writeTextFile(`${folder}/package.json`, describePackage(JSON.parse(await Deno.readTextFile("deno.json"))));
}

if (import.meta.main) {
  Deno.chdir(new URL("..", import.meta.url));
  const folder = Deno.args[0] ?? "npm";
  await buildPackage(folder);
  console.log(`wrote ${folder}; publish it with \`npm publish ./${folder}\``);
}
