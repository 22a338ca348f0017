import { assert, assertAlmostEquals, assertEquals, assertStringIncludes } from "@std/assert";
import { compileModel, describeCompiled, loadModel } from "../../mod.ts";
import { load } from "../../src/edge/load.ts";
import { runGridCommand } from "../../src/search/cli.ts";
import { inFolder } from "../files/in_folder.ts";

/** Runs the command on a table and saves the best model. */
async function save(folder: string, csv: string, ...args: string[]): Promise<{ path: string; text: string }> {
  const [data, path] = [`${folder}/data.csv`, `${folder}/best.safetensors`];
  await Deno.writeTextFile(data, csv);
  let text = "";
  const output = {
    print: (line: string) => void (text += `${line}\n`),
    complain: (line: string) => assert(false, line),
  };
  const code = await runGridCommand(["--data", data, "--quiet", "--save", path, "--hidden", "8", ...args], output);
  assertEquals(code, 0);
  return { path, text };
}

/** y = 3 a + c / 1e5 + 50,000 with a in a few, c in a few hundred thousands; b is always the same. */
const rows = Array.from({ length: 80 }, (_, i) => {
  const [a, c] = [i % 9, 250_000 + 1_000 * (i * 7 % 31)];
  return { a, b: 255, c, y: 50_000 + 300 * a + c / 100 };
});

for (const deviation of ["ordinary", "tiny"] as const) {
  Deno.test(`a saved regression takes rows as they stand in the file and answers in raw units: ${deviation}`, () =>
    inFolder(async (folder) => {
      const unit = deviation === "tiny" ? 1e-13 : 1;
      const csv = `a,b,c,price\n${rows.map(({ a, b, c, y }) => `${a},${b},${c},${y * unit}`).join("\n")}`;
      const { path, text } = await save(folder, csv, "--target", "price", "--lr", "0.03", "--epochs", "150");
      assertStringIncludes(text, `wrote ${path}: takes a, b, c, as they stand in the file; gives price`);
      const model = await loadModel(path);
      assertEquals([model.inputShape, model.columns, model.labels], [[null, 3], ["a", "b", "c"], ["price"]]);
      const x = rows.map(({ a, b, c }) => [a, b, c]);
      const answers = [...model.predict(x).data];
      const mean = rows.reduce((sum, { y }) => sum + y, 0) / rows.length;
      const total = rows.reduce((sum, { y }) => sum + (y - mean) ** 2, 0);
      const rest = rows.reduce((sum, { y }, i) => sum + (y - answers[i] / unit) ** 2, 0);
      assert(rest < 0.02 * total, `it explains ${1 - rest / total}`);
      const [, score] = /best: val_loss ([\d.e-]+)/.exec(text)!;
      assert(Number(score) < 0.1);
      // The loss of the saved model is that of raw units.
      if (unit === 1) {
        const { loss } = model.evaluate(x, rows.map(({ y }) => [y]));
        assertAlmostEquals(loss / (rest / rows.length), 1, 1e-3);
      }

      const bytes = compileModel(model);
      const card = describeCompiled(bytes);
      assertEquals([card.inputs[0].columns, card.outputs[0].labels], [["a", "b", "c"], ["price"]]);
      const edge = load(bytes);
      assertEquals([edge.inputs[0].columns, edge.outputs[0].labels], [["a", "b", "c"], ["price"]]);
      const compiled = edge.predict(x) as number[][];
      compiled.forEach(([answer], i) => assertAlmostEquals(answer / answers[i], 1, 1e-4));
    }));
}

Deno.test("a saved classifier keeps constant columns, and has the names of columns and classes", () =>
  inFolder(async (folder) => {
    const csv = `left,same,shape,kind\n${
      Array.from({ length: 60 }, (_, i) => `${i % 3},0,${["round", "long"][i % 2]},${["ape", "bee", "cat"][i % 3]}`)
        .join("\n")
    }`;
    const { path, text } = await save(folder, csv, "--target", "kind", "--lr", "0.03", "--epochs", "80");
    assertStringIncludes(text, "gives the probabilities of ape, bee, cat");
    const model = await loadModel(path);
    const columns = ["left", "same", "shape=long", "shape=round"];
    assertEquals([model.columns, model.labels, model.inputShape], [columns, ["ape", "bee", "cat"], [null, 4]]);
    const samples = [[0, 0, 0, 1], [1, 0, 1, 0], [2, 0, 0, 1]];
    const answers = model.predict(samples).toArray() as number[][];
    assertEquals(answers.map((row) => model.labels![row.indexOf(Math.max(...row))]), ["ape", "bee", "cat"]);
    const { inputs: [input], outputs: [output] } = describeCompiled(compileModel(model, { weights: "int8" }));
    assertEquals([input.columns, output.labels], [columns, ["ape", "bee", "cat"]]);
    // A value that the column never had does not blow the answer up.
    const other = model.predict([[0, 0.5, 0, 1]]).data;
    assert(other.every(Number.isFinite));
  }));

Deno.test("all 64 inputs of digits stay, although some are the same everywhere", () =>
  inFolder(async (folder) => {
    const names = Array.from({ length: 64 }, (_, j) => `pixel${j}`);
    const csv = [
      [...names, "digit"],
      ...Array.from({ length: 40 }, (_, i) => {
        return [...names.map((_, j) => j % 20 === 0 ? 0 : (i * 7 + j * 3) % 17), i % 4];
      }),
    ].map((row) => row.join(",")).join("\n");
    const { path, text } = await save(folder, csv, "--target", "digit", "--lr", "0.01", "--epochs", "2");
    assertStringIncludes(text, "takes pixel0, pixel1, pixel2, pixel3, pixel4 … (64)");
    const model = await loadModel(path);
    assertEquals([model.inputShape, model.columns?.length], [[null, 64], 64]);
  }));
