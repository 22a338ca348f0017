/**
 * The notebook of the lecture, cell by cell in Deno's own kernel: `deno test -A tests/notebook/lecture.ts`. What its words say must be what its
 * cells print.
 *
 * @module
 */
import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { checkDisplay } from "./check_display.ts";
import { type CellResult, missingKernel, runCells } from "./run_cells.ts";

interface Notebook {
  readonly cells: readonly {
    readonly id: string;
    readonly cell_type: string;
    readonly source: readonly string[];
    readonly outputs?: readonly unknown[];
    readonly execution_count?: null;
  }[];
  readonly metadata: { readonly kernelspec: { readonly name: string } };
  readonly nbformat: number;
}

const file = new URL("../../examples/lecture.ipynb", import.meta.url);

/** The numbers that a text has after a word. */
function numbersAfter(text: string, word: string): number[] {
  return [...text.matchAll(new RegExp(`${word}\\s+(-?[\\d.]+(?:e[-+]?\\d+)?)`, "g"))].map(([, number]) =>
    Number(number)
  );
}

Deno.test({
  name: `notebook: the lecture runs, and shows what it says${missingKernel ? ` (skipped: ${missingKernel})` : ""}`,
  ignore: missingKernel !== undefined,
  fn: async () => {
    const { cells, metadata, nbformat }: Notebook = JSON.parse(await Deno.readTextFile(file));
    assertEquals([metadata.kernelspec.name, nbformat], ["deno", 4]);
    const code = cells.filter(({ cell_type }) => cell_type === "code");
    for (const { outputs, execution_count } of code) {
      assertEquals([outputs, execution_count], [[], null], "no outputs are stored");
    }
    const results = await runCells(code.map(({ source }) => source.join("")), new URL(".", file));
    const by: Record<string, CellResult> = {};
    code.forEach(({ id }, i) => {
      by[id] = results[i];
      assertEquals([id, results[i].status, results[i].error], [id, "ok", ""]);
      for (const display of results[i].displays) checkDisplay(display);
    });
    const html = (id: string, kind?: string): string => checkDisplay(by[id].displays.at(-1)!, kind);

    // The numbers of the lecture's example.
    for (const number of ["0.41", "0.47", "0.6010878788483698", "0.7795538841677558", "0.24908954146037615"]) {
      assertStringIncludes(by.forward.streams, number);
    }
    assertStringIncludes(by.factors.streams, "0.68493 · 0.19481 · 0.50000 · 0.23978 · 0.10000 = 0.00160");
    assertStringIncludes(by.factors.streams, "-0.17045 · 0.17185 · 0.70000 · 0.23978 · 0.10000 = -0.00049");
    assert(/∂E\/∂w = 0\.00110805/.test(by.gradients.streams), by.gradients.streams);

    // What explain shows of it: the network, the chain of a weight, the step.
    assertStringIncludes(html("explain", "explanation"), "<svg");
    assertEquals(html("path", "path").match(/<math /g)!.length > 2, true);
    const [path] = by.path.displays;
    assertStringIncludes(path["text/latex"], "\\frac{\\partial E}{\\partial w}");
    for (
      const part of [
        "0.68493 · 0.19481 · 0.5 · 0.23978 · 0.1",
        "−0.17045 · 0.17185 · 0.7 · 0.23978 · 0.1",
        "= 0.0011081",
      ]
    ) {
      assertStringIncludes(path["text/plain"], part);
    }
    assertStringIncludes(html("preview", "step"), "w[1][1][1]");
    assertStringIncludes(by["xor-fit"].displays[0]["text/plain"], "accuracy: 1.0000");
    assertStringIncludes(html("xor-fit"), "<svg");
    assertStringIncludes(html("xor-model", "model"), "<td>21</td>");
    assertEquals(html("hidden-sizes").match(/<img /g)!.length, 7);
    assertStringIncludes(html("rates-edge", "rate-comparison"), "<svg");
    const verdicts = [
      ...by["rates-edge"].displays[0]["text/plain"].matchAll(/^ *[\d.]+ {2}(too small|good|too large|diverges)/gm),
    ];
    assertEquals(verdicts.map(([, verdict]) => verdict), ["too small", "good", "good", "too large", "diverges"]);
    assertStringIncludes(html("rates-diagnose", "diagnosis"), "rate_too_large");
    assertStringIncludes(html("remedies", "remedies"), "<td>as it was</td>");
    assertStringIncludes(html("plane", "loss-plane"), "<svg");
    assertStringIncludes(html("rates-search", "search"), "Save the whole report");

    const [descent, stochastic, momentum] = numbersAfter(by.moons.streams, "(?:descent|stochastic|momentum) ").slice(
      -3,
    );
    assert(momentum < descent && stochastic < descent, by.moons.streams);
    const traps = by["traps-seeds"].streams.split("\n");
    assert(/0\.347 after 5000 \(valley\), answers .*0\.50/.test(traps[1]), traps[1]);
    assert(/0\.693 after 200 epochs \(saddle\), 0\.00/.test(traps[2]), traps[2]);
    checkDisplay(by.trap.displays[0], "trap");
    assertStringIncludes(by.trap.displays[0]["text/plain"], "valley");

    const norms = by["vanishing-norms"].streams.split("\n").slice(1, 4).map((line) =>
      line.match(/\de[-+]\d+/g)!.map(Number)
    );
    assert(norms[0][0] / norms[0].at(-1)! < 1e-5 && norms[1][0] > 1e-2 && norms[2][0] > 1e-2);
    assertStringIncludes(html("watch", "watch"), "<svg");
    assertStringIncludes(by.watch.displays[0]["text/plain"], "layer10");
    assertStringIncludes(html("watch-diagnose", "diagnosis"), "vanishing");
    const exploding = by["exploding-norms"].streams.split("\n").slice(1);
    assert(/^as it is .*not finite/.test(exploding[0]), exploding[0]);
    for (const line of exploding.slice(1, 5)) assert(Number(line.split("→")[1]) < 0.1, line);

    const activations = numbersAfter(by.linear.streams, "loss");
    assert(activations[0] > 0.69 && Math.max(...activations.slice(1)) < 0.05, by.linear.streams);
    assertEquals(numbersAfter(by["initialisation-runs"].streams, "loss").map((loss) => loss < 0.1), [
      false,
      false,
      true,
      true,
    ]);
    assertEquals(html("overfitting-runs", "history").match(/<svg/g)!.length, 2);
    const [asItIs, ...remedies] = numbersAfter(by["overfitting-remedies"].streams, "loss unseen");
    for (const loss of remedies) assert(loss < asItIs, by["overfitting-remedies"].streams);

    assert(numbersAfter(by.convolution.streams, "seen:")[0] > 0.95, by.convolution.streams);
    assertStringIncludes(html("filters"), "<img ");
    for (const accuracy of numbersAfter(by["recurrent-cells"].streams, "sequences")) assert(accuracy > 0.95);
    assert(numbersAfter(by["attention-fit"].streams, "sequences")[0] < 0.01, by["attention-fit"].streams);
    assertStringIncludes(html("attention-fit", "model"), "<svg");
    assertStringIncludes(html("attention-curve", "history"), "<svg");
  },
});
