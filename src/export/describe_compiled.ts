import { checkChecksum, CHECKSUM_KEY } from "../files/checksum.ts";
import { type AccuracyReport, COMPILED_KEY, type CompiledWeights, type Port } from "../files/compiled_format.ts";
import { FileFormatError } from "../files/file_format_error.ts";
import { edgeOperations } from "../kernels/gen/edge_kernels.ts";
import { parseCompiledDescription } from "../files/parse_compiled_description.ts";
import { readSafetensors } from "../files/read_safetensors.ts";

const TASK = "Cannot describe compiled model";

/** What a compiled model is, without loading it. */
export interface CompiledDescription {
  /** The model's name. */
  readonly name: string;
  /** What it takes: one input. */
  readonly inputs: readonly Port[];
  /** What it gives: one output. */
  readonly outputs: readonly Port[];
  /** How the kernels are stored. */
  readonly weights: CompiledWeights;
  /** The operations, in order. */
  readonly operations: readonly string[];
  /** The entry whose `load` takes the file: `retroprop/edge/blocks` where the small one lacks an operation. */
  readonly runtime: "retroprop/edge" | "retroprop/edge/blocks";
  /** The size of the file. */
  readonly bytes: number;
  /** How far the outputs moved; null without calibration data. */
  readonly report: AccuracyReport | null;
}

function isSmall(operation: string): boolean {
  return edgeOperations.split(",").some((entry) => /\w+/.exec(entry)![0] === operation);
}

/**
 * Says what a file of `compileModel` holds.
 *
 * @throws FileFormatError if it is no such file, or is damaged
 */
export function describeCompiled(bytes: Uint8Array): CompiledDescription {
  const { tensors, metadata } = readSafetensors(bytes);
  const text = metadata.get(COMPILED_KEY);
  const { name, inputs, outputs, weights, calls, report } = parseCompiledDescription(text, TASK);
  checkChecksum(metadata.get(CHECKSUM_KEY), text as string, tensors, TASK);
  const isReport = report === undefined || ["samples", "maxError", "meanError", "agreement"].every((key) => {
    return typeof (report as unknown as Record<string, unknown> | null)?.[key] === "number";
  });
  if (!isReport) throw new FileFormatError(`${TASK}: report must have samples, maxError, meanError and agreement`);
  const portOf = ({ at: _, ...port }: Port & { at: number }): Port => port;
  return {
    name,
    inputs: inputs.map(portOf),
    outputs: outputs.map(portOf),
    weights,
    operations: calls.map(([operation]) => operation),
    runtime: calls.every(([operation]) => isSmall(operation)) ? "retroprop/edge" : "retroprop/edge/blocks",
    bytes: bytes.byteLength,
    report: report ?? null,
  };
}
