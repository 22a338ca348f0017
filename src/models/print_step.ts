import { checkInteger } from "../errors/check_integer.ts";
import { checkOptions } from "../errors/check_options.ts";
import { printProgram } from "../program/print_program.ts";
import type { Shape } from "../tensor/shape.ts";
import { TracedPrograms } from "../training/traced_programs.ts";
import { readInputShapes } from "./read_input_shapes.ts";
import type { TrainableModel } from "./trainable_model.ts";

/** Options of `printStep`. */
export interface PrintStepOptions {
  /** The number of samples in the batch. Default 32. */
  batchSize?: number;
  /** The number of threads that share the step. Default 1. */
  workers?: number;
  /** The shape of one sample, or of several inputs a list: for a model whose inputs have axes of unknown length. Default: the model's. */
  inputShape?: Shape | readonly Shape[];
}

/**
 * The program of a model's training step as text: buffers and where they lie, then the kernel calls in the order of their execution, how
 * threads share each, and where they meet. It shows what becomes of a layer of your own. The model must be compiled and built.
 *
 * An argument that moves with a thread's share says so: `read b3 + 16·u` lies 16 elements further for every unit u of the split. `n` counts
 * the units of the share, `u` is its first, `rank` stands for a part of a thread's own.
 *
 * @example
 * ```ts
 * import { layers, printStep, sequential } from "retroprop";
 * const model = sequential([layers.dense({ units: 1, activation: "sigmoid", inputShape: [2] })]);
 * model.compile({ optimizer: "sgd", loss: "mse" });
 * printStep(model, { batchSize: 4 }).includes("sigmoid_forward"); // true
 * ```
 * @throws RangeError if an option is out of range; Error if the model is not compiled or not built
 */
export function printStep(model: TrainableModel, options: PrintStepOptions = {}): string {
  const what = "print step";
  checkOptions(what, options, ["batchSize", "workers", "inputShape"]);
  const rows = checkInteger(what, "batchSize", options.batchSize ?? 32, { min: 1 });
  const ranks = checkInteger(what, "workers", options.workers ?? 1, { min: 1, max: 64 });
  const shapes = readInputShapes(what, options.inputShape, model.network);
  const programs = new TracedPrograms(model.network, model.trainer.compiled);
  return printProgram(programs.compileStep("train", { rows, shapes }, ranks));
}
