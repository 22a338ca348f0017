import { readSafetensors } from "../../files/read_safetensors.ts";
import { writeSafetensors } from "../../files/write_safetensors.ts";
import type { TrainerState } from "./trainer_state.ts";

/** A state as bytes, for a journal: a safetensors file. */
export function encodeState({ blocks, iteration, step, epochs }: TrainerState): Uint8Array {
  const tensors = Object.entries(blocks).map(([name, data]) => ({
    name,
    dtype: "F32" as const,
    shape: [data.length],
    data,
  }));
  return writeSafetensors(tensors, { counters: JSON.stringify({ iteration, step, epochs }) });
}

/** Reads what `encodeState` wrote. @throws {FileFormatError} If it is something else. */
export function decodeState(bytes: Uint8Array): TrainerState {
  const { tensors, metadata } = readSafetensors(bytes);
  const { iteration, step, epochs } = JSON.parse(metadata.get("counters") ?? "{}");
  const blocks = Object.fromEntries(
    [...tensors].map(([name, { data }]) => [name, new Float32Array(data as Float32Array<ArrayBuffer>)]),
  );
  return { blocks, iteration, step, epochs };
}
