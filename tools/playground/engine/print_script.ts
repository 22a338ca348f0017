import type { Configuration } from "../configuration/configuration.ts";
import { type Call, isCall } from "./plan/call.ts";
import { planOf } from "./plan/plan_of.ts";
import { printCall } from "./plan/print_call.ts";
import type { DrawnData } from "./data/draw_samples.ts";
import type { Point } from "./data/point.ts";
import { features } from "./features.ts";
import type { Parameter } from "../protocol.ts";

/** What a script is printed of. */
export interface ScriptSource {
  readonly configuration: Configuration;
  readonly data: DrawnData;
  readonly parameters: readonly Parameter[];
  readonly epochs: number;
}

/** The longest line of a list of numbers. */
const WIDTH = 110;

/** A program of the library that trains the same network to the same bits. It holds its data and needs no permission. */
export function printScript({ configuration, data, parameters, epochs }: ScriptSource): string {
  const { features: names, seed, shuffle, batchSize, weights } = configuration;
  const { train, test, outputs, classes } = data;
  const plan = planOf(configuration, names.length, outputs);
  const namespaces = new Set(["sequential"]);
  for (const call of [...plan.layers, plan.optimizer, plan.loss]) listNamespaces(call, namespaces);
  const isAdapted = configuration.layers[0]?.name === "normalization";
  const layers = plan.layers.map((call, i) => isAdapted && i === 0 ? "scaling" : printCall(call));
  const lines = [
    "// A network of retroprop's playground. Where an import map knows the library: deno run this_file.ts",
    `import { ${[...namespaces].sort().join(", ")} } from "retroprop";`,
    "",
    `/** x1, x2 and ${classes > 0 ? "the number of the class" : "what is to be answered"} of each sample. */`,
    `const train = ${printPoints(train)};`,
    ...(test.length > 0 ? [`const test = ${printPoints(test)};`] : []),
    "",
    "/** What the network is given of a point. */",
    `const inputsOf = (${argumentsOf(names)}: number[]): number[] => [${
      names.map((name) => features[name].text).join(", ")
    }];`,
    ...(classes > 2
      ? [
        "/** One number a class: 1 for the sample's own. */",
        `const labelsOf = ([, , y]: number[]): number[] => Array.from({ length: ${classes} }, (_, k) => Number(k === y));`,
      ]
      : ["const labelsOf = ([, , ...y]: number[]): number[] => y;"]),
    "const [x, y] = [train.map(inputsOf), train.map(labelsOf)];",
    "",
    ...(isAdapted ? [`const scaling = ${printCall(plan.layers[0])};`, "scaling.adapt(x);"] : []),
    "const model = sequential([",
    ...layers.map((layer) => `  ${layer},`),
    `], { seed: ${seed}, numerics: "portable" });`,
    `model.compile({ optimizer: ${printCall(plan.optimizer)}, loss: ${printCall(plan.loss)} });`,
    ...(weights === null ? [] : [`model.setWeights(${printWeights(weights, parameters)});`]),
    `await model.fit(x, y, { epochs: ${epochs}, batchSize: ${
      Math.min(batchSize ?? train.length, train.length)
    }, shuffle: ${shuffle}, verbose: 0 });`,
    "",
    `console.log("loss", model.evaluate(x, y, { batchSize: ${train.length} }).loss);`,
    ...(test.length > 0
      ? [
        `console.log("test loss", model.evaluate(test.map(inputsOf), test.map(labelsOf), { batchSize: ${test.length} }).loss);`,
      ]
      : []),
    `console.log(model.predict(x.slice(0, 4)).toArray());`,
    "",
  ];
  return lines.join("\n");
}

/** Only what is used is taken out of a sample. */
function argumentsOf(names: readonly string[]): string {
  const [first, second] = [/x1/, /x2/].map((of) => names.some((name) => of.test(name)));
  if (first && second) return "[x1, x2]";
  return first ? "[x1]" : "[, x2]";
}

function listNamespaces({ call, options }: Call, found: Set<string>): void {
  found.add(call.split(".")[0]);
  for (const value of Object.values(options)) if (isCall(value)) listNamespaces(value, found);
}

function printPoints(points: readonly Point[]): string {
  const rows = points.map(({ x1, x2, y }) => `[${[x1, x2, ...(typeof y === "number" ? [y] : y)].join(", ")}]`);
  return `[\n${wrap(rows)}\n]`;
}

function printWeights(weights: readonly number[], parameters: readonly Parameter[]): string {
  const tensors = parameters.map(({ shape, offset }) => {
    if (shape.length < 2) return `  [${weights.slice(offset, offset + (shape[0] ?? 1)).join(", ")}],`;
    const [rows, columns] = shape;
    const lines = Array.from({ length: rows }, (_, i) => {
      return `[${weights.slice(offset + i * columns, offset + (i + 1) * columns).join(", ")}]`;
    });
    return `  [\n${wrap(lines, "    ")}\n  ],`;
  });
  return `[\n${tensors.join("\n")}\n]`;
}

/** Puts as many pieces into a line as there is room for. */
function wrap(pieces: readonly string[], indent = "  "): string {
  const lines: string[] = [];
  let line = "";
  for (const piece of pieces) {
    if (line !== "" && line.length + piece.length + 2 > WIDTH) {
      lines.push(line);
      line = "";
    }
    line += `${line === "" ? indent : " "}${piece},`;
  }
  return [...lines, line].join("\n");
}

/** The name of the file that a script is saved as. */
export function nameScript({ data, optimizer }: Configuration): string {
  return `${data.name}_${optimizer.name}.ts`;
}
