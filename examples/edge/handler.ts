import type { EdgeModel, Nested } from "retroprop/edge";
import { createCard } from "./card.ts";
import { type BodyLimits, readBody } from "./read_body.ts";
import { readInput } from "./read_input.ts";
import { readNumbers } from "./read_numbers.ts";
import { RequestError } from "./request_error.ts";

/** Options of `createHandler`. */
export interface HandlerOptions extends Partial<BodyLimits> {
  /** The longest body in bytes. Default 1 MiB. */
  maxBodyBytes?: number;
  /** How long a body may take to arrive, in milliseconds. Default 5,000. */
  bodyTimeoutMs?: number;
  /** The most samples in one request. Default 1,024. */
  maxSamples?: number;
  /** The web site that may call from a browser. Default `*`: every one. */
  allowOrigin?: string;
  /** What stands before the paths: with `/iris` they are `/iris/`, `/iris/predict`, `/iris/healthz`. Default empty. */
  base?: string;
}

const JSON_TYPE = "application/json";
const BINARY_TYPE = "application/octet-stream";
/** What each path answers to. */
const METHODS: Readonly<Record<string, string>> = {
  "/": "GET, HEAD, OPTIONS",
  "/healthz": "GET, HEAD, OPTIONS",
  "/predict": "POST, OPTIONS",
};

/**
 * Serves a model: `GET /` is its card, `GET /healthz` says `ok`, `POST /predict` predicts.
 *
 * `/predict` takes `application/json`, `{ "x": sample }` or `{ "x": [sample, …] }`, and gives `{ "y": … , "label": … }`; or it takes
 * `application/octet-stream`, float32 numbers in little-endian order, samples one after the other, and gives outputs likewise.
 *
 * What is wrong with a request is said as `{ "error": { "field", "rule", "found" } }` with a status from 400 to 499. A request is
 * predicted in one go, without waiting, so that requests at the same time do not meet in the model's memory.
 */
export function createHandler(
  model: Pick<EdgeModel, keyof EdgeModel>,
  options: HandlerOptions = {},
): (request: Request) => Promise<Response> {
  const { maxBodyBytes = 2 ** 20, bodyTimeoutMs = 5000, maxSamples = 1024, allowOrigin = "*", base = "" } = options;
  const [{ name, shape }] = model.inputs;
  const [{ name: outputName, labels }] = model.outputs;
  const sampleBytes = 4 * shape.reduce((product, size) => product * size, 1);
  const sample = new Float32Array(sampleBytes / 4);
  const head = `{${JSON.stringify(name)}:[`;
  const limits = { maxBodyBytes, bodyTimeoutMs };
  const card = createCard(model, { maxBodyBytes, maxSamples });
  const origin = { "access-control-allow-origin": allowOrigin, ...(allowOrigin === "*" ? {} : { vary: "origin" }) };
  const common: Readonly<Record<string, string>> = { ...origin, "x-content-type-options": "nosniff" };
  const uncached = { ...common, "cache-control": "no-store" };
  const jsonHeaders = { ...uncached, "content-type": JSON_TYPE };
  // What a POST gives is not cached anyway, and every header costs the server more than a microsecond.
  const answerHeaders = { ...origin, "content-type": JSON_TYPE };
  const binaryHeaders = { ...origin, "content-type": BINARY_TYPE };

  async function predict(request: Request): Promise<Response> {
    const type = (request.headers.get("content-type") ?? "").split(";", 1)[0].trim().toLowerCase();
    if (type !== JSON_TYPE && type !== BINARY_TYPE) {
      throw new RequestError(
        415,
        "content-type",
        `must be ${JSON_TYPE} or ${BINARY_TYPE}`,
        type.slice(0, 80) || "none",
      );
    }
    const encoding = request.headers.get("content-encoding") ?? "identity";
    if (encoding !== "identity") {
      throw new RequestError(415, "content-encoding", "must be identity", encoding.slice(0, 80));
    }
    if (type === BINARY_TYPE) {
      const body = await readBody(request, "bytes", limits);
      const samples = body.byteLength / sampleBytes;
      if (!(samples >= 1 && samples % 1 === 0)) {
        throw new RequestError(422, "body", `must have n * ${sampleBytes} bytes, n >= 1`, `${body.byteLength}`);
      }
      if (samples > maxSamples) {
        throw new RequestError(413, "body", `must have at most ${maxSamples} samples`, `${samples}`);
      }
      const outputs = model.predictBatch(new Float32Array(body));
      checkOutputs(outputs, name);
      return new Response(outputs, { headers: binaryHeaders });
    }
    const text = await readBody(request, "text", limits);
    const isPlain = shape.length === 1 && readNumbers(text, head, sample);
    const y = model.predict(isPlain ? sample : readInput(text, { name, shape, maxSamples }));
    checkOutputs(y, name);
    const answer = labels === undefined ? { [outputName]: y } : { [outputName]: y, label: labelOf(y, labels) };
    return new Response(JSON.stringify(answer), { headers: answerHeaders });
  }

  async function answer(request: Request): Promise<Response> {
    const { method } = request;
    const fullPath = pathOf(request.url);
    const path = fullPath.startsWith(base) ? fullPath.slice(base.length) : "";
    const methods = Object.hasOwn(METHODS, path) ? METHODS[path] : undefined;
    if (methods === undefined) {
      throw new RequestError(
        404,
        "path",
        `must be one of ${Object.keys(METHODS).map((known) => base + known).join(", ")}`,
        fullPath.slice(0, 80),
      );
    }
    if (method === "OPTIONS") {
      const allowed = {
        "access-control-allow-methods": methods,
        "access-control-allow-headers": "content-type, if-none-match",
        "access-control-max-age": "86400",
      };
      return new Response(null, { status: 204, headers: { ...common, ...allowed, allow: methods } });
    }
    if (!methods.split(", ").includes(method)) {
      throw new RequestError(405, "method", `must be one of ${methods}`, method.slice(0, 20));
    }
    if (path === "/predict") return await predict(request);
    if (path === "/healthz") {
      const headers = { ...uncached, "content-type": "text/plain; charset=utf-8" };
      return new Response(method === "HEAD" ? null : "ok", { headers });
    }
    const { text, etag } = card;
    const headers = { ...common, etag, "cache-control": "public, max-age=300", "content-type": JSON_TYPE };
    if (holdsTag(request.headers.get("if-none-match"), etag)) return new Response(null, { status: 304, headers });
    return new Response(method === "HEAD" ? null : text, { headers });
  }

  return async (request) => {
    try {
      return await answer(request);
    } catch (error) {
      const { status, field, rule, found } = refuse(error, name);
      const headers: Record<string, string> = status === 405
        ? { ...jsonHeaders, allow: METHODS[pathOf(request.url).slice(base.length)] }
        : jsonHeaders;
      return new Response(JSON.stringify({ error: { field, rule, found } }), { status, headers });
    }
  };
}

