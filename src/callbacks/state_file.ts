import { describeValue } from "../errors/describe_value.ts";
import { FileFormatError } from "../files/file_format_error.ts";
import type { NamedTensor } from "../files/named_tensor.ts";
import { readSafetensors } from "../files/read_safetensors.ts";
import { writeSafetensors } from "../files/write_safetensors.ts";
import type { StateValue } from "../tensor/state_value.ts";

/** Lists of at least so many numbers are written as float64. */
const LONG = 16;

/**
 * The keys of what stands in the JSON for what JSON has not: a typed array, a long list of numbers (both by the number of their tensor),
 * and NaN, an infinity or −0.
 */
const FLOAT32 = "$float32";
const FLOAT64 = "$float64";
const NUMBERS = "$numbers";
const NUMBER = "$number";

/**
 * Writes a state as a safetensors file: JSON in its metadata under `state`, typed arrays and long lists of numbers as tensors named by
 * their number. All numbers come back to the bit.
 *
 * @param state Plain data.
 * @returns The bytes.
 * @throws {TypeError} If there is anything else in it; the message says where.
 */
export function encodeState(state: StateValue): Uint8Array<ArrayBuffer> {
  const tensors: NamedTensor[] = [];
  const keep = (key: string, data: Float32Array | Float64Array): object => {
    const dtype = data instanceof Float32Array ? "F32" : "F64";
    tensors.push({ name: String(tensors.length), dtype, shape: [data.length], data: data.slice() });
    return { [key]: tensors.length - 1 };
  };
  const encode = (value: unknown, place: string): unknown => {
    if (value === null || typeof value === "boolean" || typeof value === "string") return value;
    if (typeof value === "number") {
      if (Number.isFinite(value) && !Object.is(value, -0)) return value;
      return { [NUMBER]: Object.is(value, -0) ? "-0" : String(value) };
    }
    if (value instanceof Float32Array) return keep(FLOAT32, value);
    if (value instanceof Float64Array) return keep(FLOAT64, value);
    if (Array.isArray(value)) {
      const isLong = value.length >= LONG && value.every((each) => typeof each === "number");
      return isLong
        ? keep(NUMBERS, Float64Array.from(value))
        : Array.from(value, (each, i) => encode(each, `${place}[${i}]`));
    }
    const prototype = typeof value === "object" && Object.getPrototypeOf(value);
    if (prototype !== Object.prototype && prototype !== null) {
      const rule =
        "it must be null, a boolean, a number, a string, a Float32Array, a Float64Array, or an array or plain object of these";
      throw new TypeError(`Cannot keep ${place}: ${rule}, got ${describeValue(value)}`);
    }
    const entries = Object.entries(value as object).filter(([, each]) => each !== undefined);
    return Object.fromEntries(entries.map(([key, each]) => [escape(key), encode(each, `${place}.${key}`)]));
  };
  const text = JSON.stringify(encode(state, "state"));
  return writeSafetensors(tensors, { state: text });
}

/** Keys of the user's that begin with $ get another one. */
function escape(key: string): string {
  return key.startsWith("$") ? `$${key}` : key;
}

/**
 * Reads a state that `encodeState` wrote.
 *
 * @param bytes The bytes, from offset 0 of their buffer on.
 * @returns The state.
 * @throws {FileFormatError} If the bytes are no such file.
 */
export function decodeState(bytes: Uint8Array): StateValue {
  const { tensors, metadata } = readSafetensors(bytes);
  const read = (name: unknown, dtype: "F32" | "F64"): Float32Array | Float64Array => {
    const tensor = tensors.get(String(name));
    if (tensor?.dtype === dtype) return (tensor.data as Float32Array | Float64Array).slice();
    throw new FileFormatError(`its state must have its lists of numbers, but number ${String(name)} is missing`);
  };
  try {
    return JSON.parse(metadata.get("state") ?? "", (_, value) => {
      if (typeof value !== "object" || value === null || Array.isArray(value)) return value;
      if (Object.hasOwn(value, FLOAT32)) return read(value[FLOAT32], "F32");
      if (Object.hasOwn(value, FLOAT64)) return read(value[FLOAT64], "F64");
      if (Object.hasOwn(value, NUMBERS)) return Array.from(read(value[NUMBERS], "F64"));
      if (Object.hasOwn(value, NUMBER)) return Number(value[NUMBER]);
      if (!Object.keys(value).some((key) => key.startsWith("$"))) return value;
      return Object.fromEntries(Object.entries(value).map(([key, each]) => [key.replace(/^\$\$/, "$"), each]));
    });
  } catch (cause) {
    if (cause instanceof FileFormatError) throw cause;
    throw new FileFormatError("its state must be JSON", { cause });
  }
}
