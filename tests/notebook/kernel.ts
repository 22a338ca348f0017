/**
 * The library in a notebook, in Deno's own kernel: `deno test -A tests/notebook/kernel.ts`, with `-- --install` to fetch Debian's client for
 * kernels where it is missing. Without it the test is skipped, with the reason in its name.
 *
 * @module
 */
import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { checkMarkup } from "../drawing/check_markup.ts";

/** What a cell gave. */
interface CellResult {
  readonly status: "ok" | "error";
  readonly error: string;
  /** What it printed. */
  readonly streams: string;
  /** What it showed: texts and data by type, as they were last. */
  readonly displays: readonly Record<string, string>[];
  /** How often each was drawn anew. */
  readonly updates: readonly number[];
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

/** What a display must be: text without colours, HTML without anything that runs, data under a type of the library's own. */
function check(display: Record<string, unknown>, kind?: string): string {
  // deno-lint-ignore no-control-regex
  assertEquals(/\x1b/.test(display["text/plain"] as string), false);
  const html = display["text/html"] as string;
  checkMarkup(html.replace(/ (href="data:text\/html|src="data:image\/bmp);base64,[\w+/=]+"/g, ""));
  if (kind !== undefined) {
    const data = display[`application/vnd.retroprop.${kind}.v1+json`] as { kind: string; version: number };
    assertEquals([data.kind, data.version], [kind, 1]);
  }
  return html;
}

const library = new URL("../../mod.ts", import.meta.url).href;
const HOSTILE = "<img src=x onerror=alert(1)>";

Deno.test({
  name: `notebook: fits, models, histories, searches and tensors show themselves${
    missing ? ` (skipped: ${missing})` : ""
  }`,
  ignore: missing !== undefined,
  fn: async () => {
    const results = await runCells(python, [
      `import { callbacks, gridSearch, input, layers, metrics, model as graph, plot, sequential, tensor } from "${library}";
       const x = [[0, 0], [0, 1], [1, 0], [1, 1]], y = [0, 1, 1, 0];
       const build = () => {
         const name = "${HOSTILE}";
         const model = sequential([layers.dense({ units: 1, activation: "sigmoid", inputShape: [2], name })], { seed: 1 });
         model.compile({ optimizer: "sgd", loss: "binary_crossentropy", metrics: [metrics.binaryAccuracy({ name })] });
         return model;
       };
       const model = build();`,
      "await model.fit(x, y, { epochs: 3 }); null",
      `const wait = callbacks.lambdaCallback({ onEpochEnd: () => new Promise((resolve) => setTimeout(resolve, 300)) });
       await model.fit(x, y, { epochs: 4, callbacks: [wait] }); null`,
      "await model.fit(x, y, { epochs: 3, verbose: 2 }); null",
      "model.evaluate(x, y, { verbose: 1 }); null",
      "await gridSearch({ space: { units: [1, 2] }, build, x, y, epochs: 2, validation: { x, y }, seed: 1 })",
      "await model.fit(x, y, { epochs: 3, verbose: 0 })",
      "model",
      `const from = input({ shape: [2], name: "from" });
       graph({ inputs: from, outputs: layers.add().apply([from, layers.dense({ units: 2 }).apply(from)]) })`,
      "tensor([[1, 2], [3, 4]])",
      'plot.images([[0, 1], [1, 0]], { labels: ["a"] })',
      "console.log('lines', await model.fit(x, y, { epochs: 1, verbose: 0 }))",
    ]);
    for (const { status, error } of results) assertEquals([status, error], ["ok", ""]);
    const [, quick, slow, lines, evaluation, grid, history, chain, branched, numbers, image, printed] = results;

    assertEquals([quick.streams, quick.displays.length], ["", 1]);
    assert(/^Epoch 3\/3 - .* - loss: 0\.\d{4} - <img /.test(quick.displays[0]["text/plain"]));
    assertEquals(check(quick.displays[0]).match(/<svg/g)!.length, 2, "the loss and the metric");
    assertEquals([slow.streams, slow.displays.length], ["", 1]);
    assert(slow.updates[0] >= 2, `drawn anew ${slow.updates[0]} times in 1.2 s`);
    assert(slow.displays[0]["text/plain"].startsWith("Epoch 4/4 - "));
    const epochs = [...lines.streams.matchAll(/^Epoch (\d)\/3 - .* - loss: 0\.\d{4}/gm)].map(([, epoch]) => epoch);
    assertEquals([epochs, lines.displays.length], [["1", "2", "3"], 0]);
    assert(/^1\/1 - .*loss: 0\.\d{4} - <img /.test(evaluation.streams), evaluation.streams);

    assert(/trial|2\/2/i.test(grid.streams), `gridSearch printed: ${grid.streams}`);
    assertStringIncludes(check(grid.displays[0], "search"), 'download="search.html"');
    assertEquals(check(history.displays[0], "history").match(/<svg/g)!.length, 2);
    assertStringIncludes(history.displays[0]["text/plain"], "History of 3 epochs");
    assertStringIncludes(check(chain.displays[0], "model"), "&#60;img src=x");
    assertStringIncludes(chain.displays[0]["text/plain"], 'Model: "sequential"');
    assertStringIncludes(check(branched.displays[0], "model"), "<svg");
    assertStringIncludes(numbers.displays[0]["text/html"], "<table");
    assertStringIncludes(check(image.displays[0]), "<figcaption>a</figcaption>");
    assertStringIncludes(printed.streams, "lines History of 1 epoch");
  },
});
