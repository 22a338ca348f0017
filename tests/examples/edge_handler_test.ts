import { assert, assertEquals, assertMatch } from "@std/assert";
import fc from "fast-check";
import { encodeTable } from "../../examples/csv/encode_table.ts";
import { readTable } from "../../examples/csv/read_table.ts";
import { createHandler, type HandlerOptions } from "../../examples/edge/handler.ts";
import { bytes } from "../../examples/edge/model.ts";
import { readNumbers } from "../../examples/edge/read_numbers.ts";
import { load } from "../../src/edge/edge.ts";
import { compileModel } from "../../src/export/compile_model.ts";
import { sampleModels } from "../edge/sample_models.ts";

const SEED = 20;
const RUNS = 1000;
const JSON_TYPE = "application/json";
const SAMPLE = [5.1, 3.5, 1.4, 0.2];

const model = load(bytes, { numerics: "portable" });
const answer = model.predict(SAMPLE);
const handle = createHandler(model);

Deno.test("the committed model knows irises", async () => {
  const text = await Deno.readTextFile(new URL("../../examples/data/iris.csv", import.meta.url));
  const { x, y, labels } = encodeTable(readTable(text, ","), "species");
  const answer = await (await handle(post(JSON.stringify({ x })))).json();
  const right = y.filter((index, i) => answer.label[i] === labels[index]).length;
  assert(right >= 145, `at least 145 of 150, got ${right}`);
});

/** A request with a body that is there at once, or comes in pieces. */
function post(body: BodyInit | ReadableStream<Uint8Array<ArrayBuffer>>, type: string | null = JSON_TYPE): Request {
  const headers: Record<string, string> = type === null ? {} : { "content-type": type };
  const init = { method: "POST", headers, body, duplex: "half" } as RequestInit;
  const request = new Request("http://localhost/predict", init);
  if (type === null) request.headers.delete("content-type");
  return request;
}

/** Checks that a request is refused as promised, and gives status and error. */
async function refused(
  request: Request,
  own = handle,
): Promise<{ status: number; field: string; rule: string; found: string }> {
  const response = await own(request);
  const text = await response.text();
  assert(response.status >= 400 && response.status < 500, `a status from 400 to 499, got ${response.status}: ${text}`);
  const { error, ...rest } = JSON.parse(text);
  assertEquals([rest, Object.keys(error)], [{}, ["field", "rule", "found"]]);
  assertMatch(error.rule, /^must /);
  assert(error.field.length > 0 && error.field.length < 100 && error.found.length < 200, text);
  assert(!/\.[jt]s\b|\n|RangeError|TypeError/.test(text), `no stack: ${text}`);
  assertEquals(response.headers.get("cache-control"), "no-store");
  return { status: response.status, ...error };
}

async function checkUndisturbed(): Promise<void> {
  const response = await handle(post(JSON.stringify({ x: SAMPLE })));
  assertEquals([response.status, await response.json()], [200, { y: answer, label: "setosa" }]);
}

/** Four numbers that float32 holds: what the model must take. Independent of the code under test. */
function isSample(value: unknown): boolean {
  return Array.isArray(value) && value.length === 4 &&
    value.every((x) =>
      typeof x === "number" && Number.isFinite(Math.fround(x)) && Math.abs(x) <= 3.4028234663852886e38
    );
}

