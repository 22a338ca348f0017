import { assert, assertEquals, assertThrows } from "@std/assert";
import { FileFormatError, load } from "../../src/edge/blocks.ts";
import { blocksRuntime } from "../../src/edge/blocks_runtime.ts";
import { load as loadSmall } from "../../src/edge/edge.ts";
import { compileModel } from "../../src/export/compile_model.ts";
import { describeCompiled } from "../../src/export/describe_compiled.ts";
import type { Call, CallArgument, Description } from "../../src/files/compiled_format.ts";
import { Layer } from "../../src/layers/layer.ts";
import * as layers from "../../src/layers/layers.ts";
import type { Tracing } from "../../src/layers/tracing.ts";
import { sequential } from "../../src/models/sequential.ts";
import { glorotUniform } from "../../src/initializers/glorot_uniform.ts";
import type { Json } from "../../src/tensor/json.ts";
import type { Symbolic } from "../../src/tensor/symbolic.ts";
import {
  changeBytes,
  changeValues,
  createDice,
  type Entry,
  HOSTILE_VALUES,
  tryFile,
  withDescription,
} from "./hostile_files.ts";

const MODULE = new WebAssembly.Module(
  await Deno.readFile(new URL("../../src/edge/blocks_kernels.wasm", import.meta.url)),
);
const ENTRY: Entry = { runtime: blocksRuntime, module: MODULE, load };

/** Looks rows of a table up. */
class Lookup extends Layer {
  constructor() {
    super("lookup", {}, []);
  }

  override get config(): Record<string, Json> {
    return this.commonConfig();
  }

  protected override build(): void {
    this.addWeight({ name: "table", shape: [5, 4], initializer: glorotUniform() });
  }

  override call(t: Tracing, x: Symbolic): Symbolic {
    return t.ops.take(t.weight("table"), x, { axis: 0 });
  }
}

const CHECKED = compileModel(sequential([
  layers.inputLayer({ shape: [3, 2] }),
  new Lookup(),
  layers.permute({ dims: [2, 3, 1] }),
  layers.zeroPadding2d({ padding: 1 }),
  layers.upSampling2d({ size: 2, interpolation: "bilinear" }),
  layers.cropping2d({ cropping: [[0, 1], [2, 1]] }),
  layers.lambda({ function: (t, x) => t.ops.where(t.ops.greater(x, 0), t.ops.log1p(t.ops.abs(x)), x) }),
]));
const GOOD = withDescription(CHECKED, () => {});

Deno.test("the file that the hostile ones are made from is good", () => {
  const operations = new Set(describeCompiled(CHECKED).operations);
  for (const name of ["gather", "strided_copy", "fill", "interpolate", "greater", "log1p", "where"]) {
    assert(operations.has(name), `${name} in ${[...operations]}`);
  }
  assert(tryFile(GOOD, ENTRY));
});

Deno.test("the small entry refuses it, and says which operation of which layer it lacks", () => {
  const message =
    'calls must be of known operations, got "gather" of layer "lookup"; "retroprop/edge/blocks" knows more';
  assertThrows(() => loadSmall(CHECKED), FileFormatError, message);
  assertEquals(describeCompiled(CHECKED).runtime, "retroprop/edge/blocks");
  const small = compileModel(sequential([layers.dense({ units: 2, inputShape: [3] })]));
  assertEquals(describeCompiled(small).runtime, "retroprop/edge");
  assertEquals(load(small).predict([1, 2, 3]), loadSmall(small).predict([1, 2, 3]));
});

Deno.test("a module of the other entry is refused", async () => {
  const small = new WebAssembly.Module(await Deno.readFile(new URL("../../src/edge/kernels.wasm", import.meta.url)));
  assertThrows(() => load(CHECKED, { module: small }), TypeError, "must be kernels.wasm of this entry");
});

Deno.test("2,000 files with changed bytes are refused or run within their memory", () => {
  const dice = createDice(2);
  let ran = 0;
  for (let i = 0; i < 2000; i++) if (tryFile(changeBytes(GOOD, dice), ENTRY)) ran++;
  assert(ran > 50 && ran < 1900, `${ran} ran: the changes should do both`);
});

Deno.test("1,500 programs with other numbers, names and arguments are refused or run within their memory", () => {
  const dice = createDice(5);
  const values = [
    ...HOSTILE_VALUES,
    -3,
    -64,
    { scratch: 0 },
    { scratch: 1e9 },
    { weight: "lookup/table" },
    "strided_copy",
  ];
  let ran = 0;
  for (let i = 0; i < 1500; i++) if (tryFile(changeValues(GOOD, values, dice), ENTRY)) ran++;
  assert(ran > 50, `${ran} ran`);
});

