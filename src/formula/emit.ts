import { type Expression, keyOf, namesIn } from "./expression.ts";
import type { Formula } from "./formula.ts";
import { primitives } from "./primitives.ts";

/** What one formula's kernel needs besides its own text. */
interface Emission {
  readonly text: string;
  readonly needs: ReadonlySet<string>;
}

/** Constants are read from a table in memory: a vector literal inside a loop is four times slower in V8 15. */
class ConstantTable {
  readonly values: number[] = [];

  load(value: number): string {
    let index = this.values.findIndex((v) => Object.is(v, value));
    if (index < 0) index = this.values.push(value) - 1;
    return `v128.load32_splat(TABLE, ${index * 4})`;
  }
}

/** The AssemblyScript text of one file with the kernels of `formulas`, four lanes at a time. */
export function emitFile(formulas: readonly Formula[], title: string): string {
  const table = new ConstantTable();
  const kernels = formulas.map((formula) => emitKernel(formula, table));
  const needs = new Set(kernels.flatMap((kernel) => [...kernel.needs]));
  const imports = [...needs].sort().map((name) => `import { ${name} } from "../simd/${name}";\n`).join("");
  const literals = table.values.map(formatLiteral).join(", ");
  const constants = table.values.length === 0 ? "" : `\nconst TABLE = memory.data<f32>([${literals}], 16);\n`;
  return `// Generated from ${title} by \`deno task build\`. Do not edit.\n${imports}${constants}\n${
    kernels.map((kernel) => kernel.text).join("\n")
  }`;
}

function formatLiteral(value: number): string {
  if (Object.is(value, -0)) return "-0.0";
  if (value === Infinity) return "f32.MAX_VALUE * 2.0";
  return Number.isInteger(value) && Math.abs(value) < 1e15 ? `${value}.0` : `${value}`;
}

function emitKernel(formula: Formula, table: ConstantTable): Emission {
  const names = Object.keys(formula.outputs);
  const needs = new Set<string>();
  const texts = new Map<string, string>();
  const body: string[] = [];
  const emit = (e: Expression): string => {
    const key = keyOf(e);
    const known = texts.get(key);
    if (known !== undefined) return known;
    let text: string;
    if (e.kind === "constant") {
      return table.load(e.value);
    } else if (e.kind === "vector") {
      text = `v128.load(v_${e.name} + i)`;
    } else if (e.kind === "scalar") {
      return `s_${e.name}`;
    } else {
      const primitive = primitives[e.primitive];
      if (primitive.needs !== undefined) needs.add(primitive.needs);
      text = primitive.emit(...e.operands.map(emit));
    }
    const name = `t${texts.size}`;
    body.push(`    const ${name} = ${text};`);
    texts.set(key, name);
    return name;
  };
  const results = names.map((name) => emit(formula.outputs[name]));
  const stores = names.map((name, j) => `    v128.store(o_${name} + i, ${results[j]});`);
  const used = new Set(names.flatMap((name) => [...namesIn(formula.outputs[name], "scalar")]));
  const hoisted = [
    ...formula.cells.map((c, j) => [c, `v128.load32_splat(cells, ${j * 4})`]),
    ...formula.scalars.map((s) => [s, `f32x4.splat(${s})`]),
  ].filter(([name]) => used.has(name)).map(([name, text]) => `  const s_${name} = ${text};\n`).join("");
  const parameters = [
    ...names.map((name) => `o_${name}: usize`),
    ...formula.vectors.map((name) => `v_${name}: usize`),
    ...(formula.cells.length > 0 ? ["cells: usize"] : []),
    ...formula.scalars.map((name) => `${name}: f32`),
    "n: i32",
  ].join(", ");
  const text = `${rowOf(formula)}export function ${formula.name}(${parameters}): void {\n${hoisted}` +
    `  const end: usize = (<usize>((n + 3) >> 2)) << 4;\n  for (let i: usize = 0; i < end; i += 16) {\n` +
    `${body.join("\n")}\n${stores.join("\n")}\n  }\n}\n`;
  return { text, needs };
}

/** The kernel's row in the table of kernels. Everything is read before anything is stored, so an output may be any vector. */
function rowOf({ outputs, vectors, cells, scalars }: Formula): string {
  const mayBe = vectors.length === 0 ? "" : `, may be ${vectors.map((name) => `v_${name}`).join(" or ")}`;
  const lines = [
    ...Object.keys(outputs).map((name) => `o_${name} written: n, whole vectors${mayBe}`),
    ...vectors.map((name) => `v_${name} read: n`),
    ...(cells.length > 0 ? [`cells read: ${cells.length}`] : []),
    ...scalars.map((name) => `${name} scalar`),
    "n count >= 0",
  ];
  return `/**\n${lines.map((line) => ` * @param ${line}\n`).join("")} */\n`;
}
