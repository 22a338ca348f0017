import type { DataInputs, SampleInputs } from "../data/data_input.ts";
import { largestOf } from "../tensor/largest_of.ts";
import { checkInteger } from "../errors/check_integer.ts";
import { checkOptions } from "../errors/check_options.ts";
import { evaluateGraph } from "../graph/evaluate_graph.ts";
import { Graph } from "../graph/graph.ts";
import type { Symbolic } from "../tensor/symbolic.ts";
import { TracedPrograms } from "../training/traced_programs.ts";
import { samplesFor } from "./evaluate_model.ts";
import { measureSlope } from "./measure_slope.ts";
import { refuseWithoutGradients } from "./model_gradients.ts";
import type { Predictions } from "./form_outputs.ts";
import type { TrainableModel } from "./trainable_model.ts";

/** One element of a gradient, computed in two ways. */
export interface GradientCheck {
  /** The weight, `<layer>/<weight>`. */
  readonly name: string;
  /** The element's index in it. */
  readonly index: readonly number[];
  /** What the program computes, in float32. */
  readonly program: number;
  /** The central difference of the float64 loss; at a kink the slope between those of both sides that is nearest to `program`. */
  readonly numeric: number;
  /** At a kink of the loss (relu at 0), where it has no derivative: the slopes below and above. Else null. */
  readonly kink: readonly [below: number, above: number] | null;
  /** |program − numeric| / max(|program|, |numeric|, 1e-4 · the largest gradient) */
  readonly relativeError: number;
}

/** What `checkGradients` found. */
export interface GradientReport {
  /** How many elements were compared. */
  readonly checked: number;
  /** How many of them lie at a kink. */
  readonly kinks: number;
  /** The element with the largest relative error. */
  readonly worst: GradientCheck;
  /** The worst element of every weight. */
  readonly weights: readonly GradientCheck[];
  /** A table of these, as it was printed. */
  readonly text: string;
}

/** Options of `checkGradients`. */
export interface CheckGradientsOptions {
  /** The most elements of one weight that are compared, spread evenly. Default 50. */
  elements?: number;
  /** Whether to print the table. Default true. */
  verbose?: boolean;
}

/**
 * Compares the gradients that training uses with finite differences: (L(w + h) − L(w − h)) / 2h of the loss in float64, h = 1e-5 ·
 * max(1, |w|). Dropout is as in the model's next step. Weights do not change.
 *
 * The two agree to about 1e-4, float32's share of it being rounding. At a kink (relu at 0, an absolute error of 0) there is no derivative:
 * where the slopes to both sides differ however small h is, a gradient between them is right, and the report says so.
 *
 * @example
 * ```ts
 * import { checkGradients, layers, sequential } from "retroprop";
 * const model = sequential([layers.dense({ units: 1, activation: "tanh", inputShape: [2] })]);
 * model.compile({ optimizer: "sgd", loss: "mse" });
 * checkGradients(model, [[1, 2], [3, 4]], [[0], [1]], { verbose: false }).worst.relativeError < 1e-3;
 * ```
 */
export function checkGradients(
  model: TrainableModel<Predictions>,
  x: SampleInputs,
  y: DataInputs,
  options: CheckGradientsOptions = {},
): GradientReport {
  checkOptions("check gradients", options, ["elements", "verbose"]);
  const most = checkInteger("check gradients", "elements", options.elements ?? 50, { min: 1 });
  const { trainer, network } = model;
  refuseWithoutGradients("check gradients", trainer);
  const samples = samplesFor(model, x, y, undefined);
  const { count, shapes } = samples;
  const program = trainer.program("train", count, shapes);
  trainer.fillScale(program, samples.fill(program, null, 0, count));
  trainer.runForward(program);

  const graph = new Graph();
  const { loss } = new TracedPrograms(network, trainer.compiled).traceLoss(graph, { rows: count, shapes }, true);
  const values = new Map<string, Float64Array>([["cell step", Float64Array.of(trainer.step)]]);
  for (const name of Object.keys(program.program.inputs)) {
    values.set(`input ${name}`, Float64Array.from(program.input(name)));
  }
  for (const v of network.variables) values.set(`variable ${v.name}`, Float64Array.from(trainer.trainedAt(v)));
  const lossOf = (): number =>
    evaluateGraph([loss], (leaf: Symbolic) => values.get(`${leaf.op} ${leaf.attributes.name}`)!)[0][0];

  const found: Omit<GradientCheck, "relativeError">[] = [];
  for (const variable of network.variables.filter((v) => v.trainable)) {
    const gradient = trainer.gradientOf(variable);
    const w = values.get(`variable ${variable.name}`)!;
    const stride = Math.max(1, Math.ceil(variable.elements / most));
    for (let i = 0; i < variable.elements; i += stride) {
      const kept = w[i];
      const lossAt = (value: number): number => {
        w[i] = value;
        return lossOf();
      };
      const { slope, kink } = measureSlope(lossAt, kept, gradient[i]);
      w[i] = kept;
      found.push({
        name: variable.name,
        index: indexOf(i, variable.shape),
        program: gradient[i],
        numeric: slope,
        kink,
      });
    }
  }
  const largest = largestOf(found.map((f) => Math.abs(f.numeric)), 1e-300);
  const checks: GradientCheck[] = found.map((f) => ({
    ...f,
    relativeError: Math.abs(f.program - f.numeric) / Math.max(Math.abs(f.program), Math.abs(f.numeric), 1e-4 * largest),
  }));
  const worstOf = (list: readonly GradientCheck[]): GradientCheck =>
    list.reduce((worst, check) => check.relativeError > worst.relativeError ? check : worst);
  const names = [...new Set(checks.map((check) => check.name))];
  const weights = names.map((name) => worstOf(checks.filter((check) => check.name === name)));
  const worst = worstOf(checks);
  const kinks = checks.filter(({ kink }) => kink !== null).length;
  const text = table(weights, worst) + describeKinks(kinks, checks.length);
  if (options.verbose ?? true) console.log(text);
  return { checked: checks.length, kinks, worst, weights, text };
}

function describeKinks(kinks: number, checked: number): string {
  if (kinks === 0) return "";
  return `\n${kinks} of ${checked} elements ${
    kinks === 1 ? "lies" : "lie"
  } at a kink of the loss, such as relu at 0: the slopes below and ` +
    "above differ there, and a gradient between them counts as right";
}

function indexOf(element: number, shape: readonly number[]): number[] {
  const index: number[] = [];
  for (let axis = shape.length - 1, rest = element; axis >= 0; axis--) {
    index.unshift(rest % shape[axis]);
    rest = Math.floor(rest / shape[axis]);
  }
  return index;
}

function table(weights: readonly GradientCheck[], worst: GradientCheck): string {
  const cells = weights.map((check) => [
    `${check.name}[${check.index.join(", ")}]`,
    check.program.toExponential(5),
    check.numeric.toExponential(5),
    check.relativeError.toExponential(1),
  ]);
  const rows = [["worst element of each weight", "program", "numeric", "relative error"], ...cells];
  const widths = [0, 1, 2, 3].map((column) => largestOf(rows.map((row) => row[column].length)));
  const lines = rows.map((row) =>
    row.map((cell, i) => i === 0 ? cell.padEnd(widths[i]) : cell.padStart(widths[i])).join("  ")
  );
  return [
    ...lines,
    `worst: ${worst.name}[${worst.index.join(", ")}], relative error ${worst.relativeError.toExponential(1)}`,
  ].join("\n");
}
