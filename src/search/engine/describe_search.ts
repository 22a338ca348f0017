import type { DataInput } from "../../data/data_input.ts";
import { isRecord } from "../../data/sort_data.ts";
import type { RawTensor } from "../../tensor/raw_tensor.ts";
import { readRaw } from "../../tensor/read_raw.ts";
import { Tensor } from "../../tensor/tensor.ts";
import { toTensor } from "../../tensor/to_tensor.ts";
import { describeSpace } from "../space/describe_space.ts";
import type { SearchSettings } from "./read_search_options.ts";
import type { SearchData } from "./workshop.ts";

/** What to set to get the same search again, as JSON. What only says when to stop is left out. */
export function describeSearch(settings: SearchSettings): Readonly<Record<string, unknown>> {
  const { space, sampler, pruner, epochs, batchSize, shuffle, validation, repeats, monitor, mode, seed } = settings;
  const { classWeight, deterministic, lag } = settings;
  return {
    space: describeSpace(space),
    sampler: { id: sampler.id, config: sampler.config },
    pruner: { id: pruner.id, config: pruner.config },
    epochs: typeof epochs === "function" ? { function: String(epochs) } : epochs,
    batchSize: typeof batchSize === "function" ? { function: String(batchSize) } : batchSize,
    shuffle,
    validation: validation !== null && "x" in validation ? "given" : validation,
    repeats,
    monitor,
    mode,
    seed,
    classWeight,
    deterministic: deterministic ? { lag } : false,
  };
}

/** A hash of the data of a search: equal data have equal hashes. */
export async function hashData(data: SearchData, { validation }: SearchSettings): Promise<string> {
  const parts = validation !== null && "x" in validation ? [data, validation] : [data];
  const hashes: string[] = [];
  for (const { x, y, sampleWeight } of parts) {
    for (const input of [x, y, sampleWeight]) {
      for (const [name, tensor] of listInputs(input)) hashes.push(name + await hashValues(tensor));
    }
  }
  return hashes.join(" ");
}

/** What was given for each input or output: its name in a record with "=" behind it, and the data. */
function listInputs(given: unknown): readonly [name: string, data: Tensor | RawTensor][] {
  if (given === undefined || given === null) return [];
  if (isRecord(given, [])) {
    const names = Object.keys(given).sort();
    return names.flatMap((name): [string, Tensor | RawTensor][] =>
      listInputs(given[name]).map(([, data]) => [`${name}=`, data])
    );
  }
  if (Array.isArray(given) && given[0] instanceof Tensor) return given.flatMap(listInputs);
  // A list of inputs holds tensors, or arrays of several shapes; one whose arrays are all alike can be read as one.
  try {
    return [[
      "",
      isRaw(given) ? readRaw(given, "data", ["int64", "string"]) : toTensor(given as DataInput, { name: "data" }),
    ]];
  } catch (error) {
    if (Array.isArray(given)) return given.flatMap(listInputs);
    throw error;
  }
}

/** Whether data are strings, or integers that float32 cannot hold. */
function isRaw(given: unknown): boolean {
  let first = given;
  for (let depth = 0; Array.isArray(first) && depth < 16; depth++) first = first[0];
  return typeof first === "string" || typeof first === "bigint";
}

async function hashValues(values: Tensor | RawTensor): Promise<string> {
  const bytes = values instanceof Tensor
    ? new Float32Array(values.data)
    : new TextEncoder().encode(JSON.stringify(values.values));
  const digest = await crypto.subtle.digest("SHA-256", bytes);
  return `${values.shape.join("x")}:${toHex(new Uint8Array(digest).subarray(0, 8))}`;
}

function toHex(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}
