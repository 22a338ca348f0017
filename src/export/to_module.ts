import { toBase64 } from "../files/to_base64.ts";
import { checkOptions } from "../errors/check_options.ts";
import { emitJavascript } from "../formula/emit_javascript.ts";
import type { Call } from "../files/compiled_format.ts";
import { bodyCalls, bodyTexts, helperTexts } from "../kernels/gen/body_texts.ts";
import { formulaOf } from "../ops/formulas.ts";
import type { Shape } from "../tensor/shape.ts";
import { sizeOf } from "../tensor/size_of.ts";
import { checkLabels } from "./check_labels.ts";
import { compileInference, type InferenceProgram } from "./compile_inference.ts";
import { INPUT, sourceOf, traceInference, type Weight } from "./inference_graph.ts";
import type { Predictions } from "../models/form_outputs.ts";
import { readInputShapes } from "../models/read_input_shapes.ts";
import { refuseSeveralPorts } from "../models/refuse_several_ports.ts";
import type { TrainableModel } from "../models/trainable_model.ts";

/** Options of `toModule`. */
export interface ToModuleOptions {
  /** The names of the classes, one for every element of the output's last axis. Default: the model's. */
  labels?: readonly string[];
  /** The shape of one sample, for a model whose input has axes of unknown length: the module takes that shape alone. */
  inputShape?: Shape;
}

/** Up to this many weights every product is written out. */
const UNROLLED = 256;

/**
 * A built model as the source text of one ES module that imports nothing.
 *
 * It exports `predict`, which takes one sample (nested arrays or a typed array) or an array of samples and returns nested arrays, and
 * `inputShape`, `outputShape`, `labels`. A small network is plain unrolled arithmetic; a larger one loops over weights in base64.
 * Arithmetic is float64 on float32 weights and samples.
 *
 * @example
 * ```ts
 * import { layers, sequential, toModule } from "retroprop";
 * const model = sequential([layers.dense({ units: 1, activation: "sigmoid", inputShape: [2] })]);
 * const source = toModule(model);
 * const { predict } = await import(`data:text/javascript,${encodeURIComponent(source)}`);
 * predict([0, 1]);
 * ```
 * @throws RangeError if a layer needs what the edge runtimes have not, TypeError for several inputs or outputs
 */
export function toModule(model: TrainableModel<Predictions>, options: ToModuleOptions = {}): string {
  checkOptions("module", options, ["labels", "inputShape"]);
  const { network } = model;
  refuseSeveralPorts("make a module", model.signature);
  const shapes = readInputShapes("make a module", options.inputShape, network);
  const { inputs: [inputShape], outputs: [outputShape] } = network.settle(shapes);
  const labels = checkLabels(options.labels ?? model.labels ?? undefined, outputShape);
  const program = compileInference(traceInference(sourceOf(network, shapes), { foldInput: true }));
  const total = program.weights.reduce((sum, weight) => sum + weight.values.length, 0);
  const isFlat = program.calls.every(([name, ...args]) =>
    name.startsWith("matmul") ? rowsOf(args) === 1 : isFormula(name)
  );
  const body = total <= UNROLLED && isFlat
    ? unroll(program, sizeOf(inputShape), sizeOf(outputShape))
    : loop(program, sizeOf(outputShape));
  return [
    `// ${JSON.stringify(model.name).replaceAll(/[\u2028\u2029]/g, " ")}: a model of retroprop.`,
    `export const inputShape = ${JSON.stringify(inputShape)}, outputShape = ${JSON.stringify(outputShape)}, labels = ${
      JSON.stringify(labels)
    };`,
    ...helpersOf(body),
    body,
    predictText(inputShape, outputShape),
    "",
  ].join("\n");
}

/** The number of rows that a product has in one sample. */
function rowsOf(args: readonly unknown[]): number {
  return (args[4] as { rows: number }).rows;
}

function isFormula(name: string): boolean {
  return !Object.hasOwn(bodyCalls, name);
}

