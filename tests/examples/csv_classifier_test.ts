import { assert, assertEquals, assertRejects } from "@std/assert";
import { main } from "../../examples/csv_classifier.ts";
import { loadModel } from "../../mod.ts";

const iris = new URL("../../examples/data/iris.csv", import.meta.url).pathname;

async function run(...args: string[]): Promise<{ text: string; accuracy: number | null }> {
  const lines: string[] = [];
  const accuracy = await main(args, (text) => lines.push(text));
  return { text: lines.join("\n"), accuracy };
}

/** Runs the classifier on a file with the given text. */
async function runText(csv: string, ...args: string[]): Promise<{ text: string; accuracy: number | null }> {
  const path = await Deno.makeTempFile({ dir: "/tmp", suffix: ".csv" });
  try {
    await Deno.writeTextFile(path, csv);
    return await run(path, ...args);
  } finally {
    await Deno.remove(path);
  }
}

Deno.test("csv classifier: at least 95 % of held-out iris flowers over 5 seeds", async () => {
  const { text, accuracy } = await run(iris, "--target=species");
  assert(accuracy !== null && accuracy >= 0.95, `mean held-out accuracy ${accuracy}\n${text}`);
  assert(text.includes("150 samples, 4 features, 3 classes of species"), text);
  assert(text.includes("virginica") && text.includes("predicted") && text.includes("over 5 seeds"), text);
  // 13 of the 50 flowers of a species are held out for each seed: a quarter, rounded.
  const counts = [...text.matchAll(/^(?:setosa|versicolor|virginica) +(\d+) +(\d+) +(\d+)/gm)];
  assertEquals(counts.map((match) => match.slice(1).map(Number).reduce((a, b) => a + b)), [65, 65, 65]);
});

Deno.test("csv classifier: the same seed gives the same result", async () => {
  const args = [iris, "--target=species", "--seeds=1", "--epochs=20"];
  assertEquals((await run(...args)).text, (await run(...args)).text);
});

Deno.test("csv classifier: the saved model answers as the labels file says", async () => {
  const folder = await Deno.makeTempDir({ dir: "/tmp" });
  try {
    const path = `${folder}/iris.safetensors`;
    await run(iris, "--target=species", "--seeds=1", `--save=${path}`, "--quiet");
    const { features, labels } = JSON.parse(await Deno.readTextFile(`${path}.json`));
    assertEquals(features.map(({ column }: { column: string }) => column), [
      "sepal_length",
      "sepal_width",
      "petal_length",
      "petal_width",
    ]);
    const model = await loadModel(path);
    // A typical flower of each species: the means of its 50 flowers, from the data's description.
    const typical = [[5.01, 3.43, 1.46, 0.25], [5.94, 2.77, 4.26, 1.33], [6.59, 2.97, 5.55, 2.03]];
    const answers = (model.predict(typical).toArray() as number[][]).map((row) =>
      labels[row.indexOf(Math.max(...row))]
    );
    assertEquals(answers, ["setosa", "versicolor", "virginica"]);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});

Deno.test("csv classifier: text columns count", async () => {
  // The class depends on the text alone; the number is noise.
  const lines = Array.from(
    { length: 120 },
    (_, i) => `${(i * 7) % 13},${["red", "green", "blue"][i % 3]},${i % 3 === 1 ? "go" : "stop"}`,
  );
  const { accuracy } = await runText(`n,light,what\n${lines.join("\n")}\n`, "--target=what", "--quiet", "--seeds=2");
  assertEquals(accuracy, 1);
});

Deno.test("csv classifier: a column that is constant in training and a rare text do no harm", async () => {
  const lines = Array.from({ length: 40 }, (_, i) => `${i},5,${i === 7 ? "rare" : "usual"},${i < 20 ? "a" : "b"}`);
  const { accuracy } = await runText(`n,c,t,class\n${lines.join("\n")}\n`, "--target=class", "--quiet", "--seeds=5");
  assert(accuracy !== null && accuracy > 0.8, `accuracy ${accuracy}`);
});

Deno.test("csv classifier: bad calls and files are named", async () => {
  await assertRejects(() => run("--target=x"), Error, "1 argument besides flags, got none");
  await assertRejects(() => run(iris), Error, "--target must name the column to predict; columns are: sepal_length");
  await assertRejects(() => run(iris, "--target=kind"), Error, 'there is no column "kind"; columns are: sepal_length');
  await assertRejects(() => run(iris, "--target=species", "--separator=ab"), Error, "one character or tab");
  await assertRejects(
    () => run("/tmp/no-such-file.csv", "--target=x"),
    Error,
    "there is no file /tmp/no-such-file.csv",
  );
  await assertRejects(() => run("/tmp", "--target=x"), Error, "/tmp cannot be read");
  await assertRejects(() => runText("a,b\n1,2\n3\n", "--target=b"), Error, "line 3");
  await assertRejects(() => runText("a,b\n1,x\n2,y\n3,x\n4,y\n", "--target=b"), Error, "three samples or more");
  await assertRejects(() => runText("a,b\n1,x\n2,x\n", "--target=b"), Error, "at least two classes");
  assert((await run("--help")).text.includes("--target"));
});
