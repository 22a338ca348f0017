/**
 * The library in a notebook, in Deno's own kernel: `deno test -A tests/notebook/kernel.ts`, with `-- --install` to fetch Debian's client for
 * kernels where it is missing. Without it the test is skipped, with the reason in its name.
 *
 * @module
 */
import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { checkDisplay } from "./check_display.ts";
import { missingKernel, runCells } from "./run_cells.ts";

const library = new URL("../../mod.ts", import.meta.url).href;
const explained = new URL("../../src/explain/explain.ts", import.meta.url).href;
const HOSTILE = "<img src=x onerror=alert(1)>";

Deno.test({
  name: `notebook: fits, models, histories, searches and tensors show themselves${
    missingKernel ? ` (skipped: ${missingKernel})` : ""
  }`,
  ignore: missingKernel !== undefined,
  fn: async () => {
    const results = await runCells([
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
      `import { diagnose, explain, watch } from "${explained}";
       const seen = watch();
       const history = await build().fit(x, y, { epochs: 3, callbacks: seen, verbose: 0 });
       explain(model, x, y)`,
      `explain(model, x, y).path("${HOSTILE}/kernel[0,0]")`,
      "seen",
      "diagnose(history, model, { x, y })",
      `const far = build();
       far.learningRate = 1e4;
       await far.fit(x, y, { epochs: 50 }); null`,
      "console.log('lines', await model.fit(x, y, { epochs: 1, verbose: 0 }))",
    ]);
    for (const { status, error } of results) assertEquals([status, error], ["ok", ""]);
    const [, quick, slow, lines, evaluation, grid, history, chain, branched, numbers, image, ...rest] = results;
    const [whole, path, watched, findings, far, printed] = rest;

    assertEquals([quick.streams, quick.displays.length], ["", 1]);
    assert(/^Epoch 3\/3 - .* - loss: 0\.\d{4} - <img /.test(quick.displays[0]["text/plain"]));
    assertEquals(checkDisplay(quick.displays[0]).match(/<svg/g)!.length, 2, "the loss and the metric");
    assertEquals([slow.streams, slow.displays.length], ["", 1]);
    assert(slow.updates[0] >= 2, `drawn anew ${slow.updates[0]} times in 1.2 s`);
    assert(slow.displays[0]["text/plain"].startsWith("Epoch 4/4 - "));
    const epochs = [...lines.streams.matchAll(/^Epoch (\d)\/3 - .* - loss: 0\.\d{4}/gm)].map(([, epoch]) => epoch);
    assertEquals([epochs, lines.displays.length], [["1", "2", "3"], 0]);
    assert(/^1\/1 - .*loss: 0\.\d{4} - <img /.test(evaluation.streams), evaluation.streams);

    assert(/trial|2\/2/i.test(grid.streams), `gridSearch printed: ${grid.streams}`);
    assertStringIncludes(checkDisplay(grid.displays[0], "search"), 'download="search.html"');
    assertEquals(checkDisplay(history.displays[0], "history").match(/<svg/g)!.length, 2);
    assertStringIncludes(history.displays[0]["text/plain"], "History of 3 epochs");
    assertStringIncludes(checkDisplay(chain.displays[0], "model"), "&#60;img src=x");
    assertStringIncludes(chain.displays[0]["text/plain"], 'Model: "sequential"');
    assertStringIncludes(checkDisplay(branched.displays[0], "model"), "<svg");
    assertStringIncludes(numbers.displays[0]["text/html"], "<table");
    assertStringIncludes(checkDisplay(image.displays[0]), "<figcaption>a</figcaption>");
    for (const [result, kind] of [[whole, "explanation"], [path, "path"], [watched, "watch"]] as const) {
      assertStringIncludes(checkDisplay(result.displays[0], kind), "&#60;img src=x");
    }
    assertStringIncludes(path.displays[0]["text/html"], "<math");
    checkDisplay(findings.displays[0], "diagnosis");
    // What a fit says of itself when it is over stands below its curves.
    assertEquals(far.displays.length, 1);
    assertStringIncludes(far.streams, "diagnose");
    assertStringIncludes(printed.streams, "lines History of 1 epoch");
  },
});