Deno.test("any JSON: it is one sample or several, or the refusal names field and rule", async () => {
  const number = fc.oneof(fc.double(), fc.integer(), fc.constantFrom(1e39, -1e39, -0, 3.4e38));
  const element = fc.oneof({ weight: 9, arbitrary: number }, { weight: 1, arbitrary: fc.jsonValue() });
  const row = fc.oneof(
    { weight: 5, arbitrary: fc.array(element, { minLength: 4, maxLength: 4 }) },
    { weight: 1, arbitrary: fc.array(element, { maxLength: 6 }) },
    { weight: 1, arbitrary: fc.jsonValue() },
  );
  const input = fc.oneof(row, fc.array(row, { maxLength: 5 }));
  const key = fc.constantFrom("x", "x", "x", "y", "__proto__", "constructor", "toString", "");
  const body = fc.oneof(input, fc.jsonValue(), fc.dictionary(key, input, { maxKeys: 2 }));
  await fc.assert(
    fc.asyncProperty(body, async (value) => {
      const text = JSON.stringify(value);
      const given = JSON.parse(text); // NaN and Infinity have become null
      const x = Array.isArray(given) ? given : Object.keys(given ?? {}).join() === "x" ? given.x : undefined;
      const samples = isSample(x) ? [x] : Array.isArray(x) && x.length > 0 && x.every(isSample) ? x : null;
      const y = samples?.map((sample) => model.predict(sample) as number[]);
      if (y === undefined) {
        await refused(post(text));
      } else if (!y.flat().every(Number.isFinite)) {
        assertEquals((await refused(post(text))).rule, "must be small enough for the outputs to be finite");
      } else {
        const response = await handle(post(text));
        assertEquals([response.status, (await response.json()).y], [200, isSample(x) ? y[0] : y]);
      }
    }),
    { numRuns: RUNS, seed: SEED },
  );
  await checkUndisturbed();
});

Deno.test("any bytes, as JSON and as binary", async () => {
  await fc.assert(
    fc.asyncProperty(fc.uint8Array({ maxLength: 80 }), fc.boolean(), async (bytes, isJson) => {
      const body = Uint8Array.from(bytes);
      if (isJson) {
        await refused(post(body)); // no JSON of an object or of an array with four numbers in reach of chance
        return;
      }
      const request = post(body, "application/octet-stream");
      const numbers = body.length % 16 === 0 ? [...new Float32Array(body.buffer)] : [];
      const isGood = numbers.length > 0 && numbers.every(Number.isFinite) &&
        model.predictBatch(Float32Array.from(numbers)).every(Number.isFinite);
      if (isGood) assertEquals((await handle(request)).status, 200);
      else await refused(request);
    }),
    { numRuns: RUNS, seed: SEED },
  );
  await checkUndisturbed();
});

Deno.test("a valid body with one character changed is answered or refused", async () => {
  const text = JSON.stringify({ x: [SAMPLE, SAMPLE] });
  await fc.assert(
    fc.asyncProperty(fc.nat(text.length - 1), fc.string({ maxLength: 2, unit: "binary-ascii" }), async (at, piece) => {
      const response = await handle(post(text.slice(0, at) + piece + text.slice(at + 1)));
      const body = await response.json();
      assert(
        response.status === 200 ? body.y.length >= 1 : response.status < 500 && body.error.rule.startsWith("must"),
      );
    }),
    { numRuns: RUNS, seed: SEED },
  );
});