/** The text that defines a formula's function; none where it is one of the helpers. */
function formulaText(name: string): string {
  return Object.hasOwn(helperTexts, name) ? "" : `const ${name} = ${emitJavascript(formulaOf(name, null))};`;
}

function helpersOf(text: string): string[] {
  return Object.entries(helperTexts).filter(([name]) => new RegExp(`\\b${name}\\(`).test(text)).map((
    [, source],
  ) => source);
}

/** The shortest decimal text that reads back as the same float32 number. */
function shortest(value: number): string {
  const rounded = Math.fround(value);
  for (let digits = 1; digits < 10; digits++) {
    const text = rounded.toPrecision(digits);
    if (Math.fround(Number(text)) === rounded) return String(Number(text)).replace(/^(-?)0\./, "$1.");
  }
  return String(rounded);
}

/** Every element of every buffer is a variable: `v<address>`, reassigned where memory is used again. */
function unroll(
  { calls, weights, arenaElements, inputs: { [INPUT]: inputAt }, outputs: [outputAt] }: InferenceProgram,
  inputs: number,
  outputs: number,
): string {
  const values = new Map<string, Weight>(weights.map((weight) => [weight.name, weight]));
  const lines: string[] = [];
  const used = new Set<number>();
  const formulas = new Map<string, string>();
  const v = (at: number): string => (used.add(at), `v${at}`);
  for (const [name, ...args] of calls) {
    const at = args.map((arg) =>
      typeof arg === "object" && arg !== null && "at" in arg ? arg.at + (arg.plus ?? 0) : -1
    );
    const [first] = at;
    if (name.startsWith("matmul")) {
      const [k, n] = [args[6] as number, args[5] as number];
      const kernel = values.get((args[2] as { weight: string }).weight)!.values;
      const bias = args[3] === null ? null : values.get((args[3] as { weight: string }).weight)!.values;
      for (let j = 0; j < n; j++) {
        const terms = Array.from({ length: k }, (_, i) => `${shortest(kernel[i * n + j])}*${v(at[1] + i)}`);
        if (bias !== null) terms.unshift(shortest(bias[j]));
        const sum = terms.join("+").replaceAll("+-", "-");
        lines.push(`${v(first + j)}=${name === "matmul_relu" ? `Math.max(${sum},0)` : sum};`);
      }
    } else {
      formulas.set(name, formulaText(name));
      const { vectors, scalars } = formulaOf(name, null);
      const { rows } = args[args.length - 1] as { rows: number };
      const numbers = args.slice(1 + vectors.length, 1 + vectors.length + scalars.length).map((s) =>
        shortest(s as number)
      );
      for (let j = 0; j < rows; j++) {
        const operands = vectors.map((_, i) => elementOf(args[1 + i], at[1 + i], j, values, v));
        lines.push(`${v(first + j)}=${name}(${[...operands, ...numbers].join(",")});`);
      }
    }
  }
  const input = Array.from({ length: inputs }, (_, i) => v(inputAt + i));
  const output = Array.from({ length: outputs }, (_, i) => v(outputAt + i));
  const rest = Array.from({ length: arenaElements }, (_, i) => i).filter((i) => used.has(i)).map((i) => `v${i}`)
    .filter((name) => !input.includes(name));
  return [
    ...[...formulas.values()].filter((text) => text !== ""),
    `function infer([${input.join(",")}]) {`,
    ...(rest.length > 0 ? [`let ${rest.join(",")};`] : []),
    ...lines,
    `return [${output.join(",")}];`,
    "}",
  ].join("\n");
}

function elementOf(
  arg: Call[1],
  at: number,
  j: number,
  values: ReadonlyMap<string, Weight>,
  v: (at: number) => string,
): string {
  if (typeof arg === "object" && arg !== null && "weight" in arg) return shortest(values.get(arg.weight)!.values[j]);
  return v(at + j);
}

