import { checkInteger } from "../errors/check_integer.ts";
import { checkOptions } from "../errors/check_options.ts";
import { checkString } from "../errors/check_string.ts";
import { COMPILED_KEY, COMPILED_VERSION, type CompiledWeights, type Description } from "../files/compiled_format.ts";
import { writeDescribedFile } from "../files/write_described_file.ts";
import type { Predictions } from "../models/form_outputs.ts";
import { refuseSeveralPorts } from "../models/refuse_several_ports.ts";
import { type OneStep, traceOneStep } from "../models/trace_one_step.ts";
import type { TrainableModel } from "../models/trainable_model.ts";
import { checkLabels } from "./check_labels.ts";
import { compileInference } from "./compile_inference.ts";
import { INPUT, traceInference } from "./inference_graph.ts";
import { storeGraph } from "./store_graph.ts";

/** Options of `compileStepper`. */
export interface CompileStepperOptions {
  /** How the kernels of products are stored. `"float32"` (default), `"float16"`: half the size; `"int8"`: a quarter. */
  weights?: CompiledWeights;
  /** The names of the classes, one for every element of the output's last axis. Default: the model's. */
  labels?: readonly string[];
  /** How many steps there may be, as in `stepper`. */
  maxSteps?: number;
}

/**
 * Compiles a built model for one step of a sequence at a time: a file as of `compileModel`, which `loadStepper` of
 * `retroprop/edge/sequences` takes. What can be compiled is what `stepper` can run.
 *
 * @example
 * ```ts
 * import { compileStepper, layers, sequential } from "retroprop";
 * import { loadStepper } from "retroprop/edge/sequences";
 * const model = sequential([layers.embedding({ inputDim: 30, outputDim: 8, inputShape: [null] }), layers.dense({ units: 30 })]);
 * const s = loadStepper(compileStepper(model));
 * s.step(7); // 30 numbers
 * ```
 * @throws TypeError for what `stepper` refuses, RangeError if a layer needs what the edge runtimes have not
 */
export function compileStepper(
  model: TrainableModel<Predictions>,
  options: CompileStepperOptions = {},
): Uint8Array<ArrayBuffer> {
  const what = "compile stepper";
  checkOptions(what, options, ["weights", "labels", "maxSteps"]);
  const weights = checkString(what, "weights", options.weights ?? "float32", ["float32", "float16", "int8"]);
  const { maxSteps } = options;
  if (maxSteps !== undefined) checkInteger(what, "maxSteps", maxSteps, { min: 1 });
  const { network } = model;
  refuseSeveralPorts(what, model.signature);
  let found: OneStep | null = null;
  const graph = traceInference({
    trace(graph, rows) {
      const step = traceOneStep(network, graph, rows, maxSteps);
      found ??= step;
      return [step.y, ...step.states.map(({ after }) => after)];
    },
    valuesOf: (name) => network.values(network.variableNamed(name)),
  }, { foldInput: weights === "float32" });
  const { states, inputShape, outputShape, maxSteps: most } = found! as OneStep;
  const program = compileInference(graph);
  const labels = checkLabels(options.labels ?? model.labels ?? undefined, outputShape);
  const { normalization } = graph;
  const { position } = program.inputs;
  const description: Description = {
    version: COMPILED_VERSION,
    name: model.name,
    inputs: [{
      name: "x",
      shape: inputShape,
      ...(model.columns === null ? {} : { columns: model.columns }),
      ...(normalization === null ? {} : { normalization }),
      at: program.inputs[INPUT],
    }],
    outputs: [{
      name: "y",
      shape: outputShape,
      ...(labels === null ? {} : { labels }),
      at: program.outputs[0],
    }],
    arenaElements: program.arenaElements,
    ...(program.scratchElements === 0 ? {} : { scratchElements: program.scratchElements }),
    calls: program.calls,
    weights,
    steps: {
      most,
      ...(position === undefined ? {} : { position }),
      states: states.map(({ name, shape }, i) => ({
        name,
        shape,
        from: program.inputs[`state/${i}`] ?? program.outputs[1 + i],
        to: program.outputs[1 + i],
      })),
    },
  };
  return writeDescribedFile(storeGraph(graph, weights, null, 0).tensors, COMPILED_KEY, description);
}
