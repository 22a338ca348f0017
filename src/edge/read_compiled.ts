import { FileFormatError } from "../files/file_format_error.ts";
import { COMPILED_KEY, COMPILED_VERSION, type Description } from "../files/compiled_format.ts";

/** A tensor of the file. */
export interface Stored {
  readonly dtype: string;
  readonly shape: readonly number[];
  readonly elements: number;
  readonly bytes: Uint8Array;
}

/** A file, taken apart. */
export interface Compiled {
  readonly description: Description;
  readonly tensors: ReadonlyMap<string, Stored>;
}

const SIZES: Readonly<Record<string, number>> = { F32: 4, F16: 2, I8: 1 };
/** A longer header is refused: JSON takes up to some ten times its size in memory. */
const MAX_HEADER_BYTES = 1 << 24;

/** Throws the error for a broken file. */
export function failRead(rule: string): never {
  throw new FileFormatError(`Cannot load compiled model: ${rule}`);
}

/** Whether it is an integer from 0 to 2^31 − 1. */
export function isCount(value: unknown): value is number {
  return Number.isInteger(value) && (value as number) >= 0 && (value as number) < 2 ** 31;
}

/** Whether it is an array of integers ≥ 1, whose product is below 2^31. */
export function isShape(value: unknown): value is number[] {
  return Array.isArray(value) && value.every((n) => isCount(n) && n > 0) && isCount(sizeOf(value));
}

/** The product of the sizes. */
export function sizeOf(shape: readonly number[]): number {
  return shape.reduce((a, b) => a * b, 1);
}

/**
 * Takes a compiled model's file apart: a safetensors file whose metadata holds the program. Tensors are views.
 *
 * @throws FileFormatError
 */
export function readCompiled(bytes: Uint8Array): Compiled {
  const length = bytes.byteLength;
  if (length < 8) failRead(`the file must have at least 8 bytes, got ${length}`);
  const view = new DataView(bytes.buffer, bytes.byteOffset, length);
  const headerBytes = view.getUint32(0, true);
  const start = 8 + headerBytes;
  if (view.getUint32(4, true) !== 0 || start > length || headerBytes > MAX_HEADER_BYTES) {
    failRead(
      `the header must have as many bytes as the first 8 say, at most ${MAX_HEADER_BYTES}, and lie within the file`,
    );
  }
  const header = parse(decode(bytes.subarray(8, start)), "the header");
  const metadata = header.__metadata__ as Record<string, unknown> | undefined;
  const text = metadata?.[COMPILED_KEY];
  if (typeof text !== "string") failRead("the file must come from compileModel");
  const description = parse(text, "the program") as unknown as Description;
  if (description.version !== COMPILED_VERSION) {
    failRead(`the version must be ${COMPILED_VERSION}, got ${description.version}`);
  }
  const tensors = new Map<string, Stored>();
  for (const [name, entry] of Object.entries(header)) {
    if (name === "__metadata__") continue;
    const { dtype, shape, data_offsets: offsets } = (entry ?? {}) as Record<string, unknown>;
    const size = Object.hasOwn(SIZES, dtype as string) ? SIZES[dtype as string] : 0;
    const [begin, end] = Array.isArray(offsets) ? offsets : [];
    const elements = isShape(shape) ? sizeOf(shape) : 0;
    if (!size || !elements || !isCount(begin) || end !== begin + elements * size || start + end > length) {
      failRead(
        `tensor ${
          JSON.stringify(name.slice(0, 80))
        } must have dtype F32, F16 or I8, a shape, and as many bytes within the file`,
      );
    }
    tensors.set(name, {
      dtype: dtype as string,
      shape: shape as number[],
      elements,
      bytes: bytes.subarray(start + begin, start + end),
    });
  }
  return { description, tensors };
}

function decode(bytes: Uint8Array): string {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes as Uint8Array<ArrayBuffer>);
  } catch {
    return failRead("the header must be valid UTF-8");
  }
}

function parse(text: string, what: string): Record<string, unknown> {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    failRead(`${what} must be JSON`);
  }
  if (typeof value !== "object" || value === null || Array.isArray(value)) failRead(`${what} must be an object`);
  return value as Record<string, unknown>;
}
