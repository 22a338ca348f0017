/**
 * What a function of examples/edge is asked in every runtime, from outside or from a page. It throws if an answer is wrong.
 *
 * @module
 */
import { assert, assertEquals, assertMatch } from "@std/assert";

/** What was found. */
export interface Observed {
  /** The engine that the card names. */
  readonly engine: string;
  /** The bits of the predictions for all samples, in hexadecimal. */
  readonly bits: string;
}

const JSON_TYPE = "application/json";
const BINARY_TYPE = "application/octet-stream";
const SETOSA = [5.1, 3.5, 1.4, 0.2];
const deep = "[".repeat(10) + "]".repeat(10);

/** Bodies that are refused: content type, body, status, field, rule. */
const REFUSED: readonly [type: string, body: BodyInit, status: number, field: string, rule: RegExp][] = [
  ["text/plain", "[1,2,3,4]", 415, "content-type", /^must be application\/json or application\/octet-stream$/],
  [JSON_TYPE, "", 400, "body", /^must be JSON$/],
  [JSON_TYPE, "{", 400, "body", /^must be JSON$/],
  [JSON_TYPE, "[1,2,3,NaN]", 400, "body", /^must be JSON$/],
  [JSON_TYPE, new Uint8Array([0xff, 0xfe]), 400, "body", /^must be JSON$/],
  [JSON_TYPE, deep, 400, "body", /^must be nested at most 3 deep$/],
  [JSON_TYPE, "7", 422, "body", /^must be an object with the field x, or an array$/],
  [JSON_TYPE, '{"y":[1,2,3,4]}', 422, '"y"', /^must not be there; the one field is x$/],
  [JSON_TYPE, '{"x":[1,2,3,4],"__proto__":{"x":1}}', 422, '"__proto__"', /^must not be there/],
  [JSON_TYPE, "{}", 422, "x", /^must be there$/],
  [JSON_TYPE, "[]", 422, "x", /^must be an array of 4 numbers$/],
  [JSON_TYPE, '{"x":"1,2,3,4"}', 422, "x", /^must be an array of 4 numbers$/],
  [JSON_TYPE, '{"x":[1,2,3]}', 422, "x", /^must be an array of 4 numbers$/],
  [JSON_TYPE, '{"x":[[1,2,3,4],[1,2,3]]}', 422, "x[1]", /^must be an array of 4 numbers$/],
  [JSON_TYPE, '{"x":[1,2,3,"4"]}', 422, "x[3]", /^must be a number$/],
  [JSON_TYPE, '{"x":[1,2,3,null]}', 422, "x[3]", /^must be a number$/],
  [JSON_TYPE, '{"x":[1,2,3,1e999]}', 422, "x[3]", /^must be finite in float32$/],
  [JSON_TYPE, '{"x":[0,0,3.4e38,0]}', 422, "x", /^must be small enough for the outputs to be finite$/],
  [JSON_TYPE, JSON.stringify(Array(1025).fill(SETOSA)), 413, "x", /^must have at most 1024 samples$/],
  [JSON_TYPE, " ".repeat(2 ** 20 + 1), 413, "body", /^must have at most 1048576 bytes$/],
  [BINARY_TYPE, new Uint8Array(0), 422, "body", /^must have n \* 16 bytes, n >= 1$/],
  [BINARY_TYPE, new Uint8Array(17), 422, "body", /^must have n \* 16 bytes, n >= 1$/],
  [BINARY_TYPE, Float32Array.of(1, 2, 3, NaN), 422, "x[0][3]", /^must be finite in float32$/],
  [BINARY_TYPE, new Float32Array(4 * 1025), 413, "body", /^must have at most 1024 samples$/],
];

/**
 * Asks a function everything: card, health, CORS, predictions, what it refuses, and good requests among bad ones.
 *
 * @param base the address before `/predict`
 * @param samples the samples to predict, 4 numbers each
 */
export async function askFunction(base: string, samples: Float32Array<ArrayBuffer>): Promise<Observed> {
  const post = (type: string, body: BodyInit): Promise<Response> =>
    fetch(`${base}/predict`, { method: "POST", headers: { "content-type": type }, body });

  const first = await fetch(`${base}/`);
  const card = await first.json();
  assertEquals([first.status, card.name, card.inputs[0].shape], [200, "iris", [4]]);
  const tag = first.headers.get("etag")!;
  assertMatch(tag, /^"[0-9a-f]{8}"$/);
  const second = await fetch(`${base}/`, { headers: { "if-none-match": tag }, cache: "no-store" });
  await second.body?.cancel();
  assertEquals(second.status, 304);
  assertEquals(await (await fetch(`${base}/healthz`)).text(), "ok");
  const preflight = await fetch(`${base}/predict`, { method: "OPTIONS" });
  await preflight.body?.cancel();
  assertEquals([preflight.status, preflight.headers.get("access-control-allow-origin")], [204, "*"]);
  assertEquals(preflight.headers.get("access-control-allow-methods"), "POST, OPTIONS");
  for (const [path, method, status, field] of [["/nothing", "GET", 404, "path"], ["/predict", "GET", 405, "method"]]) {
    const response = await fetch(`${base}${path}`, { method: `${method}` });
    assertEquals([response.status, (await response.json()).error.field], [status, field]);
  }

  const binary = await post(BINARY_TYPE, samples);
  assertEquals([binary.status, binary.headers.get("content-type")], [200, BINARY_TYPE]);
  const bytes = new Uint8Array(await binary.arrayBuffer());
  const outputs = new Float32Array(bytes.buffer);
  const count = samples.length / 4;
  assertEquals(outputs.length, 3 * count);
  const rows = Array.from({ length: count }, (_, i) => [...samples.subarray(4 * i, 4 * i + 4)]);
  const answers = Array.from({ length: count }, (_, i) => [...outputs.subarray(3 * i, 3 * i + 3)]);
  assertEquals((await (await post(JSON_TYPE, JSON.stringify({ x: rows }))).json()).y, answers);

  const good = async (i: number): Promise<void> => {
    const response = await post(JSON_TYPE, JSON.stringify({ x: rows[i] }));
    const { y, label } = await response.json();
    assertEquals([response.status, y], [200, answers[i]]);
    assertEquals(label, ["setosa", "versicolor", "virginica"][answers[i].indexOf(Math.max(...answers[i]))]);
  };
  const bad = async ([type, body, status, field, rule]: typeof REFUSED[number]): Promise<void> => {
    const response = await post(type, body);
    const text = await response.text();
    const { error, ...rest } = JSON.parse(text);
    assertEquals([response.status, error.field, rest], [status, field, {}], text);
    assertMatch(error.rule, rule);
    assert(text.length < 300 && !/\n|\bat .*:\d+/.test(text), `no stack: ${text}`);
  };
  await Promise.all(REFUSED.flatMap((refused, i) => [bad(refused), good(7 * i % count)]));
  return { engine: card.engine, bits: Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("") };
}
