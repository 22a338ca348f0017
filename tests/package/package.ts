/**
 * The package that `deno task npm` builds, installed from its tarball in empty projects: `deno test -A tests/package/package.ts`, with
 * `-- --install` to fetch the runtimes that are missing. It needs npm. What cannot be had is skipped, with the reason in the test's name.
 *
 * @module
 */
import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { buildPackage } from "../../tools/build_package.ts";
import { findEdgePackages } from "../runtimes/find_edge_packages.ts";
import { findRuntimes } from "../runtimes/find_runtimes.ts";
import { runInChromium } from "../runtimes/run_in_chromium.ts";

const TOOLS = ["typescript@5.9.3", "@types/node@22.19.0", "esbuild@0.25.5", "vite@7.1.0"];
const TIMEOUT_MS = 60_000;

const folder = await Deno.makeTempDir({ dir: "/tmp", prefix: "retroprop-npm-" });
globalThis.addEventListener("unload", () => Deno.removeSync(folder, { recursive: true }));

/** Runs a command in the project, and gives what it printed. */
async function run(command: readonly string[], options: { cwd?: string } = {}): Promise<string> {
  const [program, ...args] = command;
  const signal = AbortSignal.timeout(5 * TIMEOUT_MS);
  const settings = { args, cwd: options.cwd ?? folder, signal, stdin: "null", env: { NO_COLOR: "1" } } as const;
  const { success, stdout, stderr } = await new Deno.Command(program, settings).output();
  const text = new TextDecoder().decode(stdout);
  assert(success, `${command.join(" ")} failed:\n${text}\n${new TextDecoder().decode(stderr)}`);
  return text;
}

/** Puts the package and the tools into an empty project. */
async function install(): Promise<void> {
  const built = `${folder}/package`;
  await buildPackage(built);
  const [{ filename }] = JSON.parse(await run(["npm", "pack", "--json", "--pack-destination", folder], { cwd: built }));
  await Deno.writeTextFile(`${folder}/package.json`, '{ "private": true, "type": "module" }\n');
  const quiet = ["--no-audit", "--no-fund", "--loglevel=error"];
  await run(["npm", "install", ...quiet, `./${filename}`, ...TOOLS]);
  for (const name of ["use_package.js", "typed.mts"]) {
    await Deno.copyFile(new URL(name, import.meta.url), `${folder}/${name}`);
  }
}

await install();
const write = (name: string, text: string): Promise<void> => Deno.writeTextFile(`${folder}/${name}`, text);
await write(
  "print.js",
  'import { usePackage } from "./use_package.js";\nconsole.log(JSON.stringify(await usePackage()));\n',
);
await write(
  "page.js",
  'import { usePackage } from "./use_package.js";\n' +
    'const tell = (body) => fetch("/result", { method: "POST", body });\n' +
    "usePackage().then((used) => tell(JSON.stringify(used)), (error) => tell(String(error.stack)));\n",
);

/** What Deno makes of it: every runtime must come to the same. */
const wanted = JSON.parse(await run([Deno.execPath(), "run", "--no-prompt", "-A", "print.js"]));

const mayInstall = Deno.args.includes("--install");
const runtimes = await findRuntimes(mayInstall);
const { node20, missing: noNode20 } = await findEdgePackages(mayInstall);
const node22 = runtimes.find(({ name }) => name === "node 22")!;
const nodes = [node22, { name: "node 20", command: [node20], missing: noNode20 }];
/** What runs the tools: the machine's own node may be too old for them. */
const node = (nodes.find(({ missing }) => missing === undefined) ?? node22).command;
const bun = runtimes.find(({ name }) => name === "bun")!;
const chromium = runtimes.find(({ name }) => name === "chromium")!;

function test(name: string, missing: string | undefined, fn: () => Promise<void>): void {
  Deno.test({ name: `package: ${name}${missing ? ` (skipped: ${missing})` : ""}`, ignore: missing !== undefined, fn });
}

