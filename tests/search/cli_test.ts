import { assert, assertEquals, assertStringIncludes, assertThrows } from "@std/assert";
import { loadModel } from "../../mod.ts";
import { runGridCommand } from "../../src/search/cli.ts";
import { encodeCsv } from "../../src/search/cli/encode_csv.ts";
import { readGridFlags } from "../../src/search/cli/grid_flags.ts";
import { parseDimension } from "../../src/search/cli/parse_dimension.ts";
import { readCsv } from "../../src/search/cli/read_csv.ts";
import { inFolder } from "../files/in_folder.ts";

const IRIS = "examples/data/iris.csv";

/** Runs the command; gives its exit code and what it said. */
async function run(...args: string[]): Promise<{ code: number; text: string; error: string }> {
  let text = "", error = "";
  const code = await runGridCommand(args, {
    print: (line) => void (text += `${line}\n`),
    complain: (line) => void (error += `${line}\n`),
  });
  return { code, text, error };
}

Deno.test("a grid on iris: report, table, model, journal, status, resume", () =>
  inFolder(async (folder) => {
    const journal = `${folder}/run.db`;
    const grid = ["--data", IRIS, "--target", "species", "--hidden", "4,8", "--lr", "0.003..0.03:log:2", "--quiet"];
    const files = [
      "--report",
      `${folder}/report.html`,
      "--csv",
      `${folder}/trials.csv`,
      "--save",
      `${folder}/best.safetensors`,
    ];
    const first = await run(...grid, "--folds=3", "--epochs=60", "--journal", journal, ...files);
    assertEquals([first.code, first.error], [0, ""]);
    const [, score] = /best: val_accuracy ([\d.]+) ±/.exec(first.text)!;
    assert(Number(score) > 0.9);
    assertStringIncludes(await Deno.readTextFile(`${folder}/report.html`), "<!doctype html>");
    assertEquals((await Deno.readTextFile(`${folder}/trials.csv`)).trim().split("\n").length, 5);
    const model = await loadModel(`${folder}/best.safetensors`);
    const samples = readCsv(await Deno.readTextFile(IRIS)).rows.map((row) => row.slice(0, 4).map(Number));
    assertEquals((model as unknown as { predict(x: number[][]): { shape: number[] } }).predict(samples).shape, [
      150,
      3,
    ]);

    const status = await run("--status", "--journal", journal);
    assertStringIncludes(status.text, "4 trials: 4 done, 0 pruned, 0 failed");
    assertStringIncludes(status.text, "val_accuracy");
    const again = await run(...grid, "--folds=3", "--epochs=60", "--journal", journal);
    assertEquals(again.code, 1);
    assertStringIncludes(again.error, "continue it with --resume");
    const resumed = await run(...grid, "--folds=3", "--epochs=60", "--journal", journal, "--resume");
    assertEquals(resumed.text.split("best:")[1], first.text.split("best:")[1]);
    const other = await run(...grid, "--folds=3", "--epochs=61", "--journal", journal, "--resume");
    assertStringIncludes(other.error, "they differ in epochs: 60 in the journal, 61 now");
  }));

Deno.test("files that cannot be written are refused before the search", () =>
  inFolder(async (folder) => {
    const journal = `${folder}/run.db`;
    const grid = ["--data", IRIS, "--target", "species", "--epochs", "1", "--journal", journal];
    for (
      const [flag, path, message] of [
        ["--save", `${folder}/none/m.safetensors`, "there is no such file or folder"],
        ["--csv", `${folder}/none/trials.csv`, "there is no such file or folder"],
        ["--report", `${folder}/none/report.html`, "there is no such file or folder"],
        ["--save", `${folder}/m.h5`, "safetensors"],
      ]
    ) {
      const { code, text, error } = await run(...grid, flag, path);
      assertEquals([code, text], [1, ""]);
      assertStringIncludes(error, message);
    }
    assertEquals([...Deno.readDirSync(folder)], [], "no search has begun");
  }));

