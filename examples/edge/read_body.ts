import { RequestError } from "./request_error.ts";

/** How much of a body is read, and how long it may take. */
export interface BodyLimits {
  /** The longest body in bytes. */
  readonly maxBodyBytes: number;
  /** How long a body may take to arrive, in milliseconds. */
  readonly bodyTimeoutMs: number;
}

/**
 * Reads a whole body, at most `maxBodyBytes` of it and for at most `bodyTimeoutMs`, as text or as bytes. In a text, what is no UTF-8
 * becomes U+FFFD.
 *
 * @throws RequestError 413 if it is longer, 408 if it is late, 400 if it breaks off
 */
export function readBody(request: Request, kind: "text", limits: BodyLimits): Promise<string>;
/** As above. */
export function readBody(request: Request, kind: "bytes", limits: BodyLimits): Promise<ArrayBuffer>;
export function readBody(
  request: Request,
  kind: "text" | "bytes",
  { maxBodyBytes, bodyTimeoutMs }: BodyLimits,
): Promise<string | ArrayBuffer> {
  const tooLong = (found: string): RequestError =>
    new RequestError(413, "body", `must have at most ${maxBodyBytes} bytes`, found);
  const announced = Number(request.headers.get("content-length") ?? NaN);
  if (announced > maxBodyBytes) throw tooLong(`${announced}`);
  // A server hands over no more than was announced; so the platform may gather the pieces, which is faster. Not with
  // transfer-encoding, beside which no length counts.
  const isSafe = announced >= 0 && !request.headers.has("transfer-encoding");
  const reader = isSafe ? undefined : request.body?.getReader();
  const body: Promise<string | ArrayBuffer> = reader === undefined
    ? kind === "text" ? request.text() : request.arrayBuffer()
    : gather(reader, maxBodyBytes, tooLong).then((bytes) => kind === "text" ? new TextDecoder().decode(bytes) : bytes);
  return new Promise((resolve, reject) => {
    const fail = (error: unknown): void => {
      clearTimeout(timer);
      reader?.cancel().catch(() => {});
      const isKnown = error instanceof RequestError;
      reject(isKnown ? error : new RequestError(400, "body", "must be complete", "a body that breaks off"));
    };
    const timer = setTimeout(() => {
      fail(new RequestError(408, "body", `must arrive within ${bodyTimeoutMs} ms`, "no end"));
    }, bodyTimeoutMs);
    body.then((value) => {
      clearTimeout(timer);
      resolve(value);
    }, fail);
  });
}

async function gather(
  reader: ReadableStreamDefaultReader<Uint8Array<ArrayBufferLike>>,
  maxBytes: number,
  tooLong: (found: string) => RequestError,
): Promise<ArrayBuffer> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  for (let next = await reader.read(); !next.done; next = await reader.read()) {
    chunks.push(next.value);
    length += next.value.byteLength;
    if (length > maxBytes) throw tooLong("more");
  }
  const bytes = new Uint8Array(length);
  let at = 0;
  for (const chunk of chunks) {
    bytes.set(chunk, at);
    at += chunk.byteLength;
  }
  return bytes.buffer;
}
