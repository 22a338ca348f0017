import type { PlacedWeight } from "./plan.ts";
import type { Stored } from "./read_compiled.ts";

/** Which code runs a model. */
export type EngineName = "wasm-fast" | "wasm-portable" | "wasm-module" | "javascript";

/** A model in memory, ready to run. */
export interface Engine {
  readonly name: EngineName;
  /** The memory; it never moves. */
  readonly heap: Float32Array;
  /** Where the plan's element 0 is in `heap`. */
  readonly base: number;
  /** Runs the program for `rows` samples, 1 to the plan's `maxRows`. */
  run(rows: number): void;
}

/** Writes a tensor into memory as float32, in its own layout. */
export function writeWeight({ stored, scale }: PlacedWeight, heap: Float32Array, at: number): void {
  const target = heap.subarray(at, at + stored.elements);
  if (stored.dtype === "F16") expandFloat16(stored, target);
  else if (stored.dtype === "I8") expandInt8(stored, scale!, target);
  else new Uint8Array(target.buffer, target.byteOffset, target.byteLength).set(stored.data);
}

/** Half to single precision: the bits are shifted to their places, and 2^112 makes up for the exponents' different biases. */
function expandFloat16({ data }: Stored, target: Float32Array): void {
  const bits = new Uint32Array(target.buffer, target.byteOffset, target.length);
  for (let i = 0; i < bits.length; i++) {
    const half = data[2 * i] | data[2 * i + 1] << 8;
    bits[i] = (half & 0x8000) << 16 | (half & 0x7fff) << 13;
    target[i] *= 2 ** 112;
  }
}

function expandInt8({ data }: Stored, scale: Stored, target: Float32Array): void {
  const factors = new Float32Array(scale.data.slice().buffer);
  for (let i = 0, j = 0; i < target.length; i++) {
    target[i] = (data[i] << 24 >> 24) * factors[j];
    if (++j === factors.length) j = 0;
  }
}
