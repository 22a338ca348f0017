/**
 * The library in a notebook, in Deno's own kernel: `deno test -A tests/notebook/kernel.ts`, with `-- --install` to fetch Debian's client for
 * kernels where it is missing. Without it the test is skipped, with the reason in its name.
 *
 * @module
 */
import { assert, assertEquals, assertStringIncludes } from "@std/assert";

/** What a cell gave. */
interface CellResult {
  readonly status: "ok" | "error";
  readonly error: string;
  /** What it printed. */
  readonly streams: string;
  /** What it showed: texts by type. */
  readonly displays: readonly Record<string, string>[];
}

const CLIENT = "python3-jupyter-client";
/** Debian's first: another Python does not see Debian's packages. */
const PYTHONS = ["/usr/bin/python3", "python3"];

/** A Python that has the client, or why there is none. */
async function findPython(mayInstall: boolean): Promise<{ python: string; missing?: string }> {
  const find = async (): Promise<string | undefined> => {
    for (const python of PYTHONS) if (await run(python, ["-c", "import jupyter_client"])) return python;
  };
  let python = await find();
  if (python === undefined && mayInstall && Deno.uid() === 0) {
    await run("apt-get", ["update", "-q"]);
    await run("apt-get", ["install", "-q", "-y", "--no-install-recommends", CLIENT]);
    python = await find();
  }
  if (python !== undefined) return { python };
  return { python: "python3", missing: `${CLIENT} is not installed; run the test with \`-- --install\` as root` };
}

async function run(command: string, args: string[]): Promise<boolean> {
  try {
    return (await new Deno.Command(command, { args, stdin: "null", stdout: "null", stderr: "null" }).output()).success;
  } catch {
    return false;
  }
}

async function runCells(python: string, cells: readonly string[]): Promise<CellResult[]> {
  const script = new URL("run_cells.py", import.meta.url).pathname;
  const child = new Deno.Command(python, {
    args: [script, Deno.execPath()],
    env: { NO_COLOR: "1" },
    stdin: "piped",
    stdout: "piped",
    stderr: "piped",
  }).spawn();
  const writer = child.stdin.getWriter();
  await writer.write(new TextEncoder().encode(JSON.stringify(cells)));
  await writer.close();
  const { success, stdout, stderr } = await child.output();
  const [printed, errors] = [stdout, stderr].map((bytes) => new TextDecoder().decode(bytes));
  assert(success, errors);
  return JSON.parse(printed.trim().split("\n").at(-1)!);
}

const { python, missing } = await findPython(Deno.args.includes("--install"));

Deno.test({
  name: `notebook: fit, evaluate and gridSearch print, models and tensors show themselves${
    missing ? ` (skipped: ${missing})` : ""
  }`,
  ignore: missing !== undefined,
  fn: async () => {
    const library = new URL("../../mod.ts", import.meta.url).href;
    const results = await runCells(python, [
      `import { gridSearch, layers, plot, sequential, tensor } from "${library}";
       const x = [[0, 0], [0, 1], [1, 0], [1, 1]], y = [0, 1, 1, 0];
       const build = () => {
         const model = sequential([layers.dense({ units: 1, activation: "sigmoid", inputShape: [2] })], { seed: 1 });
         model.compile({ optimizer: "sgd", loss: "binary_crossentropy", metrics: ["accuracy"] });
         return model;
       };
       const model = build();`,
      "await model.fit(x, y, { epochs: 3 }); null",
      "model.evaluate(x, y, { verbose: 1 }); null",
      "await gridSearch({ space: { units: [1, 2] }, build, x, y, epochs: 2, validation: { x, y }, seed: 1 }); null",
      "await model.fit(x, y, { epochs: 3, verbose: 0 }); null",
      "model",
      "tensor([[1, 2], [3, 4]])",
      'plot.images([[0, 1], [1, 0]], { labels: ["a"] })',
    ]);
    for (const { status, error } of results) assertEquals([status, error], ["ok", ""]);
    const [, fit, evaluation, grid, silent, shownModel, shownTensor, shownImage] = results;
    const epochs = [...fit.streams.matchAll(/^Epoch (\d)\/3 - .* - loss: 0\.\d{4}/gm)].map(([, epoch]) => epoch);
    assertEquals(epochs, ["1", "2", "3"], fit.streams);
    assert(/^1\/1 - .*loss: 0\.\d{4} - accuracy: /.test(evaluation.streams), evaluation.streams);
    assert(/trial|2\/2/i.test(grid.streams), `gridSearch printed: ${grid.streams}`);
    assertEquals(silent.streams, "");
    assertStringIncludes(shownModel.displays[0]["text/plain"], 'Model: "sequential"');
    assertStringIncludes(shownTensor.displays[0]["text/html"], "<table");
    assertStringIncludes(shownImage.displays[0]["text/html"], "<figcaption>a</figcaption>");
  },
});
