import { FileFormatError } from "../files/file_format_error.ts";
import { readCompiledSteps } from "../files/read_compiled_steps.ts";
import { EdgeStepper } from "./edge_stepper.ts";
import { type AsyncSource, createEngine, type EdgeLoadOptions, openSource } from "./load_model.ts";
import { planModel } from "./plan.ts";
import { sequencesRuntime } from "./sequences_runtime.ts";

/**
 * Loads what `compileStepper` wrote, to run a model one step of a sequence at a time: at once from bytes, or as a promise from a Response, a
 * stream, a URL or a promise of these. Options are those of `load`. Every stepper is for one sequence, and has weights of its own.
 *
 * @example
 * ```ts
 * import { compileStepper, layers, sequential } from "retroprop";
 * import { loadStepper } from "retroprop/edge/sequences";
 * const trained = sequential([layers.dense({ units: 2, inputShape: [null, 3] })]);
 * const s = loadStepper(compileStepper(trained));
 * s.step([1, 2, 3]); // 2 numbers
 * s.reset();
 * ```
 * @throws TypeError for unknown options, FileFormatError if it is no stepper's file, is damaged, comes from another version
 */
export function loadStepper(source: Uint8Array | ArrayBuffer, options?: EdgeLoadOptions): EdgeStepper;
/** As above, from what has to be waited for. */
export function loadStepper(source: AsyncSource, options?: EdgeLoadOptions): Promise<EdgeStepper>;
export function loadStepper(
  source: Uint8Array | ArrayBuffer | AsyncSource,
  options?: EdgeLoadOptions,
): EdgeStepper | Promise<EdgeStepper> {
  return openSource(source, options, (bytes, options) => {
    const plan = planModel(bytes, sequencesRuntime, "loadStepper");
    const steps = readCompiledSteps(plan.description, "Cannot load compiled model");
    if (steps === null) throw new FileFormatError("Cannot load compiled model: the file must come from compileStepper");
    return new EdgeStepper(plan, createEngine(plan, options), steps);
  });
}
