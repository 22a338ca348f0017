import { assert, assertEquals } from "@std/assert";

/** Runs deno with a folder for its downloads that is empty, and says what was printed and which packages lie there afterwards. */
async function runWithEmptyCache(...args: string[]): Promise<{ output: string; errors: string; packages: string[] }> {
  const folder = await Deno.makeTempDir({ dir: "/tmp" });
  try {
    const env = { DENO_DIR: folder, NO_COLOR: "1", DENO_NO_UPDATE_CHECK: "1" };
    const { success, stdout, stderr } = await new Deno.Command("deno", { args, env }).output();
    const [output, errors] = [stdout, stderr].map((bytes) => new TextDecoder().decode(bytes));
    assert(success, errors);
    return { output, errors, packages: await listFolder(`${folder}/npm`) };
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

async function listFolder(path: string): Promise<string[]> {
  const names: string[] = [];
  try {
    for await (const { name } of Deno.readDir(path)) names.push(name);
  } catch (error) {
    if (!(error instanceof Deno.errors.NotFound)) throw error;
  }
  return names;
}

Deno.test("what users run imports no package", async () => {
  const examples = [...Deno.readDirSync("examples")].map(({ name }) => `examples/${name}`);
  const programs = [...examples.filter((path) => path.endsWith(".ts")), "examples/edge/deno.ts", "src/search/cli.ts"];
  assert(programs.length > 4);
  for (const program of programs) {
    const { output } = await runWithEmptyCache("info", "--json", program);
    const { modules } = JSON.parse(output) as { modules: { specifier: string }[] };
    const foreign = modules.filter(({ specifier }) => !/^(file|node):/.test(specifier));
    assertEquals(foreign, [], program);
  }
});

Deno.test("the first run of an example or a task downloads nothing", async () => {
  for (
    const [args, match] of [
      [["run", "--no-prompt", "examples/xor.ts", "--quiet"], "4/4 correct"],
      [["task", "grid", "--", "--help"], "--target"],
    ] as const
  ) {
    const { output, errors, packages } = await runWithEmptyCache(...args);
    assert(output.includes(match), output);
    assert(!errors.includes("Download"), errors);
    assertEquals(packages, []);
  }
});
