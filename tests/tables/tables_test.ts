import { assert, assertEquals, assertRejects } from "@std/assert";
import { camelCase } from "../../src/errors/camel_case.ts";
import * as namespaces from "../../src/facade/namespaces.ts";
import { emitTable, moduleOf, TABLE_ROOMS, type TableRoom } from "../../tools/emit_tables.ts";
import { emitNameLists } from "../../tools/emit_name_lists.ts";
import { readRows, type RowModule } from "../../tools/read_rows.ts";
import { inFolder } from "../files/in_folder.ts";
import { goldenNames } from "./golden_names.ts";

/** The files of golden values of every kind. Initializers draw random numbers: tests/initializers holds them to their distributions. */
const GOLDENS: Readonly<Record<string, readonly string[]>> = {
  activation: ["activations.json"],
  constraint: ["constraints.json"],
  layer: [
    "layers.json",
    "attention.json",
    "normalization.json",
    "batch_normalization.json",
    "shaping.json",
    "pooling.json",
    "images.json",
    "image_moves.json",
    "merging.json",
    "convolution.json",
    "dot.json",
    "masks.json",
    "text.json",
    "embedding.json",
    "wrappers.json",
    "bidirectional.json",
    "recurrent.json",
  ],
  loss: ["losses.json"],
  metric: ["metrics.json"],
  optimizer: ["optimizers.json"],
  regularizer: ["regularizers.json"],
  schedule: ["schedules.json"],
};

/** Rows without golden values, and why. */
const NO_GOLDENS: Readonly<Record<string, string>> = {
  "activation sign": "has no slope: tests/activations/flat_test.ts",
  "activation step": "has no slope: tests/activations/flat_test.ts",
  "layer alpha_dropout": "random",
  "layer cut_mix": "random",
  "layer dropout": "random",
  "layer gaussian_dropout": "random",
  "layer gaussian_noise": "random",
  "layer input_layer": "computes nothing",
  "layer mix_up": "random",
  "layer lambda": "a function of the user's own: tests/layers/lambda_test.ts",
  "layer random_brightness": "random",
  "layer random_contrast": "random",
  "layer random_crop": "random",
  "layer random_flip": "random",
  "layer spatial_dropout1d": "random",
  "layer spatial_dropout2d": "random",
  ...Object.fromEntries(
    [
      "random_search",
      "simulated_annealing",
      "genetic_algorithm",
      "differential_evolution",
      "particle_swarm",
      "evolution_strategy",
      "cma_es",
      "separable_cma_es",
    ].map((id) => [`optimizer ${id}`, "draws random numbers: tests/evolution"]),
  ),
  "schedule inverse_time_decay": "PyTorch has none: tests/schedules/closed_form_test.ts",
};

/** The documentation above a factory, without its signs. */
function docOf(source: string, factory: string): string {
  const end = source.search(new RegExp(`\\nexport function ${factory}\\(`));
  const before = source.slice(0, end);
  return before.endsWith("*/")
    ? before.slice(before.lastIndexOf("/**")).replaceAll(/\/\*\*|\*\/|^ \* ?/gm, "").trim()
    : "";
}

/** What is missing of a row. */
async function listMissing(room: TableRoom, rows: RowModule, goldens: ReadonlySet<string>): Promise<string[]> {
  const { file, factory, row } = rows;
  const missing: string[] = [];
  const what = `${room.kind} ${row.id}`;
  const namespace = moduleOf(room).replace(/.*\/|\.ts$/g, "") as keyof typeof namespaces;
  if (!Object.hasOwn(namespaces[namespace], factory)) missing.push(`${what}: ${namespace}.${factory} in the facade`);
  if (camelCase(row.id).toLowerCase() !== factory.toLowerCase()) missing.push(`${what}: a factory of its name`);
  const doc = docOf(await Deno.readTextFile(`${room.folder}/${file}`), factory);
  if (!/^[^@]{3,}[.)…]/s.test(doc)) missing.push(`${what}: documentation of ${factory} in ${room.folder}/${file}`);
  const files = GOLDENS[room.kind];
  if (files !== undefined && !Object.hasOwn(NO_GOLDENS, what) && !goldens.has(row.id) && !goldens.has(factory)) {
    missing.push(`${what}: golden values in tests/golden/, one of ${files.join(", ")}`);
  }
  return missing;
}

