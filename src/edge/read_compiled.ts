import { checkChecksum, CHECKSUM_KEY } from "../files/checksum.ts";
import { COMPILED_KEY, type Description } from "../files/compiled_format.ts";
import { FileFormatError } from "../files/file_format_error.ts";
import { countElements, isCount, isShape } from "../files/is_shape.ts";
import { parseCompiledDescription } from "../files/parse_compiled_description.ts";
import { parseObject } from "../files/parse_object.ts";

/** A tensor of the file. */
export interface Stored {
  readonly dtype: string;
  readonly shape: readonly number[];
  readonly elements: number;
  readonly data: Uint8Array;
}

/** A file, taken apart. */
export interface CompiledFile {
  readonly description: Description;
  readonly tensors: ReadonlyMap<string, Stored>;
}

const TASK = "Cannot load compiled model";
const SIZES: ReadonlyMap<unknown, number> = new Map([["F32", 4], ["F16", 2], ["I8", 1]]);
/** A longer header is refused: JSON takes up to some ten times its size in memory. */
const MAX_HEADER_BYTES = 1 << 24;

/** Throws the error for a broken file. */
export function failRead(rule: string): never {
  throw new FileFormatError(`${TASK}: ${rule}`);
}

/**
 * Takes a compiled model's file apart: a safetensors file whose metadata holds the program. Tensors are views.
 *
 * @throws FileFormatError
 */
export function readCompiled(bytes: Uint8Array): CompiledFile {
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
  const header = parseObject(decode(bytes.subarray(8, start)), TASK, "the header");
  const metadata = (header.__metadata__ ?? {}) as Record<string, unknown>;
  const text = metadata[COMPILED_KEY];
  const description = parseCompiledDescription(text, TASK);
  const tensors = new Map<string, Stored>();
  let dataBytes = 0;
  for (const [name, entry] of Object.entries(header)) {
    if (name === "__metadata__") continue;
    const { dtype, shape, data_offsets: offsets } = (entry ?? {}) as Record<string, unknown>;
    const size = SIZES.get(dtype) ?? 0;
    const [begin, end] = Array.isArray(offsets) ? offsets : [];
    const elements = isShape(shape) ? countElements(shape) : 0;
    if (!size || !elements || !isCount(begin) || end !== begin + elements * size || start + end > length) {
      failRead(
        `tensor ${
          JSON.stringify(name.slice(0, 80))
        } must have dtype F32, F16 or I8, a shape, and as many bytes within the file`,
      );
    }
    dataBytes += end - begin;
    const data = bytes.subarray(start + begin, start + end);
    tensors.set(name, { dtype: dtype as string, shape: shape as number[], elements, data });
  }
  if (start + dataBytes !== length) failRead(`the tensors must have all ${length - start} bytes behind the header`);
  checkChecksum(metadata[CHECKSUM_KEY], text as string, tensors, TASK);
  return { description, tensors };
}

function decode(bytes: Uint8Array): string {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes as Uint8Array<ArrayBuffer>);
  } catch {
    return failRead("the header must be valid UTF-8");
  }
}
