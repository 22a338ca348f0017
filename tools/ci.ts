/**
 * `.ci/run`: runs every check, test and example and ends with the true `N passed, N failed`.
 *
 * `--static` runs the static checks alone. A stage that is no test counts as one check.
 *
 * @module
 */
import { edgeEntries, filesOf } from "./edge_entries.ts";
import { listExampleStages } from "./list_example_stages.ts";
import { type Outcome, runStage, type Stage } from "./run_stage.ts";

/** What the type check covers. A folder that is missing is a failure. */
const CHECKED = ["mod.ts", "src", "tests/**/*.ts", "tools/*.ts", "bench", "examples"];

/** The modules that are exported: the sources of the bundles. */
const DOCUMENTED = [
  "mod.ts",
  ...edgeEntries.map((entry) => filesOf(entry).source),
  "src/image/image.ts",
  "src/explain/explain.ts",
  "src/search/cli.ts",
];

/** Packages are those of the lock file. deno.json names none: with it, `deno task` would download them all for whoever runs an example. */
const LOCK = ["--lock=deno.lock", "--frozen"];

const staticStages: readonly Stage[] = [
  { name: "format", args: ["fmt", "--check"] },
  { name: "lint", args: ["lint"] },
  { name: "types", args: ["check", ...LOCK, ...CHECKED] },
  // On its own: the types of a browser are in the way of Deno's.
  { name: "types of the report page", args: ["check", ...LOCK, "tools/report_page/main.ts"] },
  {
    name: "types of the playground",
    args: ["check", ...LOCK, "tools/playground/page/main.tsx", "tests/playground/page_in_browser.mts"],
  },
  { name: "documentation", args: ["doc", "--lint", ...DOCUMENTED] },
  { name: "tiers", args: ["run", "--no-prompt", "--allow-read=.", "tools/check_tiers.ts"] },
  { name: "generated files", args: ["task", "build", "--check"] },
  { name: "report page", args: ["run", "--no-prompt", "-A", "tools/bundle_report.ts", "--check"] },
  { name: "image decoders", args: ["run", "--no-prompt", "-A", "tools/bundle_image_decoders.ts", "--check"] },
  { name: "publish", args: ["publish", "--dry-run", "--allow-dirty"] },
];

const testStages: readonly Stage[] = [
  {
    name: "documentation examples",
    args: ["test", ...LOCK, "--doc", "--no-prompt", "mod.ts", "src", "README.md"],
    isTest: true,
  },
  { name: "tests", args: ["task", "test"], isTest: true },
  {
    name: "runtimes",
    args: ["test", ...LOCK, "-A", "--no-prompt", "tests/runtimes/matrix.ts", "--", "--install"],
    isTest: true,
  },
  {
    name: "package",
    args: ["test", ...LOCK, "-A", "--no-prompt", "tests/package/package.ts", "--", "--install"],
    isTest: true,
  },
  {
    name: "notebook",
    args: [
      "test",
      ...LOCK,
      "-A",
      "--no-prompt",
      "tests/notebook/kernel.ts",
      "tests/notebook/lecture.ts",
      "--",
      "--install",
    ],
    isTest: true,
  },
  { name: "fits in processes", args: ["test", ...LOCK, "-A", "--no-prompt", "tests/processes/fits.ts"], isTest: true },
  {
    name: "edge functions on every platform",
    args: ["test", ...LOCK, "-A", "--no-prompt", "tests/runtimes/edge.ts", "--", "--install"],
    isTest: true,
  },
  {
    name: "pages in a browser",
    args: [
      "test",
      ...LOCK,
      "-A",
      "--no-prompt",
      "tests/image/in_browser.ts",
      "tests/examples/digits_page.ts",
      "tests/examples/characters_page.ts",
      "tests/playground/page_in_browser.mts",
      "--",
      "--install",
    ],
    isTest: true,
  },
  {
    name: "search in processes and in a browser",
    args: [
      "test",
      ...LOCK,
      "-A",
      "--no-prompt",
      "tests/search/processes.ts",
      "tests/search/search_processes.ts",
      "tests/search/report_in_browser.ts",
    ],
    isTest: true,
  },
];

/** One stage a run, or one failed stage that says why there is none. */
async function runExamples(): Promise<Outcome[]> {
  let stages: Stage[];
  try {
    const files: string[] = [];
    for await (const { name } of Deno.readDir("examples")) if (name.endsWith(".ts")) files.push(name);
    stages = listExampleStages(files);
  } catch (error) {
    console.log(`\n== examples\n${error instanceof Error ? error.message : error}\nFAILED examples`);
    return [{ passed: 0, failed: 1 }];
  }
  const outcomes: Outcome[] = [];
  for (const stage of stages) outcomes.push(await runStage(stage));
  return outcomes;
}

if (import.meta.main) {
  const unknown = Deno.args.filter((argument) => argument !== "--static");
  if (unknown.length > 0) {
    throw new RangeError(`Cannot run checks: the only option is --static, got ${unknown.join(" ")}`);
  }
  const isStatic = Deno.args.includes("--static");
  const start = performance.now();
  const outcomes: Outcome[] = [];
  for (const stage of isStatic ? staticStages : [...staticStages, ...testStages]) outcomes.push(await runStage(stage));
  if (!isStatic) outcomes.push(...await runExamples());
  const passed = outcomes.reduce((sum, outcome) => sum + outcome.passed, 0);
  const failed = outcomes.reduce((sum, outcome) => sum + outcome.failed, 0);
  console.log(`\n${((performance.now() - start) / 1000).toFixed(0)} s`);
  console.log(`${passed} passed, ${failed} failed`);
  if (failed > 0 || passed === 0) Deno.exit(1);
}
