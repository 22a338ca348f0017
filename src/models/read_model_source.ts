import { readFile } from "../files/read_file.ts";

/** Where `loadModel` takes a model from: a path, a URL of a file, or the bytes in any of their forms. */
export type ModelSource =
  | string
  | URL
  | Uint8Array
  | ArrayBuffer
  | DataView
  | Blob
  | Response
  | PromiseLike<Uint8Array | ArrayBuffer | DataView | Blob | Response>;

const TASK = "Cannot load model";

/**
 * The bytes of a model; at once, where they are there.
 *
 * @throws TypeError for what has no bytes, Error for a file that cannot be read and a response that failed
 */
export function readModelSource(source: ModelSource): Uint8Array | Promise<Uint8Array> {
  return bytesOf(source) ?? readLater(source);
}

function bytesOf(source: unknown): Uint8Array | null {
  if (source instanceof Uint8Array) return source;
  if (source instanceof DataView) return new Uint8Array(source.buffer, source.byteOffset, source.byteLength);
  const isBuffer = source instanceof ArrayBuffer ||
    typeof SharedArrayBuffer !== "undefined" && source instanceof SharedArrayBuffer;
  return isBuffer ? new Uint8Array(source) : null;
}

async function readLater(source: ModelSource): Promise<Uint8Array> {
  const given: unknown = await source;
  const bytes = bytesOf(given);
  if (bytes !== null) return bytes;
  if (typeof given === "string" || given instanceof URL) {
    const scheme = /^(https?):\/\//i.exec(String(given))?.[1].toLowerCase();
    if (scheme === undefined) return await readFile(given);
    throw new TypeError(
      `${TASK}: a URL must begin with file:, got ${scheme}:; write loadModel(await fetch(url)) to load it from there`,
    );
  }
  if (typeof Response !== "undefined" && given instanceof Response) {
    if (!given.ok) throw new Error(`${TASK}: the response must be ok, got status ${given.status}`);
    if (given.bodyUsed) throw new TypeError(`${TASK}: the response must not have been read, but its body is used up`);
    return new Uint8Array(await given.arrayBuffer());
  }
  if (typeof Blob !== "undefined" && given instanceof Blob) return new Uint8Array(await given.arrayBuffer());
  throw new TypeError(
    `${TASK}: source must be a path, a file: URL, or the bytes of a file as Uint8Array, ArrayBuffer, DataView, Blob or ` +
      `Response, got ${describeKind(given)}`,
  );
}

/** What a value is, without what is in it: it may be a file. */
function describeKind(value: unknown): string {
  if (Array.isArray(value)) return `an array of ${value.length}; write new Uint8Array(array)`;
  if (ArrayBuffer.isView(value)) {
    return `a ${value.constructor.name}; write new Uint8Array(array.buffer, array.byteOffset, array.byteLength)`;
  }
  if (typeof value === "object" && value !== null) {
    const name = Object.getPrototypeOf(value)?.constructor?.name;
    return typeof name === "string" && name !== "Object" ? `an object of class ${name.slice(0, 40)}` : "an object";
  }
  return value === null ? "null" : typeof value;
}
