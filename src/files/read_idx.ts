import { describeValue } from "../errors/describe_value.ts";
import { FileFormatError } from "./file_format_error.ts";

/** Numbers of an IDX file with their shape. */
export interface IdxData {
  /** The numbers, the last axis running fastest, in an array of the type that the file names. */
  readonly data: Uint8Array | Int8Array | Int16Array | Int32Array | Float32Array | Float64Array;
  /** The length of each axis, outermost first: [60000, 28, 28] for the images of MNIST. */
  readonly shape: readonly number[];
}

const TASK = "Cannot read IDX file";
/** More axes than this are taken for damage. */
const MOST_AXES = 16;

const LONGEST_HEADER = 4 + 4 * MOST_AXES;
/** A byte of deflate stands for at most so many (258 in 2 bits). */
const MOST_RATIO = 1032;

/** The element types of the format: their numbers, their sizes and how one is read; the format is big-endian. */
const TYPES = {
  0x08: { Type: Uint8Array, read: null },
  0x09: { Type: Int8Array, read: null },
  0x0b: { Type: Int16Array, read: (view: DataView, at: number): number => view.getInt16(at) },
  0x0c: { Type: Int32Array, read: (view: DataView, at: number): number => view.getInt32(at) },
  0x0d: { Type: Float32Array, read: (view: DataView, at: number): number => view.getFloat32(at) },
  0x0e: { Type: Float64Array, read: (view: DataView, at: number): number => view.getFloat64(at) },
} as const;

/**
 * Reads a file of the IDX format, in which MNIST and its kin are published: plain, or packed by gzip as it is downloaded.
 *
 * The header is two zero bytes, the type of the elements, the number of axes, and the length of each axis as a big-endian 32-bit number; the
 * elements follow, big-endian, the last axis running fastest. All six types are read. Single bytes are not copied: `data` is a view of
 * what was given, or of what was unpacked.
 *
 * ```ts
 * import { readIdx } from "retroprop";
 *
 * const { data, shape } = await readIdx(Uint8Array.of(0, 0, 8, 1, 0, 0, 0, 3, 7, 8, 9));
 * data; // Uint8Array [7, 8, 9]
 * shape; // [3]
 * ```
 *
 * What it gives is taken wherever data are: `model.fit(images, labels)`. Images [samples, height, width] do for a model of inputs
 * [height, width, 1]. Values stay as they are, 0 to 255 for bytes.
 *
 * @param bytes The content of the file.
 * @returns The numbers and their shape.
 * @throws {TypeError} If it is given no bytes.
 * @throws {FileFormatError} If the content is no such file, is cut short or goes on behind its end. Nothing is allocated before the size that
 *   the header states is known to be there; a packed file is unpacked no further than that.
 */
export async function readIdx(bytes: Uint8Array | ArrayBuffer): Promise<IdxData> {
  const given = bytes instanceof ArrayBuffer ? new Uint8Array(bytes) : bytes;
  if (!(given instanceof Uint8Array)) {
    throw new TypeError(
      `${TASK}: it takes the bytes of the file, a Uint8Array or an ArrayBuffer, got ${describeValue(bytes)}`,
    );
  }
  const plain = given[0] === 0x1f && given[1] === 0x8b ? await unpack(given) : given;
  const { type, shape, start, end } = readHeader(plain);
  if (plain.length !== end) {
    throw new FileFormatError(
      `${TASK}: its header says [${shape.join(", ")}] elements of ${
        TYPES[type].Type.name
      }, so it must have ${end} bytes, ` +
        `got ${plain.length}`,
    );
  }
  return { data: readElements(plain, type, start, end), shape };
}