/** The path of an address without the query. */
function pathOf(url: string): string {
  const from = url.indexOf("/", url.indexOf("://") + 3);
  return from < 0 ? "/" : url.slice(from).split(/[?#]/, 1)[0];
}

/** Float32 numbers that are very large overflow within the model: then there is no answer. */
function checkOutputs(y: Nested | Float32Array, name: string): void {
  if (typeof y !== "number") {
    for (const one of y as Iterable<Nested>) checkOutputs(one, name);
  } else if (!Number.isFinite(y)) {
    throw new RequestError(422, name, "must be small enough for the outputs to be finite", String(y));
  }
}

/** Whether `If-None-Match` names a version. Proxies that compress make tags weak. */
function holdsTag(given: string | null, etag: string): boolean {
  return given?.split(",").some((tag) => tag.trim() === "*" || tag.trim().replace(/^W\//, "") === etag) ?? false;
}

/** The label of the largest output, for one sample or for each of several. */
function labelOf(y: Nested, labels: readonly string[]): unknown {
  if (!Array.isArray(y)) return labels[0];
  if (Array.isArray(y[0])) return y.map((one) => labelOf(one, labels));
  return labels[y.indexOf((y as number[]).reduce((a, b) => Math.max(a, b)))];
}

/** What the client is told about an error. The model's own errors name place and rule: "Cannot predict: x[1] must be …, got …". */
function refuse(error: unknown, name: string): Pick<RequestError, "status" | "field" | "rule" | "found"> {
  if (error instanceof RequestError) return error;
  if (error instanceof TypeError || error instanceof RangeError) {
    const [, field, rule, found] = /^Cannot predict: (\S+) (must [^]*), got ([^]*)$/.exec(error.message) ?? [];
    if (field?.startsWith(name)) return { status: 422, field, rule, found };
  }
  console.error(error); // for the log of the server, never for the client
  return { status: 500, field: "server", rule: "must work", found: "a fault of its own" };
}
