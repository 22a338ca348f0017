import { assert } from "@std/assert";
import { load } from "../../src/edge/blocks.ts";
import { blocksRuntime } from "../../src/edge/blocks_runtime.ts";
import { compileModel } from "../../src/export/compile_model.ts";
import { describeCompiled } from "../../src/export/describe_compiled.ts";
import type { CallArgument } from "../../src/files/compiled_format.ts";
import * as layers from "../../src/layers/layers.ts";
import { sequential } from "../../src/models/sequential.ts";
import { createDice, type Entry, tryFile, withDescription } from "./hostile_files.ts";

const MODULE = new WebAssembly.Module(
  await Deno.readFile(new URL("../../src/edge/blocks_kernels.wasm", import.meta.url)),
);
const ENTRY: Entry = { runtime: blocksRuntime, module: MODULE, load };

const CHECKED = compileModel(sequential([
  layers.depthwiseConv2d({ kernelSize: 3, padding: "same", inputShape: [7, 6, 3] }),
  layers.maxPooling2d({ poolSize: 3, strides: 2, padding: "same" }),
  layers.depthwiseConv2d({ kernelSize: 2, strides: [1, 2], padding: 1, useBias: false }),
  layers.adaptiveAveragePooling2d({ outputSize: [3, 2] }),
  layers.globalMaxPooling2d(),
]));
const GOOD = withDescription(CHECKED, () => {});

Deno.test("windows of 800 programs with other numbers and arguments are refused or stay within the image", () => {
  const operations = new Set(describeCompiled(CHECKED).operations);
  for (const name of ["depthwise", "max_pool", "average_pool"]) assert(operations.has(name), `${[...operations]}`);
  assert(tryFile(GOOD, ENTRY));
  const dice = createDice(9);
  let ran = 0;
  for (let i = 0; i < 800; i++) if (tryFile(changeNumbers(dice), ENTRY)) ran++;
  assert(ran > 50 && ran < 750, `${ran} ran: the changes should do both`);
});

const VALUES: readonly CallArgument[] = [0, 1, 2, 3, 4, 5, 8, -1, -3, 2 ** 30, 2 ** 31 - 1, -(2 ** 31), {
  rows: 2 ** 24,
}];

/** The file with one to three other numbers among the arguments of its calls. */
function changeNumbers(dice: (limit: number) => number): Uint8Array {
  return withDescription(GOOD, (description) => {
    const calls = description.calls as CallArgument[][];
    for (let changes = 1 + dice(3); changes > 0;) {
      const call = calls[dice(calls.length)], at = 1 + dice(call.length - 1);
      if (typeof call[at] !== "number") continue;
      call[at] = structuredClone(VALUES[dice(VALUES.length)]);
      changes--;
    }
  });
}