/** What the header says; the elements lie from `start` to `end`. */
function readHeader(bytes: Uint8Array) {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (bytes.length < 4 || view.getUint16(0) !== 0) {
    const found = Array.from(bytes.subarray(0, 4)).join(", ");
    throw new FileFormatError(`${TASK}: it must begin with two bytes 0, a type and a number of axes, got [${found}]`);
  }
  const [type, rank] = [bytes[2], bytes[3]];
  if (!Object.hasOwn(TYPES, type)) {
    const known = Object.keys(TYPES).map((id) => `0x0${Number(id).toString(16)}`).join(", ");
    throw new FileFormatError(`${TASK}: the type of elements must be one of ${known}, got 0x${type.toString(16)}`);
  }
  if (rank < 1 || rank > MOST_AXES) {
    throw new FileFormatError(`${TASK}: it must have 1 to ${MOST_AXES} axes, got ${rank}`);
  }
  const start = 4 + 4 * rank;
  if (bytes.length < start) {
    throw new FileFormatError(`${TASK}: ${rank} axes need a header of ${start} bytes, got ${bytes.length}`);
  }
  const shape = Array.from({ length: rank }, (_, axis) => view.getUint32(4 + 4 * axis));
  const empty = shape.indexOf(0);
  if (empty >= 0) {
    throw new FileFormatError(`${TASK}: every axis must have at least one element, axis ${empty} has none`);
  }
  const size = shape.reduce((product, length) => product * length, 1);
  const id = type as keyof typeof TYPES;
  return { type: id, shape, start, end: start + size * TYPES[id].Type.BYTES_PER_ELEMENT };
}

/** The elements in the machine's byte order; single bytes where they lie. */
function readElements(bytes: Uint8Array, type: keyof typeof TYPES, start: number, end: number): IdxData["data"] {
  const { Type, read } = TYPES[type];
  if (read === null) return new Type(bytes.buffer as ArrayBuffer, bytes.byteOffset + start, end - start);
  const view = new DataView(bytes.buffer, bytes.byteOffset + start, end - start);
  const width = Type.BYTES_PER_ELEMENT;
  const data = new Type((end - start) / width);
  for (let i = 0; i < data.length; i++) data[i] = read(view, i * width);
  return data;
}

/**
 * Unpacks a gzip file as far as its own header says that it goes, and one byte more if there is one.
 *
 * @throws {FileFormatError} If it is damaged, or says of itself that it is larger than anything so small can be unpacked to
 */
async function unpack(packed: Uint8Array): Promise<Uint8Array> {
  const unpacker = new DecompressionStream("gzip");
  const writer = unpacker.writable.getWriter();
  // What goes wrong shows itself where the stream is read.
  writer.write(packed as Uint8Array<ArrayBuffer>).catch(() => {});
  writer.close().catch(() => {});
  const reader = unpacker.readable.getReader();
  let bytes = new Uint8Array(LONGEST_HEADER);
  let length = 0;
  let end: number | null = null;
  try {
    for (let next = await reader.read(); !next.done; next = await reader.read()) {
      let from = 0;
      while (from < next.value.length && length < bytes.length) {
        const part = next.value.subarray(from, from + bytes.length - length);
        bytes.set(part, length);
        from += part.length;
        length += part.length;
        if (end !== null || length < LONGEST_HEADER) continue;
        end = readHeader(bytes).end;
        if (end > packed.length * MOST_RATIO) {
          throw new FileFormatError(
            `${TASK}: its header says ${end} bytes, which ${packed.length} bytes of gzip cannot be unpacked to`,
          );
        }
        const all = new Uint8Array(end + 1);
        all.set(bytes.subarray(0, Math.min(length, all.length)));
        length = Math.min(length, all.length);
        bytes = all;
      }
      if (end !== null && length > end) break;
    }
  } catch (cause) {
    if (cause instanceof FileFormatError) throw cause;
    const message = cause instanceof Error ? cause.message : String(cause);
    throw new FileFormatError(`${TASK}: it is packed by gzip and damaged: ${message}`, { cause });
  } finally {
    reader.cancel().catch(() => {});
  }
  return bytes.subarray(0, length);
}
