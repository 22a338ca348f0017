import { assert, assertEquals, assertThrows } from "@std/assert";
import { FileFormatError, load, loadStepper } from "../../src/edge/sequences.ts";
import { load as loadBlocks } from "../../src/edge/blocks.ts";
import { sequencesRuntime } from "../../src/edge/sequences_runtime.ts";
import { compileModel } from "../../src/export/compile_model.ts";
import { compileStepper } from "../../src/export/compile_stepper.ts";
import { describeCompiled } from "../../src/export/describe_compiled.ts";
import type { Call, CallArgument } from "../../src/files/compiled_format.ts";
import * as layers from "../../src/layers/layers.ts";
import { sequential } from "../../src/models/sequential.ts";
import {
  changeBytes,
  changeValues,
  createDice,
  type Entry,
  HOSTILE_VALUES,
  tryFile,
  withDescription,
} from "./hostile_files.ts";

const ENTRY: Entry = {
  runtime: sequencesRuntime,
  module: new WebAssembly.Module(
    await Deno.readFile(new URL("../../src/edge/sequences_kernels.wasm", import.meta.url)),
  ),
  load,
};

const MODEL = sequential([
  layers.embedding({ inputDim: 5, outputDim: 3, maskZero: true, inputShape: [4] }),
  layers.lstm({ units: 3, returnSequences: true, name: "first" }),
  layers.lstm({ units: 5, name: "last" }),
  layers.dense({ units: 2 }),
]);
const CHECKED = compileModel(MODEL);
const GOOD = withDescription(CHECKED, () => {});
const STEPPER = withDescription(compileStepper(MODEL), () => {});

Deno.test("the file that the hostile ones are made from is good, and a smaller entry names the one to use", () => {
  assert(describeCompiled(CHECKED).operations.includes("lstm"));
  assertEquals(describeCompiled(CHECKED).runtime, "retroprop/edge/sequences");
  assert(tryFile(GOOD, ENTRY));
  assertThrows(
    () => loadBlocks(CHECKED),
    FileFormatError,
    'calls must be of known operations, got "lstm" of layer "first"; "retroprop/edge/sequences" knows more',
  );
});

Deno.test("600 files with changed bytes are refused or run within their memory", () => {
  const dice = createDice(3);
  let ran = 0;
  for (let i = 0; i < 600; i++) if (tryFile(changeBytes(GOOD, dice), ENTRY)) ran++;
  assert(ran > 15 && ran < 570, `${ran} ran: the changes should do both`);
});

Deno.test("600 programs with other numbers, names and arguments are refused or run within their memory", () => {
  const dice = createDice(7);
  const values = [...HOSTILE_VALUES, -3, { scratch: 0 }, { weight: "first/recurrent_kernel" }, "lstm"];
  let ran = 0;
  for (let i = 0; i < 600; i++) if (tryFile(changeValues(GOOD, values, dice), ENTRY)) ran++;
  assert(ran > 20, `${ran} ran`);
});

Deno.test("600 steppers with other numbers are refused, or take steps", () => {
  const dice = createDice(11);
  let ran = 0;
  for (let i = 0; i < 600; i++) {
    const bytes = changeValues(STEPPER, [...HOSTILE_VALUES, { scratch: 0 }], dice);
    try {
      for (const engine of ["auto", "javascript"] as const) {
        const s = loadStepper(bytes, { engine });
        const [{ shape }] = s.inputs;
        const x = new Float32Array(shape.reduce((a, b) => a * b, 1)).fill(1);
        for (let t = 0; t < Math.min(2, s.maxSteps ?? 2); t++) s.step(shape.length === 0 ? 1 : x);
      }
      ran++;
    } catch (error) {
      if (!(error instanceof FileFormatError)) throw error;
      assert(error.message.startsWith("Cannot load compiled model: ") && error.message.length < 400, error.message);
    }
  }
  assert(ran > 20, `${ran} ran`);
});

const KERNEL = { weight: "last/recurrent_kernel" };

/** A call of `lstm` of 5 units over 2 steps, with other arguments at some places. */
function lstmOf(changes: Readonly<Record<number, CallArgument>>): Call {
  const args: CallArgument[] = [
    ...[0, 5, 10].map((at) => ({ at })), // y, h, c
    { at: 16 },
    KERNEL,
    ...[null, null, null],
    { scratch: 0 },
    { rows: 1 },
    ...[2, 5, 20, 1], // steps, units, width, outputs
    ...[0, 0, 0, 0],
  ];
  for (const [at, value] of Object.entries(changes)) args[Number(at)] = value;
  return ["lstm", ...args];
}

/** A file with that call alone. */
const fileOf = (call: Call, scratchElements = 100): Uint8Array =>
  withDescription(CHECKED, (d) => {
    for (const port of [d.inputs, d.outputs].flat() as { at: number }[]) port.at = 0;
    Object.assign(d, { calls: [call], scratchElements, arenaElements: 64 });
  });

const CALLS: Readonly<Record<string, Call>> = {
  "more steps than the arena has": lstmOf({ 10: 2 ** 30 }),
  "more sequences than the arena has": lstmOf({ 9: { rows: 4 } }),
  "a mask that is shorter than the steps": lstmOf({ 7: { at: 63 } }),
  "first states behind the arena": lstmOf({ 5: { at: 60 } }),
  "states in a weight": lstmOf({ 1: { weight: "last/bias" } }),
  "a kernel of another shape": lstmOf({ 4: { weight: "first/recurrent_kernel" } }),
  "a kernel in the arena": lstmOf({ 4: { at: 0 } }),
  "units without their gates": lstmOf({ 11: 6 }),
  "a width that is too small for the gates": lstmOf({ 12: 19 }),
  "more outputs than steps": lstmOf({ 13: 3 }),
  "no steps": lstmOf({ 10: 0 }),
  "steps that grow with the samples": lstmOf({ 10: { rows: 1 } }),
  "units that grow with the samples": lstmOf({ 11: { rows: 1 } }),
  "flags that are no whole numbers": lstmOf({ 16: 0.5 }),
  "no working memory": lstmOf({ 8: null }),
};

for (const [what, call] of Object.entries(CALLS)) {
  Deno.test(`an lstm is refused for ${what}`, () => {
    const bytes = fileOf(call);
    assertEquals(tryFile(bytes, ENTRY), false);
    assertThrows(() => load(bytes), FileFormatError, "Cannot load compiled model: call of lstm");
  });
}

Deno.test("the call that those are made from is good, with as much working memory as it needs", () => {
  assert(tryFile(fileOf(lstmOf({})), ENTRY));
  assert(tryFile(fileOf(lstmOf({ 5: { at: 0 }, 6: { at: 5 }, 7: { at: 0 }, 13: 1, 16: 7 })), ENTRY));
  assertEquals(tryFile(fileOf(lstmOf({}), 99), ENTRY), false);
});
