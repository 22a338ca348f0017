import { assert } from "@std/assert";
import { FileFormatError, layers, loadModel, optimizers, schedules, sequential } from "../../mod.ts";
import type { Sequential } from "../../mod.ts";
import { readSafetensors } from "../../src/files/read_safetensors.ts";
import { writeSafetensors } from "../../src/files/write_safetensors.ts";
import { countLookups } from "../files/count_lookups.ts";
import { observeAllocation } from "../files/observe_allocation.ts";
import { drawNumbers } from "./draw_numbers.ts";

// deno-lint-ignore no-explicit-any
type Any = any;

/** A model with a bit of everything that a file holds. */
async function goodModel(): Promise<Sequential> {
  const model = sequential([
    layers.normalization({ mean: [0, 1, 2], variance: [1, 2, 3], inputShape: [3] }),
    layers.dense({ units: 4, activation: "leaky_relu", kernelRegularizer: "l2", kernelConstraint: "max_norm" }),
    layers.dropout({ rate: 0.25, seed: 3 }),
    layers.reshape({ targetShape: [2, -1] }),
    layers.flatten(),
    layers.prelu(),
    layers.dense({ units: 2, activation: "softmax" }),
  ], { seed: 5 });
  const learningRate = schedules.cosineDecay({ initialLearningRate: 0.1, decaySteps: 100 });
  model.compile({
    optimizer: optimizers.adam({ learningRate }),
    loss: "sparse_categorical_crossentropy",
    metrics: ["accuracy"],
  });
  await model.fit(drawNumbers(8, 3, 1), [0, 1, 0, 1, 0, 1, 0, 1], { verbose: 0 });
  return model;
}

/** The bytes of a model with a bit of everything. */
export const GOOD = (await goodModel()).toBytes();
const { tensors, metadata } = readSafetensors(GOOD);
/** Its tensors. */
export const TENSORS = [...tensors.values()];
/** Its description. */
export const DESCRIPTION = metadata.get("retroprop")!;

/** The good file with another description, or other tensors. */
export function file(description: string | Any, change: (list: Any[]) => Any[] = (list) => list): Uint8Array {
  const text = typeof description === "string" ? description : JSON.stringify(description);
  return writeSafetensors(change([...TENSORS]), { retroprop: text });
}

/** The good file with a change of its description. */
export function described(change: (d: Any) => unknown): Uint8Array {
  const d = JSON.parse(DESCRIPTION);
  change(d);
  return file(d);
}

/** The most steps of lookups a byte of a file, and of a file without any. */
const STEPS_PER_BYTE = 4, STEPS = 5000;

/** Loads within the limits of work and memory: a model, or a FileFormatError with a message that can be read. */
export async function loadHostile(bytes: Uint8Array): Promise<Sequential | FileFormatError> {
  let settled: Promise<Sequential | FileFormatError>;
  const load = (): void => {
    // Everything but the reading of a path happens before loadModel's first await.
    settled = loadModel(bytes).catch((error) => {
      if (!(error instanceof FileFormatError)) throw error;
      assert(error.message.startsWith("Cannot "), error.message);
      assert(error.message.length < 3000, "the message must stay readable");
      return error;
    });
  };
  const limitBytes = bytes.length + 2 ** 20;
  const steps = countLookups(load);
  const limitSteps = STEPS + STEPS_PER_BYTE * bytes.length;
  assert(steps <= limitSteps, `${steps} steps of lookups for a file of ${bytes.length} bytes`);
  await settled!;
  let allocated = observeAllocation(load);
  for (let again = 0; again < 2 && allocated > limitBytes; again++) {
    await settled!;
    allocated = observeAllocation(load);
  }
  assert(allocated <= limitBytes, `allocated ${allocated} bytes for a file of ${bytes.length}`);
  return await settled!;
}

/** Checks that a file is refused, with a message that has `message` in it. */
export async function refuse(bytes: Uint8Array, message: string, what = message): Promise<void> {
  const found = await loadHostile(bytes);
  if (!(found instanceof FileFormatError)) throw new Error(`${what}: must be refused`);
  assert(found.message.includes(message), `${what}: ${found.message}`);
}