Deno.test("mistakes on the command line end with 1 and say what is wrong", async () => {
  const cases: [string[], string][] = [
    [["--dta", "x.csv"], "there is no flag --dta"],
    [["x.csv"], '"x.csv" is no flag'],
    [["--data"], "--data needs a value"],
    [["--data", "--target"], "--data needs a value"],
    [["--seed=1", "--seed=2"], "given twice"],
    [["--resume=yes"], "takes no value"],
    [["--target", "species"], "--data FILE.csv is missing"],
    [["--data", IRIS], "--target COLUMN is missing"],
    [["--data", "none.csv", "--target", "y"], "none.csv"],
    [["--data", IRIS, "--target", "name"], "columns are: sepal_length"],
    [["--data", IRIS, "--target", "species", "--lr", "fast"], "--lr must be numbers"],
    [["--data", IRIS, "--target", "species", "--hidden", "2.5"], "--hidden must be numbers"],
    [["--data", IRIS, "--target", "species", "--folds=3", "--split=0.1"], "exclude each other"],
    [["--data", IRIS, "--target", "species", "--resume"], "--resume needs --journal"],
    [["--data", IRIS, "--target", "species", "--resume", "--journal", "/tmp/no/such/run.db"], "journal"],
    [["--data", IRIS, "--target", "species", "--sampler", "gird"], "sampler"],
    [["--data", IRIS, "--target", "species", "--epochs", "many"], "--epochs must be a number"],
    [["--data", IRIS, "--target", "species", "--task", "regression"], "must hold numbers"],
    [["--status"], "--status needs --journal"],
  ];
  for (const [args, text] of cases) {
    const { code, error } = await run(...args);
    assertEquals(code, 1, args.join(" "));
    assertStringIncludes(error, text, args.join(" "));
  }
  assertStringIncludes((await run("--help")).text, "--journal FILE.db");
  assertEquals(readGridFlags(["--", "--seed", "3", "--resume"]), { seed: "3", resume: "" });
});

Deno.test("ranges of the command line", () => {
  assertEquals(parseDimension("hidden", "4,8", { isInteger: true }), { kind: "choice", values: [4, 8] });
  assertEquals(parseDimension("lr", "0.001..0.03:log:4"), { kind: "logUniform", min: 0.001, max: 0.03, steps: 4 });
  assertEquals(parseDimension("lr", "-1..1"), { kind: "uniform", min: -1, max: 1 });
  assertEquals(parseDimension("lr", "0..1:lin:5"), { kind: "uniform", min: 0, max: 1, steps: 5 });
  assertEquals(parseDimension("hidden", "4..64:log:5", { isInteger: true }), {
    kind: "choice",
    values: [4, 8, 16, 32, 64],
  });
  const { kind, min, max } = parseDimension("hidden", "4..64", { isInteger: true }) as {
    kind: string;
    min: number;
    max: number;
  };
  assertEquals([kind, min, max], ["integer", 4, 64]);
});

Deno.test("CSV as in RFC 4180", () => {
  assertEquals(readCsv('\uFEFFa,"b ""x"",y" , c\r\n1,"two\nlines",\r\n\r\n 4 ,5,6'), {
    columns: ["a", 'b "x",y', "c"],
    rows: [["1", "two\nlines", ""], ["4", "5", "6"]],
  });
  assertThrows(() => readCsv("a,b\n1,2\n3\n"), Error, "line 3 must have 2 fields, as the header has, got 1");
  assertThrows(() => readCsv('a,b\n1,"2\n3'), Error, "line 2 has a quote that is not closed");
  assertThrows(() => readCsv('a,b\n"1"x,2'), Error, "line 2 cannot be read");
  assertThrows(() => readCsv("a,b\n"), Error, "at least one row");
  assertThrows(() => readCsv("a,a\n1,2"), Error, 'two columns are called "a"');
});

Deno.test("columns become features, classes or numbers", () => {
  const table = readCsv("size,color,same,price\n1,red,7,10\n2,blue,7,20\n3,red,7,30\n");
  const colors = encodeCsv(table, "color", "auto");
  assertEquals(colors.x, [[1, 7, 10], [2, 7, 20], [3, 7, 30]]);
  assertEquals([colors.columns, colors.target], [["size", "same", "price"], "color"]);
  assertEquals([colors.y, colors.classes], [[1, 0, 1], ["blue", "red"]]);
  assertEquals(colors.mean, [2, 7, 20]);
  assertEquals(colors.variance, [2 / 3, 1, 200 / 3]);
  const prices = encodeCsv(table, "price", "regression");
  assertEquals(prices.x, [[1, 0, 1, 7], [2, 1, 0, 7], [3, 0, 1, 7]]);
  assertEquals(prices.columns, ["size", "color=blue", "color=red", "same"]);
  assertEquals(prices.classes, null);
  assertEquals(prices.y, [-10, 0, 10].map((d) => d / Math.sqrt(200 / 3)));
  assertEquals(encodeCsv(table, "price", "auto").classes, ["10", "20", "30"]);
  const odd = encodeCsv(readCsv('"a\nb",c\n0.1,x\n0.1,y\n0.1,x\n"0.1","z"\n0.2,"q\u0007"'), "c", "auto");
  assertEquals([odd.columns, odd.classes], [["a b"], ["q ", "x", "y", "z"]]);
  assertEquals(encodeCsv(readCsv("a,c,y\n0.1,1,1\n0.1,2,2\n0.1,3,3"), "y", "auto").mean[0], 0.1);
  assertThrows(() => encodeCsv(readCsv("a,b\n1,2\n1,3"), "b", "auto"), Error, "whose values differ");
  assertThrows(() => encodeCsv(readCsv("a,b\n1,\n2,3"), "a", "auto"), Error, 'row 1 has no value in column "b"');
});
