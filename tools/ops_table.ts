/**
 * The table of the public ops, OPS.md, made of their docstrings. Run as a program it writes the file.
 *
 * @module
 */

/** Where the ops stand, by family: in the order in which they are listed. */
const FAMILIES: readonly (readonly [title: string, file: string])[] = [
  ["Arithmetic", "arithmetic"],
  ["Comparisons", "comparisons"],
  ["Functions of one tensor", "elementwise"],
  ["Activations", "nonlinear"],
  ["Reductions", "reductions"],
  ["Along an axis", "rows"],
  ["Products", "products"],
  ["Moving elements", "moves"],
  ["Looking up", "lookups"],
  ["Formulas", "formula"],
];

const FOLDER = "src/compose";

const INTRODUCTION = `# Ops

What layers, losses, metrics and activations of your own are composed of: \`t.ops.multiply(x, t.weight("factor"))\`. Names
and meanings are those of Keras's \`keras.ops\`, in camelCase. An op takes tensors of the graph that is traced and gives
one; nothing is computed yet. dy is what flows back to the result, dx what flows on to x.

This file is made of the docstrings in \`src/compose/\` by \`tools/ops_table.ts\`.
`;

const OP = /\/\*\*\n((?: \*[^\n]*\n)+?) \*\/\nexport function (\w+)\(([^]*?)\): Symbolic/g;

/**
 * Lists the ops of all families as Markdown.
 *
 * @param sources path → text of the files of the ops
 * @throws Error for an op whose docstring has no formula, shapes or gradient
 */
export function listOps(sources: ReadonlyMap<string, string>): string {
  const parts = [INTRODUCTION];
  for (const [title, file] of FAMILIES) {
    const source = sources.get(`${FOLDER}/${file}.ts`);
    if (source === undefined) throw new Error(`Cannot list ops: there is no ${file}.ts`);
    const rows = [...source.matchAll(OP)].map(([, comment, name, parameters]) => readOp(name, parameters, comment));
    parts.push(`## ${title}\n`, formatTable([["op", "gives", "shapes", "gradient"], ...rows]));
  }
  return parts.join("\n");
}

function readOp(name: string, parameters: string, comment: string): string[] {
  const paragraphs = comment
    .split("\n")
    .map((line) => line.replace(/^ \* ?/, ""))
    .join("\n")
    .split("\n\n")
    .map((paragraph) => paragraph.replaceAll("\n", " ").trim());
  const facts = paragraphs.find((paragraph) => paragraph.includes("Gradient: "));
  const found = /^(.*?)\s*Shapes: (.*?)\. Gradient: (.*?)\.?$/.exec(facts ?? "");
  if (found === null) throw new Error(`Cannot list ops: ${name} must state its shapes and its gradient`);
  const [, more, shapes, gradient] = found;
  const formula = [paragraphs[0], more].filter((text) => text !== "" && !text.includes("Gradient: ")).join(" ");
  const names = [...parameters.matchAll(/(\w+)(\??):/g)]
    .filter(({ index }) => isOutside(parameters, index))
    .map(([, parameter, optional]) => parameter + optional);
  return [`\`${name}(${names.join(", ")})\``, formula.replace(/\.$/, ""), shapes, gradient];
}

/** Whether a place in a list of parameters is in no bracket: a parameter's name, not part of a type. */
function isOutside(parameters: string, at: number): boolean {
  let depth = 0;
  for (const sign of parameters.slice(0, at)) {
    if ("([{".includes(sign)) depth++;
    if (")]}".includes(sign)) depth--;
  }
  return depth === 0;
}

/** A table as `deno fmt` writes it: every column as wide as its widest cell. */
function formatTable(given: readonly (readonly string[])[]): string {
  const rows = given.map((row) => row.map((cell) => cell.replaceAll("|", "\\|")));
  const widths = rows[0].map((_, j) => Math.max(...rows.map((row) => [...row[j]].length)));
  const lines = rows.map((row) =>
    `| ${row.map((cell, j) => cell + " ".repeat(widths[j] - [...cell].length)).join(" | ")} |\n`
  );
  lines.splice(1, 0, `| ${widths.map((width) => "-".repeat(width)).join(" | ")} |\n`);
  return lines.join("");
}

/** Reads the files of the ops. */
export async function readOpSources(): Promise<Map<string, string>> {
  const sources = new Map<string, string>();
  for (const [, file] of FAMILIES) {
    const path = `${FOLDER}/${file}.ts`;
    sources.set(path, await Deno.readTextFile(new URL(`../${path}`, import.meta.url)));
  }
  return sources;
}

if (import.meta.main) {
  await Deno.writeTextFile(new URL("../OPS.md", import.meta.url), listOps(await readOpSources()));
}
