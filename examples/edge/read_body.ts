import { RequestError } from "./request_error.ts";

/** How much of a body is read, and how long it may take. */
export interface BodyLimits {
  /** The longest body in bytes. */
  readonly maxBodyBytes: number;
  /** How long a body may take to arrive, in milliseconds. */
  readonly bodyTimeoutMs: number;
}

/**
 * Reads a whole body, at most `maxBodyBytes` of it and for at most `bodyTimeoutMs`.
 *
 * @throws RequestError 413 if it is longer, 408 if it is late, 400 if it breaks off
 */
export async function readBody(request: Request, limits: BodyLimits): Promise<Uint8Array<ArrayBuffer>> {
  const { maxBodyBytes, bodyTimeoutMs } = limits;
  const tooLong = (found: string): RequestError =>
    new RequestError(413, "body", `must have at most ${maxBodyBytes} bytes`, found);
  const announced = Number(request.headers.get("content-length") ?? NaN);
  if (announced > maxBodyBytes) throw tooLong(`${announced}`);
  if (request.body === null) return new Uint8Array(0);
  // A server hands over no more than was announced; so the platform may gather the pieces, which is faster.
  const isSafe = announced >= 0 && !request.headers.has("transfer-encoding");
  const reader = isSafe ? null : request.body.getReader();
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<never>((_, reject) => {
    const error = new RequestError(408, "body", `must arrive within ${bodyTimeoutMs} ms`, "no end");
    timer = setTimeout(() => reject(error), bodyTimeoutMs);
  });
  try {
    const bytes = reader === null
      ? new Uint8Array(await Promise.race([request.arrayBuffer(), late]))
      : await Promise.race([gather(reader, maxBodyBytes, tooLong), late]);
    if (bytes.byteLength > maxBodyBytes) throw tooLong("more");
    return bytes;
  } catch (error) {
    reader?.cancel().catch(() => {});
    if (error instanceof RequestError) throw error;
    throw new RequestError(400, "body", "must be complete", "a body that breaks off");
  } finally {
    clearTimeout(timer);
  }
}

async function gather(
  reader: ReadableStreamDefaultReader<Uint8Array<ArrayBufferLike>>,
  maxBytes: number,
  tooLong: (found: string) => RequestError,
): Promise<Uint8Array<ArrayBuffer>> {
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
  return bytes;
}