test("what it says of itself is there, and nothing more", undefined, async () => {
  const home = `${folder}/node_modules/retroprop`;
  const description = JSON.parse(await Deno.readTextFile(`${home}/package.json`));
  const named = Object.values(description.exports).flatMap((entry) => Object.values(Object(entry)) as string[]);
  for (const path of [...named, description.main, description.types, description.bin.retroprop]) {
    if (path.length > 1) await Deno.stat(`${home}/${path}`);
  }
  assertEquals([description.type, description.sideEffects], ["module", false]);
  assertEquals(description.dependencies, undefined);
  for (const { name } of Deno.readDirSync(`${home}/dist`)) {
    if (!/\.[jt]s$/.test(name)) continue;
    const text = await Deno.readTextFile(`${home}/dist/${name}`);
    const foreign = /^(?:import|export)\b[^;]* from "(?!\.\/)|^[^*]*\bimport\("(?!\.\/)/m.exec(text);
    assertEquals(foreign, null, `${name} imports something else`);
    const types = name.endsWith(".d.ts") ? text.replace(/\/\*[^]*?\*\//g, "") : "";
    // What explain takes are the library's own classes; of all else there is one file.
    const others = types.replace(
      /^(?:im|ex)port type [^;]* from "\.\/mod\.js";$/gm,
      name === "explain.d.ts" ? "" : "$&",
    );
    assert(!/^\s*import\b|\bfrom "/m.test(others), `${name} is not one file`);
    const map = /^\/\/# sourceMappingURL=(.*)$/m.exec(text)?.[1];
    if (map === undefined) continue;
    const { sources, sourcesContent, file } = JSON.parse(await Deno.readTextFile(`${home}/dist/${map}`));
    assertEquals([file, sources.length], [name, sourcesContent.length]);
    for (const source of sources) assert(/^\.\.\/(src\/|mod\.ts)/.test(source), source);
  }
});

test("source maps lead to the sources", node22.missing, async () => {
  await write("throw.js", 'import { sequential } from "retroprop";\nsequential([]);\n');
  const args = [...node.slice(1), "--enable-source-maps", "throw.js"];
  const { stderr } = await new Deno.Command(node[0], { args, cwd: folder }).output();
  assertStringIncludes(new TextDecoder().decode(stderr), "src/models/");
});

for (const { name, command, missing } of nodes) {
  test(`${name}: import, require and the command`, missing, async () => {
    assertEquals(JSON.parse(await run([...command, "print.js"])), wanted);
    await write(
      "required.cjs",
      'const { sequential, layers } = require("retroprop");\nconst { load } = require("retroprop/edge");\n' +
        'const { runGridCommand } = require("retroprop/cli");\nconsole.log(typeof load, typeof runGridCommand, ' +
        "sequential([layers.dense({ units: 3, inputShape: [2] })]).countParams());\n",
    );
    assertEquals((await run([...command, "required.cjs"])).trim(), "function function 9");
    const bin = `${folder}/node_modules/.bin/retroprop`;
    assertStringIncludes(await run([...command, bin, "--help"]), "--target COLUMN");
    await write(
      "data.csv",
      "a,b,c\n" + Array.from({ length: 20 }, (_, i) => `${i},${i % 3},${i % 2 ? "x" : "y"}`).join("\n"),
    );
    const args = ["--data", "data.csv", "--target", "c", "--hidden", "2", "--lr", "0.01", "--epochs", "2"];
    assertStringIncludes(await run([...command, bin, ...args]), "val_accuracy");
  });
}

test("bun: runs it, and bundles it for browsers", bun.missing, async () => {
  assertEquals(JSON.parse(await run([...bun.command, "print.js"])), wanted);
  const [program] = bun.command;
  await run([program, "build", "--target", "browser", "--outdir", "bun", "page.js"]);
  assert((await Deno.stat(`${folder}/bun/page.js`)).size > 0);
});

for (const [module, moduleResolution] of [["nodenext", "nodenext"], ["esnext", "bundler"]]) {
  test(`tsc --strict, ${moduleResolution}`, node22.missing, async () => {
    const flags = ["--noEmit", "--strict", "--target", "es2023", "--module", module];
    const tsc = [...node, "node_modules/typescript/bin/tsc", ...flags, "--moduleResolution", moduleResolution];
    assertEquals(await run([...tsc, "typed.mts"]), "");
    if (module !== "nodenext") return;
    await write(
      "typed.cts",
      'import retroprop = require("retroprop");\nexport const n: number = retroprop.tensor([1]).size;\n',
    );
    assertEquals(await run([...tsc, "typed.cts"]), "");
  });
}

/** Opens a page with the files of a folder, and compares what it says. */
async function checkPage(site: Map<string, string>): Promise<void> {
  const options = { isIsolated: true, subject: "", timeoutMs: TIMEOUT_MS };
  const said = await runInChromium(chromium.command, site, options);
  assertEquals(said[0] === "{" ? JSON.parse(said) : said, wanted);
}

test("esbuild bundles it for browsers, and the page runs", chromium.missing, async () => {
  const esbuild = ["node_modules/.bin/esbuild", "--bundle", "--format=esm", "--log-level=warning"];
  await run([...esbuild, "page.js", "--outfile=esbuild/page.js"]);
  await checkPage(new Map([["script.js", await Deno.readTextFile(`${folder}/esbuild/page.js`)]]));
  await write("edge_only.js", 'import { load } from "retroprop/edge";\nconsole.log(load);\n');
  await run([...esbuild, "--minify", "edge_only.js", "--outfile=esbuild/edge.js"]);
  const { size } = await Deno.stat(`${folder}/esbuild/edge.js`);
  assert(size < 80_000, `the edge runtime alone takes ${size} bytes`);
});

test("Vite bundles it, and the page runs", chromium.missing, async () => {
  await write("index.html", '<!doctype html><script type="module" src="/page.js"></script>');
  await run([...node, "node_modules/vite/bin/vite.js", "build", "--logLevel", "warn", "--outDir", "vite"]);
  const site = new Map([["script.js", ""]]);
  for (const { name } of Deno.readDirSync(`${folder}/vite/assets`)) {
    const text = await Deno.readTextFile(`${folder}/vite/assets/${name}`);
    site.set(`assets/${name}`, text);
    if (name.startsWith("index")) site.set("script.js", `import "/assets/${name}";`);
  }
  await checkPage(site);
});

test("dist/ runs in a project that is CommonJS", node22.missing, async () => {
  const project = `${folder}/commonjs`;
  await Deno.mkdir(`${project}/dist`, { recursive: true });
  await Deno.writeTextFile(`${project}/package.json`, '{ "type": "commonjs" }\n');
  for (const { name } of Deno.readDirSync("dist")) await Deno.copyFile(`dist/${name}`, `${project}/dist/${name}`);
  await Deno.writeTextFile(
    `${project}/main.js`,
    'import("./dist/mod.js").then(({ tensor }) => console.log(tensor([1, 2]).size));\n',
  );
  assertEquals((await run([...node, "main.js"], { cwd: project })).trim(), "2");
});

test("every factory has a page in the documentation", undefined, async () => {
  const docs = `${folder}/docs`;
  await run([Deno.execPath(), "doc", "--html", "--name=retroprop", `--output=${docs}`, "dist/mod.js"], {
    cwd: Deno.cwd(),
  });
  const library: Record<string, unknown> = await import("../../dist/mod.js");
  let pages = 0;
  for (const [namespace, members] of Object.entries(library)) {
    if (typeof members !== "object") continue;
    for (const name of Object.keys(members as object)) {
      const page = await Deno.readTextFile(`${docs}/~/${namespace}.${name}.html`);
      assertStringIncludes(page, name);
      pages++;
    }
  }
  assert(pages > 140, `${pages} pages`);
});