Deno.test("numbers in a plain form are read to the same bits as by JSON.parse, others are left to it", async () => {
  const sign = fc.constantFrom("", "", "-", "+");
  const digits = fc.string({ unit: fc.constantFrom(..."0123456789"), maxLength: 17 });
  const tail = fc.constantFrom("", "", "", "", "e1", "E-2", ".", " ", "_", "n");
  const spelled = fc.tuple(sign, digits, fc.constantFrom(".", ".", ""), digits, tail).map((parts) => parts.join(""));
  const number = fc.oneof(
    {
      weight: 3,
      arbitrary: fc.float({ noNaN: true, noDefaultInfinity: true, min: -1e6, max: 1e6 }).map((x) =>
        `${Number(x.toFixed(3))}`
      ),
    },
    { weight: 3, arbitrary: fc.integer().map(String) },
    { weight: 3, arbitrary: fc.tuple(fc.integer(), fc.nat(22)).map(([n, d]) => (n / 10 ** d).toFixed(d)) },
    { weight: 1, arbitrary: spelled },
  );
  const frame = fc.constantFrom(['{"x":[', "]}"], ["[", "]"], ['{"x":[', "]"], ["[", "]}"], ["[ ", "] "], [
    '{"y":[',
    "]}",
  ]);
  const numbers = fc.oneof(
    { weight: 4, arbitrary: fc.array(number, { minLength: 4, maxLength: 4 }) },
    { weight: 1, arbitrary: fc.array(number, { minLength: 3, maxLength: 5 }) },
  );
  let plain = 0;
  await fc.assert(
    fc.property(numbers, frame, (numbers, [head, tail]) => {
      const text = head + numbers.join(",") + tail;
      const target = new Float32Array(4);
      if (!readNumbers(text, '{"x":[', target)) return;
      plain++;
      const parsed = JSON.parse(text);
      assertEquals(target, Float32Array.from(Array.isArray(parsed) ? parsed : parsed.x));
      assertEquals((Array.isArray(parsed) ? parsed : parsed.x).length, 4);
    }),
    { numRuns: 20 * RUNS, seed: SEED },
  );
  assert(plain > RUNS, `the plain form must not be rare, got ${plain}`);
  for (
    const text of [
      "[01,2,3,4]",
      "[.5,2,3,4]",
      "[5.,2,3,4]",
      "[-,2,3,4]",
      "[1,2,3,4,]",
      "[1,2,3,]",
      "[1,2,3,4",
      "1,2,3,4]",
      "",
    ]
  ) {
    assert(!readNumbers(text, '{"x":[', new Float32Array(4)), text);
    await refused(post(text));
  }
});

Deno.test("any method, path and headers", async () => {
  const method = fc.constantFrom("GET", "HEAD", "PUT", "PATCH", "DELETE", "OPTIONS", "BREW");
  const path = fc.oneof(
    fc.webPath(),
    fc.constantFrom("/", "/predict", "/healthz", "/__proto__", "/constructor", "//", "/?x#y"),
  );
  const tag = fc.string({ maxLength: 20, unit: fc.constantFrom(...'"W/*,abc 0') });
  await fc.assert(
    fc.asyncProperty(method, path, tag, async (method, path, tag) => {
      const response = await handle(
        new Request(`http://localhost${path}`, { method, headers: { "if-none-match": tag } }),
      );
      await response.body?.cancel();
      assert([200, 204, 304, 404, 405].includes(response.status), `${response.status}`);
      assertEquals(response.headers.has("allow"), response.status === 405 || response.status === 204);
      assertEquals(response.headers.get("access-control-allow-origin"), "*");
    }),
    { numRuns: RUNS, seed: SEED },
  );
});

Deno.test("a million brackets are refused at once, also behind strings", async () => {
  for (
    const text of ["[".repeat(1e6), '{"x":'.repeat(2e5), `["[[[\\"]]]",${"[".repeat(1e5)}`, `[${"[],".repeat(3e5)}`]
  ) {
    // Were the depth counted in a time that grows with its square, this would not end.
    const { status } = await refused(post(text));
    assertEquals(status, 400);
  }
  assertEquals((await refused(post('{"x":"[[[[[{{{{"}'))).field, "x", "brackets in a string are no nesting");
  assertEquals((await refused(post('{"x":"\\"[[[[["}'))).field, "x", "nor behind a quotation mark in a string");
  assertEquals((await refused(post("[[[[1]]]]"))).rule, "must be nested at most 3 deep");
});

Deno.test("the type and the encoding of a body must be known", async () => {
  for (
    const type of [null, "", "text/plain", "application/jsonp", "multipart/form-data", "application/json, text/plain"]
  ) {
    const body = new TextEncoder().encode(JSON.stringify({ x: SAMPLE }));
    assertEquals((await refused(post(body, type))).status, 415, `${type}`);
  }
  const request = post("[1,2,3,4]", "application/json");
  request.headers.set("content-encoding", "gzip");
  assertEquals((await refused(request)).field, "content-encoding");
  assertEquals((await handle(post(JSON.stringify(SAMPLE), "Application/JSON; charset=utf-8"))).status, 200);
});