/** Loops over arrays: one function a kind of call, weights as base64 of float32. */
function loop(
  { calls, weights, arenaElements, inputs: { [INPUT]: inputAt }, outputs: [outputAt] }: InferenceProgram,
  outputs: number,
): string {
  const lines: string[] = [
    "const read = (text) => new Float32Array(Uint8Array.from(atob(text), (c) => c.charCodeAt(0)).buffer);",
    `const h = new Float64Array(${arenaElements});`,
  ];
  const names = new Map<string, string>();
  for (const { name, values } of weights) {
    names.set(name, `w${names.size}`);
    lines.push(
      `const ${names.get(name)} = read("${toBase64(new Uint8Array(Float32Array.from(values).buffer))}"); // ${
        JSON.stringify(name).replaceAll(/[\u2028\u2029]/g, " ")
      }`,
    );
  }
  const functions = new Set<string>();
  const statements = calls.map(([name, ...args]) => {
    if (isFormula(name)) {
      functions.add(formulaText(name));
      const { vectors, scalars } = formulaOf(name, null);
      const elements = vectors.map((_, i) => `${arrayOf(args[1 + i], names)}[${offsetOf(args[1 + i])}i]`);
      const numbers = args.slice(1 + vectors.length, 1 + vectors.length + scalars.length);
      const { rows } = args[args.length - 1] as { rows: number };
      return `  for (let i = 0; i < ${rows}; i++) h[${offsetOf(args[0])}i] = ${name}(${
        [...elements, ...numbers].join(", ")
      });`;
    }
    const [body, fixed] = bodyCalls[name];
    functions.add(bodyTexts[body]);
    const texts = args.map((arg) => {
      if (arg === null || typeof arg === "object" && "scratch" in arg) return "h, -1"; // a body has no use for working memory
      if (typeof arg !== "object") return `${arg}`;
      return "rows" in arg ? `${arg.rows}` : `${arrayOf(arg, names)}, ${offsetOf(arg).replace(" + ", "") || 0}`;
    });
    for (const [at, value] of fixed) texts.splice(at, 0, `${value}`);
    return `  ${body}(${texts.join(", ")});`;
  });
  return [
    ...lines,
    ...[...functions].filter((text) => text !== ""),
    "function infer(x) {",
    `  h.set(x, ${inputAt});`,
    ...statements,
    `  return h.slice(${outputAt}, ${outputAt + outputs});`,
    "}",
  ].join("\n");
}

function arrayOf(arg: Call[1], names: ReadonlyMap<string, string>): string {
  return typeof arg === "object" && arg !== null && "weight" in arg ? names.get(arg.weight)! : "h";
}

function offsetOf(arg: Call[1]): string {
  const at = typeof arg === "object" && arg !== null && "at" in arg ? arg.at + (arg.plus ?? 0) : 0;
  return at === 0 ? "" : `${at} + `;
}

/** The exported function: checks and flattens what it is given, and nests the outputs. */
function predictText(inputShape: Shape, outputShape: Shape): string {
  const size = sizeOf(inputShape);
  const nest = outputShape.length === 1
    ? ""
    : `\nconst nest = (y, [n, ...rest]) => rest.length ? Array.from({ length: n }, (_, i) => ` +
      `nest(y.slice(i * y.length / n, (i + 1) * y.length / n), rest)) : y;`;
  const y = "[...infer(x.map(Math.fround))]"; // samples are float32, as everywhere else
  const result = nest === "" ? y : `nest(${y}, outputShape)`;
  return `const isArray = (x) => Array.isArray(x) || ArrayBuffer.isView(x);${nest}
function one(sample) {
  const x = isArray(sample) ? Array.from(sample).flat(${Math.max(inputShape.length - 1, 0)}) : [sample];
  if (x.length !== ${size} || !x.every((v) => typeof v == "number" && isFinite(Math.fround(v)))) throw new TypeError("Cannot predict: a sample must be ${size} finite numbers");
  return ${result};
}
export function predict(x) {
  let first = x;
  for (let i = 0; i < ${inputShape.length}; i++) first = first?.[0];
  return isArray(first) ? Array.from(x, one) : one(x);
}`;
}
