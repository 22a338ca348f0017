import { checkChecksum, CHECKSUM_KEY } from "../files/checksum.ts";
import { type AccuracyReport, COMPILED_KEY, type CompiledWeights, type Port } from "../files/compiled_format.ts";
import { FileFormatError } from "../files/file_format_error.ts";
import type { EdgeSpecifier } from "../kernels/gen/edge_kernels.ts";
import { parseCompiledDescription } from "../files/parse_compiled_description.ts";
import { readCompiledEncoder } from "../files/read_compiled_encoder.ts";
import { readCompiledSteps } from "../files/read_compiled_steps.ts";
import { readSafetensors } from "../files/read_safetensors.ts";
import { entryOperations } from "./entry_operations.ts";

const TASK = "Cannot describe compiled model";

/** What a compiled model is, without loading it. */
export interface CompiledDescription {
  /** The model's name. */
  readonly name: string;
  /** What it takes: one input. */
  readonly inputs: readonly Port[];
  /** What it gives: one output. */
  readonly outputs: readonly Port[];
  /** Of a stepper's file: how many steps there may be, and what is kept between them, by name with its shape. null of a model's. */
  readonly steps: {
    readonly maxSteps: number | null;
    readonly states: Readonly<Record<string, readonly number[]>>;
  } | null;
  /** Of a model whose input is strings, or integers of many digits: which, and the shape of a sample of these. null of others. */
  readonly encoder: {
    readonly dtype: "string" | "int64";
    readonly shape: readonly (number | null)[];
  } | null;
  /** How the kernels are stored. */
  readonly weights: CompiledWeights;
  /** The operations, in order. */
  readonly operations: readonly string[];
  /**
   * The smallest entry whose `load` takes the file: `retroprop/edge`, `retroprop/edge/blocks` or `retroprop/edge/sequences`, whose
   * `loadStepper` takes those of steppers, and `loadTextModel` those of texts.
   */
  readonly runtime: EdgeSpecifier;
  /** The size of the file. */
  readonly bytes: number;
  /** How far the outputs moved; null without calibration data. */
  readonly report: AccuracyReport | null;
}

/** The entry with the most operations. */
const [LARGEST] = entryOperations[entryOperations.length - 1];

/** The first entry that has all of these operations; what none of them knows, the last one refuses. */
function findRuntime(wanted: readonly string[]): EdgeSpecifier {
  const left = new Set(wanted);
  for (const [specifier, names] of entryOperations) {
    for (const name of names) left.delete(name);
    if (left.size === 0) return specifier;
  }
  return LARGEST;
}

/**
 * Says what a file of `compileModel` holds.
 *
 * @throws FileFormatError if it is no such file, or is damaged
 */
export function describeCompiled(bytes: Uint8Array): CompiledDescription {
  const { tensors, metadata } = readSafetensors(bytes);
  const text = metadata.get(COMPILED_KEY);
  const description = parseCompiledDescription(text, TASK);
  const { name, inputs, outputs, weights, calls, report } = description;
  const steps = readCompiledSteps(description, TASK);
  const encoder = readCompiledEncoder(description, TASK);
  checkChecksum(metadata.get(CHECKSUM_KEY), text as string, tensors, TASK);
  const isReport = report === undefined || ["samples", "maxError", "meanError", "agreement"].every((key) => {
    return typeof (report as unknown as Record<string, unknown> | null)?.[key] === "number";
  });
  if (!isReport) throw new FileFormatError(`${TASK}: report must have samples, maxError, meanError and agreement`);
  const operations = calls.map(([operation]) => operation);
  const portOf = ({ at: _, ...port }: Port & { at: number }): Port => port;
  return {
    name,
    inputs: inputs.map(portOf),
    outputs: outputs.map(portOf),
    steps: steps && {
      maxSteps: steps.most,
      states: Object.fromEntries(steps.states.map(({ name, shape }) => [name, shape])),
    },
    encoder: encoder && { dtype: encoder.dtype, shape: encoder.shape },
    weights,
    operations,
    runtime: steps === null && encoder === null ? findRuntime(operations) : LARGEST,
    bytes: bytes.byteLength,
    report: report ?? null,
  };
}
