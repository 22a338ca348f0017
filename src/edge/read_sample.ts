/** The largest float32 number. */
const LARGEST = 3.4028234663852886e38;

/**
 * How many samples there are in an array of samples, or in a typed array of samples one after the other.
 *
 * @throws TypeError
 */
export function sampleCount(input: unknown, elements: number, name: string): number {
  const isView = ArrayBuffer.isView(input);
  const count = isView ? (input as Uint8Array).length / elements : Array.isArray(input) ? input.length : 0;
  if (count >= 1 && count % 1 === 0) return count;
  const rule = isView ? `a typed array of n * ${elements} numbers` : "an array of samples";
  throw new TypeError(`Cannot predict: ${name} must be ${rule}, not empty, got ${show(input)}`);
}

/**
 * Reads one sample into memory: nested arrays of `shape`, whose innermost may be typed arrays, or one typed array of all its numbers.
 *
 * @throws TypeError for another shape or what is no number, RangeError for NaN and for what float32 cannot hold; both name the place
 */
export function readSample(
  value: unknown,
  shape: readonly number[],
  heap: Float32Array,
  at: number,
  path: string,
  elements: number,
  axis = 0,
): void {
  const isView = ArrayBuffer.isView(value);
  if (axis === shape.length) {
    if (typeof value !== "number") throw new TypeError(`Cannot predict: ${path} must be a number, got ${show(value)}`);
    if (!(value >= -LARGEST && value <= LARGEST)) throw rangeError(path, value);
    heap[at] = value;
    return;
  }
  const size = shape[axis];
  const wanted = isView ? elements : size;
  const array = value as ArrayLike<unknown>;
  if (!isView && !Array.isArray(value) || array.length !== wanted) {
    const kind = axis + 1 < shape.length && !isView ? "arrays" : "numbers";
    throw new TypeError(`Cannot predict: ${path} must be an array of ${wanted} ${kind}, got ${show(value)}`);
  }
  if (isView || axis + 1 === shape.length) {
    for (let i = 0; i < wanted; i++) {
      const x = array[i];
      if (typeof x !== "number") throw new TypeError(`Cannot predict: ${path}[${i}] must be a number, got ${show(x)}`);
      if (!(x >= -LARGEST && x <= LARGEST)) throw rangeError(`${path}[${i}]`, x);
      heap[at + i] = x;
    }
    return;
  }
  const stride = elements / size;
  for (let i = 0; i < size; i++) readSample(array[i], shape, heap, at + i * stride, `${path}[${i}]`, stride, axis + 1);
}

function rangeError(path: string, value: number): RangeError {
  return new RangeError(`Cannot predict: ${path} must be finite in float32, got ${value}`);
}

/** A short text for any value. */
function show(value: unknown): string {
  if (typeof value === "string") return JSON.stringify(value.slice(0, 40));
  if (Array.isArray(value)) return `an array of ${value.length}`;
  if (ArrayBuffer.isView(value)) return `a typed array of ${(value as Uint8Array).length}`;
  return value === null || typeof value !== "object" ? String(value) : "an object";
}
