import { describeValue } from "../errors/describe_value.ts";
import { checkChecksum, CHECKSUM_KEY } from "../files/checksum.ts";
import { FileFormatError } from "../files/file_format_error.ts";
import { readSafetensors } from "../files/read_safetensors.ts";
import { writeDescribedFile } from "../files/write_described_file.ts";
import type { StateValue } from "../tensor/state_value.ts";

/** Lists of at least so many numbers are written as float64. */
const LONG = 16;

/** The key of the metadata that says which file it is. */
const STATE_KEY = "retroprop_state";

/**
 * The keys of what stands in the JSON for what JSON has not: a part of a tensor, by its first element and its length, that is a typed array
 * or a long list of numbers; and NaN, an infinity or −0.
 */
const FLOAT32 = "$float32";
const FLOAT64 = "$float64";
const NUMBERS = "$numbers";
const NUMBER = "$number";

/**
 * Writes a state as a safetensors file of three tensors: `json`, and all numbers of typed arrays and long lists in `float32` and `float64`.
 * All numbers come back to the bit.
 *
 * @param state Plain data.
 * @param what What it is called in messages.
 * @returns The bytes.
 * @throws {TypeError} If there is anything else in it; the message says where.
 */
export function encodeState(state: StateValue, what = "state"): Uint8Array<ArrayBuffer> {
  const parts: Record<string, ArrayLike<number>[]> = { float32: [], float64: [] };
  const ends: Record<string, number> = { float32: 0, float64: 0 };
  const keep = (key: string, data: ArrayLike<number>): object => {
    const tensor = key === FLOAT32 ? "float32" : "float64";
    parts[tensor].push(data);
    const begin = ends[tensor];
    ends[tensor] += data.length;
    return { [key]: [begin, data.length] };
  };
  const json = JSON.stringify(encodeValue(state, what, keep));
  const float32 = join(new Float32Array(ends.float32), parts.float32);
  const float64 = join(new Float64Array(ends.float64), parts.float64);
  const text = new TextEncoder().encode(json);
  return writeDescribedFile(
    [
      { name: "json", dtype: "U8", shape: [text.length], data: text },
      { name: "float32", dtype: "F32", shape: [float32.length], data: float32 },
      { name: "float64", dtype: "F64", shape: [float64.length], data: float64 },
    ],
    STATE_KEY,
    { version: 1 },
  );
}

function encodeValue(value: unknown, place: string, keep: (key: string, data: ArrayLike<number>) => object): unknown {
  if (value === null || typeof value === "boolean" || typeof value === "string") return value;
  if (typeof value === "number") {
    if (Number.isFinite(value) && !Object.is(value, -0)) return value;
    return { [NUMBER]: Object.is(value, -0) ? "-0" : String(value) };
  }
  if (value instanceof Float32Array) return keep(FLOAT32, value);
  if (value instanceof Float64Array) return keep(FLOAT64, value);
  if (Array.isArray(value)) {
    const isLong = value.length >= LONG && value.every((each) => typeof each === "number");
    return isLong ? keep(NUMBERS, value) : Array.from(value, (each, i) => encodeValue(each, `${place}[${i}]`, keep));
  }
  const prototype = typeof value === "object" && Object.getPrototypeOf(value);
  if (prototype !== Object.prototype && prototype !== null) {
    throw new TypeError(
      `Cannot keep ${place}: it must be null, a boolean, a number, a string, a Float32Array, a Float64Array, or an array or ` +
        `plain object of these, got ${describeValue(value)}`,
    );
  }
  const entries = Object.entries(value as object).filter(([, each]) => each !== undefined);
  return Object.fromEntries(entries.map(([key, each]) => [escape(key), encodeValue(each, `${place}.${key}`, keep)]));
}

/** Keys of the user's that begin with $ get another one. */
function escape(key: string): string {
  return key.startsWith("$") ? `$${key}` : key;
}

function join<T extends Float32Array | Float64Array>(into: T, parts: readonly ArrayLike<number>[]): T {
  let at = 0;
  for (const part of parts) {
    into.set(part, at);
    at += part.length;
  }
  return into;
}

/**
 * Reads a state that `encodeState` wrote.
 *
 * @param bytes The bytes, from offset 0 of their buffer on.
 * @returns The state.
 * @throws {FileFormatError} If the bytes are no such file, or damaged.
 */
export function decodeState(bytes: Uint8Array): StateValue {
  const { tensors, metadata } = readSafetensors(bytes);
  checkChecksum(metadata.get(CHECKSUM_KEY), metadata.get(STATE_KEY) ?? "", tensors, "Cannot read the state of a fit");
  const [json, float32, float64] = [["json", "U8"], ["float32", "F32"], ["float64", "F64"]].map(([name, dtype]) => {
    const tensor = tensors.get(name);
    if (tensor?.dtype !== dtype) throw new FileFormatError(`its state must have the tensor ${name} of ${dtype}`);
    return tensor.data;
  }) as [Uint8Array, Float32Array, Float64Array];
  const part = <T extends Float32Array | Float64Array>(values: T, range: unknown): T => {
    const [begin, length] = Array.isArray(range) ? range : [];
    const isPart = Number.isInteger(begin) && Number.isInteger(length) && begin >= 0 && length >= 0 &&
      begin + length <= values.length;
    if (isPart) return values.slice(begin, begin + length) as T;
    throw new FileFormatError("its state must name its lists of numbers by parts of the tensors");
  };
  try {
    return JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(json), (_, value) => {
      if (typeof value !== "object" || value === null || Array.isArray(value)) return value;
      if (Object.hasOwn(value, FLOAT32)) return part(float32, value[FLOAT32]);
      if (Object.hasOwn(value, FLOAT64)) return part(float64, value[FLOAT64]);
      if (Object.hasOwn(value, NUMBERS)) return Array.from(part(float64, value[NUMBERS]));
      if (Object.hasOwn(value, NUMBER)) return Number(value[NUMBER]);
      if (!Object.keys(value).some((key) => key.startsWith("$"))) return value;
      return Object.fromEntries(Object.entries(value).map(([key, each]) => [key.replace(/^\$\$/, "$"), each]));
    });
  } catch (cause) {
    if (cause instanceof FileFormatError) throw cause;
    throw new FileFormatError("its state must be JSON", { cause });
  }
}
