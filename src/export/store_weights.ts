import type { CompiledWeights } from "../files/compiled_format.ts";
import type { NamedTensor } from "../files/named_tensor.ts";
import type { Weight } from "./inference_graph.ts";

/** The largest number that float16 holds. */
const LARGEST_FLOAT16 = 65504;

/** A weight as it is stored, and the values that are read back. */
export interface StoredWeight {
  readonly tensors: readonly NamedTensor[];
  readonly values: Float64Array;
}

/**
 * Stores a tensor. `isKernel` says that it is the matrix [k, n] of a product: only these are stored in fewer bits.
 *
 * - `float16`: rounded to nearest, ties to even; a matrix with larger numbers than 65504 stays float32.
 * - `int8`: w = q · scale, one scale a column (an output channel), the largest |w| of the column / 127; q from −127 to 127.
 */
export function storeWeight(
  { name, shape, values }: Weight,
  isKernel: boolean,
  weights: CompiledWeights,
): StoredWeight {
  if (isKernel && weights === "int8") return storeInt8(name, shape, values);
  if (isKernel && weights === "float16" && values.every((v) => Math.abs(v) <= LARGEST_FLOAT16)) {
    const data = Uint16Array.from(values, (v) => toFloat16(v));
    return { tensors: [{ name, dtype: "F16", shape, data }], values: Float64Array.from(data, fromFloat16) };
  }
  const data = Float32Array.from(values);
  return { tensors: [{ name, dtype: "F32", shape, data }], values: Float64Array.from(data) };
}

function storeInt8(name: string, shape: readonly number[], values: Float64Array): StoredWeight {
  const n = shape[shape.length - 1];
  const scale = new Float32Array(n);
  values.forEach((v, i) => scale[i % n] = Math.max(scale[i % n], Math.abs(v) / 127));
  const data = new Int8Array(values.length);
  values.forEach((v, i) =>
    data[i] = scale[i % n] === 0 ? 0 : Math.max(-127, Math.min(127, Math.round(v / scale[i % n])))
  );
  return {
    tensors: [{ name, dtype: "I8", shape, data }, { name: `${name}:scale`, dtype: "F32", shape: [n], data: scale }],
    values: Float64Array.from(data, (q, i) => Math.fround(q * scale[i % n])),
  };
}

/** The bits of the nearest float16, ties to even; |value| ≤ 65504. */
function toFloat16(value: number): number {
  const sign = value < 0 || Object.is(value, -0) ? 0x8000 : 0;
  const magnitude = Math.abs(value);
  // Units of the last place: 2^-24 for subnormal numbers, else 2^(exponent − 10).
  const exponent = Math.max(-14, magnitude === 0 ? -14 : Math.floor(Math.log2(magnitude)));
  const units = roundToEven(magnitude / 2 ** (exponent - 10));
  return sign | (units + (exponent + 14) * 1024);
}

function roundToEven(x: number): number {
  const down = Math.floor(x);
  const rest = x - down;
  return rest > 0.5 || rest === 0.5 && down % 2 === 1 ? down + 1 : down;
}

function fromFloat16(bits: number): number {
  const exponent = bits >> 10 & 31;
  const magnitude = exponent === 0 ? (bits & 1023) * 2 ** -24 : (1024 + (bits & 1023)) * 2 ** (exponent - 25);
  return bits & 0x8000 ? -magnitude : magnitude;
}