for (const room of TABLE_ROOMS) {
  Deno.test(`every ${room.kind} has what a row needs: a factory in the facade, documentation, golden values`, async () => {
    const goldens = await goldenNames(GOLDENS[room.kind] ?? []);
    const rows = await readRows(moduleOf(room));
    assert(rows.length > 0);
    const missing = await Promise.all(rows.map((row) => listMissing(room, row, goldens)));
    assertEquals(missing.flat(), []);
    const known = new Set(rows.map(({ row }) => `${room.kind} ${row.id}`));
    const needless = Object.keys(NO_GOLDENS).filter((what) => what.startsWith(`${room.kind} `) && !known.has(what));
    assertEquals(needless, [], "exceptions for rows that are not there");
  });
}

/** A room with these files besides its module. */
async function withRoom(
  files: Readonly<Record<string, string>>,
  run: (room: TableRoom) => Promise<void>,
): Promise<void> {
  await inFolder(async (folder) => {
    const root = Deno.cwd();
    await Deno.mkdir(`${folder}/things`);
    for (const [path, text] of Object.entries(files)) await Deno.writeTextFile(`${folder}/things/${path}`, text);
    Deno.chdir(folder);
    try {
      await run({ folder: "things", kind: "thing" });
    } finally {
      Deno.chdir(root);
    }
  });
}

const one = `export function one() {}\nexport const oneRow = { id: "one", aliases: ["uno"], create: one };\n`;

Deno.test("a table follows from the lines of its room's module, in their order", async () => {
  const files = {
    "things.ts":
      'export { twoWords, type X } from "./two.ts";\nexport { one } from "./one.ts";\nexport { no } from "./no.ts";\n',
    "one.ts": one,
    "two.ts":
      `export type X = 1;\nexport function twoWords() {}\nexport const twoWordsRow = { id: "two_words", aliases: [], create: twoWords };\n`,
    "no.ts": "export const no = 1;\n",
  };
  await withRoom(files, async (room) => {
    const text = await emitTable(room);
    assert(text.includes('export type ThingName =\n  | "two_words"\n  | "one";\n'), text);
    assert(text.includes('export type ThingAlias =\n  | "uno";\n'), text);
    assert(text.includes("= {\n  two_words: twoWordsRow,\n  one: oneRow,\n};\n"), text);
  });
});

Deno.test("rows that cannot be are refused", async () => {
  const refuse = (files: Readonly<Record<string, string>>, message: string): Promise<void> =>
    withRoom(files, async (room) => void await assertRejects(() => emitTable(room), Error, message));
  const line = 'export { one } from "./one.ts";\n';
  await refuse(
    { "things.ts": line, "one.ts": one.replace("oneRow", "otherRow") },
    "named after its factory, got otherRow",
  );
  await refuse({ "things.ts": line, "one.ts": one.replace('"one"', '"One"') }, "names must be snake_case, got One");
  await refuse({ "things.ts": line, "one.ts": one.replace('"uno"', '"one"') }, "names must differ, got one twice");
});

Deno.test("the lists of names are written between their marks, as deno fmt does", () => {
  const marks = [
    "<!-- The next table is written by `deno task build`. -->",
    "<!-- End of what is written by `deno task build`. -->",
  ];
  const write = (): void => {};
  const spaces = { layers: { dense: write, Layer: class {}, reLU: write, prelu: write }, extra: { b: write } };
  const empty = Object.fromEntries(Object.keys(namespaces).map((name) => [name, {}]));
  const text = emitNameLists(`a\n\n${marks.join("\n")}\n\nb\n`, { ...empty, ...spaces });
  assert(text.startsWith(`a\n\n${marks[0]}\n\n| namespace`) && text.endsWith(`|\n\n${marks[1]}\n\nb\n`), text);
  assert(text.includes("| `layers`       | `dense`, `prelu`, `reLU` |\n"), text);
  assert(text.includes("| `extra`        | `b`                      |\n"), text);
  assertEquals(emitNameLists(text, { ...empty, ...spaces }), text);
});