/** A body of pieces, `ms` apart; without end if there are none. */
function slow(
  pieces: readonly string[],
  ms: number,
  seen = { isCancelled: false },
): ReadableStream<Uint8Array<ArrayBuffer>> {
  let at = 0;
  let timer: ReturnType<typeof setTimeout> | undefined;
  return new ReadableStream({
    pull: async (controller) => {
      await new Promise((resolve) => timer = setTimeout(resolve, ms));
      if (seen.isCancelled) return;
      if (pieces.length > 0 && at === pieces.length) controller.close();
      else controller.enqueue(new TextEncoder().encode(pieces[at++] ?? " "));
    },
    cancel: () => {
      seen.isCancelled = true;
      clearTimeout(timer);
    },
  });
}

Deno.test("a body in pieces is taken, a late one is given up, and neither keeps good requests waiting", async () => {
  const patient = createHandler(model, { bodyTimeoutMs: 1000 });
  const taken = patient(post(slow(['{"x":[5.1,', "3.5,1.4", ",0.2]}"], 5)));
  const seen = { isCancelled: false };
  const order: string[] = [];
  const late = refused(post(slow([], 20, seen)), patient).finally(() => order.push("late"));
  const silent = refused(post(new ReadableStream()), patient).finally(() => order.push("silent"));
  for (let i = 0; i < 20; i++) await checkUndisturbed();
  order.push("good");
  assertEquals((await (await taken).json()).y, answer);
  for (const { status, field, rule } of [await late, await silent]) {
    assertEquals([status, field, rule], [408, "body", "must arrive within 1000 ms"]);
  }
  assertEquals(order[0], "good", "good requests do not wait");
  assert(seen.isCancelled, "the rest is not read");
});

Deno.test("a body over the limit is refused: announced, as a whole, and in a stream without end", async () => {
  const limits: HandlerOptions = { maxBodyBytes: 100 };
  const small = createHandler(model, limits);
  const endless = new ReadableStream({ pull: (controller) => controller.enqueue(new Uint8Array(64)) });
  const announced = post("[1,2,3,4]");
  announced.headers.set("content-length", "101");
  // A length that lies together with pieces: the pieces count.
  const lying = post(slow(Array(20).fill("[0,0,0,0]"), 0));
  lying.headers.set("content-length", "9");
  lying.headers.set("transfer-encoding", "chunked");
  for (const request of [post(" ".repeat(101)), post(endless), announced, lying]) {
    const { status, field, rule } = await refused(request, small);
    assertEquals([status, field, rule], [413, "body", "must have at most 100 bytes"]);
  }
  assertEquals((await small(post(JSON.stringify(SAMPLE).padEnd(100)))).status, 200);
});

Deno.test("a body that breaks off is refused", async () => {
  const broken = new ReadableStream({
    pull: (controller) => controller.error(new Error("connection reset at secret.ts:1")),
  });
  assertEquals(await refused(post(broken)), {
    status: 400,
    field: "body",
    rule: "must be complete",
    found: "a body that breaks off",
  });
});

Deno.test("good requests among bad ones at the same time get their own answers", async () => {
  const bad = [
    "{",
    '{"x":[1,2,3,null]}',
    '{"__proto__":1}',
    `[${"[1,2,3,4],".repeat(1024)}[1,2,3,4]]`,
    "[[1,2,3,4],[1,2,3,1e39]]",
  ];
  const requests = Array.from({ length: 500 }, (_, i) => {
    if (i % 2 === 1) return refused(post(i % 3 === 0 ? slow([bad[i % bad.length]], i % 7) : bad[i % bad.length]));
    const x = SAMPLE.map((v, j) => v + (i * (j + 1) % 11) / 10);
    const text = JSON.stringify({ x: i % 4 === 0 ? x : [x, SAMPLE] });
    const body = i % 3 === 0 ? slow([text.slice(0, 9), text.slice(9)], i % 5) : text;
    const wanted = model.predict(i % 4 === 0 ? x : [x, SAMPLE]);
    return handle(post(body)).then(async (response) => assertEquals((await response.json()).y, wanted));
  });
  await Promise.all(requests);
});

