import { assertEquals, assertMatch } from "@std/assert";
import { checkTiers } from "../../tools/check_tiers.ts";
import { listImports } from "../../tools/list_imports.ts";

/** A small project that keeps every rule, with some files replaced or added. */
function check(changes: Record<string, string>): string[] {
  const files = {
    "mod.ts": 'export { fit } from "./src/training/fit.ts";\nexport { explain } from "./src/explain/explain.ts";\n',
    "src/errors/fail.ts": "export function fail(): never { throw new Error(); }\n",
    "src/kernels/gen/wasm.ts": 'export const kernelsWasm: string = "";\n',
    "src/ops/matmul.ts": 'import { fail } from "../errors/fail.ts";\nimport { pad } from "./pad.ts";\nfail(); pad();\n',
    "src/ops/pad.ts": "/** @example `import { pad } from 'npm:pad'` */\nexport function pad(): void {}\n",
    "src/training/fit.ts": 'import "../ops/matmul.ts";\nexport const fit = 1;\n',
    "src/explain/explain.ts": 'export { fit as explain } from "../training/fit.ts";\n',
    "src/edge/load.ts": 'import { kernelsWasm } from "../kernels/gen/wasm.ts";\nvoid kernelsWasm;\n',
    "asm/kernel/matmul.ts": "export function matmul_forward(): void {}\n",
    ...changes,
  };
  return checkTiers(new Map(Object.entries(files)));
}

function assertOneBreach(changes: Record<string, string>, expected: RegExp): void {
  const breaches = check(changes);
  assertEquals(breaches.length, 1, breaches.join("\n"));
  assertMatch(breaches[0], expected);
}

Deno.test("checkTiers accepts a project that keeps the rules", () => assertEquals(check({}), []));

Deno.test("checkTiers rejects an upward import", () => {
  assertOneBreach({ "src/ops/x.ts": 'import type { Fit } from "../training/fit.ts";' }, /training\/ is above ops\//);
  assertOneBreach({ "src/ops/x.ts": 'export * from "../training/fit.ts";' }, /training\/ is above ops\//);
  assertOneBreach({ "src/ops/x.ts": 'await import("../training/fit.ts");' }, /training\/ is above ops\//);
  assertOneBreach(
    { "src/ops/x.ts": 'import {\n  a,\n  b,\n} from "../training/fit.ts";' },
    /training\/ is above ops\//,
  );
});

Deno.test("checkTiers rejects unlisted folders and files directly in src/", () => {
  assertOneBreach({ "src/helpers/x.ts": "" }, /src\/helpers\/x\.ts: its folder is not listed/);
  assertOneBreach({ "src/x.ts": "" }, /src\/x\.ts: its folder is not listed/);
});

Deno.test("checkTiers rejects imports of packages and of files outside src/", () => {
  for (const specifier of ["npm:fast-check@4", "jsr:@std/assert", "@std/assert", "retroprop", "https://a.b/c.ts"]) {
    assertOneBreach({ "src/ops/x.ts": `import "${specifier}";` }, /no dependencies/);
  }
  assertOneBreach({ "mod.ts": 'import "npm:pad";' }, /no dependencies/);
  assertOneBreach({ "src/ops/x.ts": 'import "../../tools/tiers.ts";' }, /outside src/);
});

Deno.test("checkTiers keeps edge/ small and explain/ and plot/ unimported", () => {
  assertOneBreach({ "src/edge/x.ts": 'import "../ops/pad.ts";' }, /edge\/ imports only/);
  assertOneBreach({ "src/plot/x.ts": 'import "../explain/explain.ts";' }, /only mod\.ts and examples/);
});

Deno.test("checkTiers lets an entry beside the library import it, and nobody else", () => {
  assertEquals(check({ "src/explain/series.ts": 'import { fit } from "../../mod.ts";\nvoid fit;\n' }), []);
  assertOneBreach({ "src/plot/x.ts": 'import "../../mod.ts";' }, /outside src/);
});

Deno.test("checkTiers rejects upward imports between floors, and floors that are not listed", () => {
  const floors = {
    "src/search/space/space.ts": "export const space = 1;\n",
    "src/search/engine/run.ts": 'export { space } from "../space/space.ts";\n',
    "src/search/cli.ts": 'export { space } from "./engine/run.ts";\n',
  };
  assertEquals(check(floors), []);
  const upward = { ...floors, "src/search/space/x.ts": 'import "../engine/run.ts";' };
  assertOneBreach(upward, /but engine is above space\//);
  assertOneBreach({ ...floors, "src/search/space/x.ts": 'import "../cli.ts";' }, /outside of floors is above space\//);
  assertOneBreach({ "src/search/attic/x.ts": "" }, /attic\/x\.ts: its floor is not listed/);
});

Deno.test("checkTiers accepts imports of generated modules in dist/ that are listed, and of no others", () => {
  assertEquals(check({ "src/search/cli.ts": 'await import("../../dist/report_page.js");' }), []);
  assertOneBreach({ "src/search/cli.ts": 'await import("../../dist/mod.js");' }, /outside src/);
});

Deno.test("checkTiers rejects import cycles", () => {
  assertOneBreach(
    { "src/ops/pad.ts": 'import "./matmul.ts";' },
    /import cycle: src\/ops\/matmul\.ts -> src\/ops\/pad\.ts -> /,
  );
});

Deno.test("checkTiers rejects files over 400 lines outside gen/", () => {
  const long = "// line\n".repeat(401);
  assertOneBreach({ "src/ops/x.ts": long }, /401 lines/);
  assertOneBreach({ "asm/kernel/x.ts": long }, /401 lines/);
  assertEquals(
    check({ "src/ops/x.ts": "// line\n".repeat(400), "asm/gen/x.ts": long, "src/kernels/gen/x.ts": long }),
    [],
  );
});

Deno.test("listImports skips comments and strings", () => {
  const source = [
    '// import "a";',
    '/** import "b"; */',
    'const glob = "src/**/x";',
    'import "c";',
    "const text = 'see /* and //';",
    'import d, * as all from "d";',
    'export const e = "from";',
    'export type { F } from "f";',
  ].join("\n");
  assertEquals(listImports(source), ["c", "d", "f"]);
});