/** A call of `strided_copy` over 2 × 3 elements, with other arguments at some places behind the addresses. */
function copyOf(changes: Readonly<Record<number, CallArgument>>, x: CallArgument = { at: 0 }): Call {
  const args: CallArgument[] = [0, 0, { rows: 1 }, 1, 1, 1, 2, 3, 6, 0, 0, 0, 3, 1, 6, 0, 0, 0, 3, 1];
  for (const [at, value] of Object.entries(changes)) args[Number(at)] = value;
  return ["strided_copy", { at: 16 }, x, ...args];
}

/** A call of `batch_matmul` of matrices of 2 × 2, with other arguments at some places. */
function productOf(changes: Readonly<Record<number, CallArgument>>): Call {
  const args: CallArgument[] = [
    { at: 16 },
    { at: 0 },
    { at: 4 },
    { scratch: 0 },
    { scratch: 16 },
    { rows: 1 },
    2,
    2,
    2,
    0,
    0,
  ];
  for (const [at, value] of Object.entries(changes)) args[Number(at)] = value;
  return ["batch_matmul", ...args];
}

const CALLS: Readonly<Record<string, Call>> = {
  "a walk that ends behind the arena": copyOf({ 12: 1e6 }),
  "a walk that ends before it": copyOf({ 12: -3 }),
  "a walk that reads before it": copyOf({ 18: -3 }),
  "a walk that begins before it": copyOf({ 0: -1 }),
  "a walk whose sizes overflow": copyOf({ 6: 2 ** 30, 7: 2 ** 30 }),
  "a walk that stays where it is": copyOf({ 3: 2 ** 31 - 1 }),
  "a walk without steps that takes forever": copyOf({ 2: 2 ** 31 - 1, 3: 0 }),
  "a walk over a weight that is too small": copyOf({ 19: 17 }, { weight: "lookup/table" }),
  "a sum that takes forever": ["strided_add", ...copyOf({ 3: 2 ** 31 - 1 }).slice(1) as CallArgument[]],
  "a sum in a weight": ["strided_add", { weight: "lookup/table" }, ...copyOf({}).slice(2) as CallArgument[]],
  "a stride that is no whole number": copyOf({ 12: 1.5 }),
  "a stride that grows with the samples": copyOf({ 12: { rows: 1 } }),
  "a stride beyond 32 bits": copyOf({ 12: 2 ** 32 }),
  "a scalar that is an object": copyOf({ 0: { toString: 1 } as never }),
  "a scalar that is text": copyOf({ 0: "0" as never }),
  "a write to working memory": ["sigmoid", { scratch: 0 }, { at: 0 }, 4],
  "a table with more rows than the tensor": [
    "gather",
    { at: 0 },
    { weight: "lookup/table" },
    { at: 0 },
    0,
    { rows: 1 },
    9,
    4,
  ],
  "groups that do not divide the channels": [
    "group_norm",
    { at: 16 },
    { at: 0 },
    { at: 0 },
    null,
    null,
    { rows: 1 },
    1,
    4,
    3,
    0.1,
  ],
  "working memory that is there in part": productOf({ 4: null }),
  "working memory that is too small": productOf({}),
  "working memory in the arena": productOf({ 3: { at: 0 }, 4: { at: 0 } }),
  "more positions than the arena has": ["interpolate", { at: 0 }, { at: 0 }, { rows: 1 }, 2, 2, 2 ** 30, 0],
};

for (const [what, call] of Object.entries(CALLS)) {
  Deno.test(`a program is refused for ${what}`, () => {
    const bytes = withDescription(CHECKED, (d) => d.calls = [call]);
    assertEquals(tryFile(bytes, ENTRY), false);
    assertThrows(() => load(bytes), FileFormatError, "Cannot load compiled model: call of ");
  });
}

Deno.test("the call that those are made from is good, and working memory counts as memory", () => {
  const withCalls = (calls: Call[], scratchElements?: number): Uint8Array =>
    withDescription(CHECKED, (d) => Object.assign(d as unknown as Description, { calls, scratchElements }));
  assert(tryFile(withCalls([copyOf({})]), ENTRY));
  assert(tryFile(withCalls([copyOf({ 0: 3, 12: -3 })]), ENTRY));
  assert(tryFile(withCalls([], 1024), ENTRY));
  // Strips for up to 3 rows more, and panels of 8 columns.
  assert(tryFile(withCalls([productOf({})], 32), ENTRY));
  assert(tryFile(withCalls([productOf({ 3: null, 4: null })]), ENTRY));
  assertEquals(tryFile(withCalls([productOf({})], 31), ENTRY), false);
  for (const size of [2 ** 31 - 1, 2 ** 24, -1, 0.5, "1"]) {
    assertEquals(tryFile(withCalls([], size as number), ENTRY), false, `${size}`);
  }
});