Deno.test("many samples: as many as are allowed, and no more", async () => {
  const of = (count: number): Request => post(JSON.stringify({ x: Array(count).fill(SAMPLE) }));
  const { y, label } = await (await handle(of(1024))).json();
  assertEquals([y.length, y[1023], label[1023]], [1024, answer, "setosa"]);
  const { status, field, rule, found } = await refused(of(1025));
  assertEquals([status, field, rule, found], [413, "x", "must have at most 1024 samples", "1025"]);
});

Deno.test("a model with samples of two axes and no labels: depth, places and answers follow its shape", async () => {
  const sequence = load(compileModel(sampleModels.sequence())); // samples [3, 4]
  const own = createHandler(sequence);
  const x = [[1, 2, 3, 4], [5, 6, 7, 8], [0, 0, 0, 1]];
  assertEquals(await (await own(post(JSON.stringify({ x })))).json(), { y: sequence.predict(x) });
  assertEquals(await (await own(post(JSON.stringify({ x: [x, x] })))).json(), { y: sequence.predict([x, x]) });
  assertEquals((await refused(post(JSON.stringify([x, [[1], [2], [3]]])), own)).field, "x[1][0]");
  assertEquals((await refused(post("[[[[[1]]]]]"), own)).rule, "must be nested at most 4 deep");
});

Deno.test("the card has a tag that spares sending it again, and other paths answer to nothing", async () => {
  const get = (path: string, tag?: string): Promise<Response> =>
    handle(new Request(`http://localhost${path}`, tag === undefined ? {} : { headers: { "if-none-match": tag } }));
  const response = await get("/?a=/predict");
  const card = await response.json();
  assertEquals(card.outputs[0].labels, ["setosa", "versicolor", "virginica"]);
  assertEquals(card.limits, { maxBodyBytes: 1048576, maxSamples: 1024 });
  assertEquals(response.headers.get("cache-control"), "public, max-age=300");
  const tag = response.headers.get("etag")!;
  for (const given of [tag, `W/${tag}`, `"other", ${tag}`, "*"]) assertEquals((await get("/", given)).status, 304);
  assertEquals((await get("/", '"other"')).status, 200);
  const other = createHandler(model, { maxSamples: 5 });
  assert((await other(new Request("http://localhost/"))).headers.get("etag") !== tag, "another card, another tag");
});

Deno.test("behind a base, paths outside of it answer to nothing", async () => {
  const own = createHandler(model, { base: "/iris" });
  const statusOf = async (path: string): Promise<number> => (await own(new Request(`http://localhost${path}`))).status;
  for (const path of ["/iris/", "/iris/healthz", "/iris/healthz?a"]) assertEquals(await statusOf(path), 200, path);
  for (const path of ["/", "/healthz", "/iris", "/irish/", "/iris/iris/", "/rose/", "/rose/healthz"]) {
    assertEquals(await statusOf(path), 404, path);
  }
});

Deno.test("a fault of the server's own is a 500 that says nothing of it", async () => {
  const faulty = Object.create(model, {
    predict: {
      value: () => {
        throw new Error("secret");
      },
    },
  });
  const { error } = console;
  const logged: unknown[] = [];
  console.error = (value: unknown) => logged.push(value);
  try {
    const response = await createHandler(faulty)(post(JSON.stringify(SAMPLE)));
    assertEquals(response.status, 500);
    assert(!(await response.text()).includes("secret"));
    assertEquals(logged.map(String), ["Error: secret"]);
  } finally {
    console.error = error;
  }
});
