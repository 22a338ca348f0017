import { assert, assertEquals } from "@std/assert";
import fc from "fast-check";
import { FileFormatError, loadModel } from "../../mod.ts";
import type { Sequential } from "../../mod.ts";
import { readSafetensors } from "../../src/files/read_safetensors.ts";
import { writeSafetensors } from "../../src/files/write_safetensors.ts";
import { DESCRIPTION, file, GOOD, loadHostile, refuse, TENSORS } from "./hostile_model.ts";

// deno-lint-ignore no-explicit-any
type Any = any;

Deno.test("every truncation of a model file is refused", async () => {
  for (let length = 0; length < GOOD.length; length += length < 200 ? 1 : 37) {
    assert(await loadHostile(GOOD.slice(0, length)) instanceof FileFormatError, `cut to ${length} bytes`);
  }
});

Deno.test("a model file with one flipped bit is refused, unless it says the same", async () => {
  const saved = (await loadModel(GOOD)).toBytes();
  const header = 8 + Number(new DataView(GOOD.buffer).getBigUint64(0, true));
  let same = 0;
  for (let at = 0; at < GOOD.length; at += at < header ? 3 : 1) {
    const bytes = GOOD.slice();
    bytes[at] ^= 1 << at % 8;
    const found = await loadHostile(bytes);
    if (found instanceof FileFormatError) continue;
    assert(at < header, `byte ${at}`);
    assertEquals(found.toBytes(), saved, `byte ${at}`); // white space, or the name of the checksum's key
    same++;
  }
  assert(same < 50, `${same} were not refused`);
});

Deno.test("a file of which another program changed the order loads, and one whose weights it changed does not", async () => {
  const { metadata } = readSafetensors(GOOD);
  const turned = Object.fromEntries([...metadata, ["format", "pt"]].reverse());
  const model = await loadModel(writeSafetensors(TENSORS.toReversed(), turned));
  assertEquals(model.toBytes(), GOOD);
  const changed = TENSORS.map((t) => t.name === "dense/bias" ? { ...t, data: new Float32Array(4) } : t);
  await refuse(writeSafetensors(changed, turned), 'take "retroprop_checksum" out of its metadata');
  delete turned.retroprop_checksum;
  assert(!(await loadHostile(writeSafetensors(changed, turned)) instanceof FileFormatError));
});

/** A random change of one value somewhere in the description. */
function mutate(value: Any, path: readonly number[], replacement: Any): Any {
  if (path.length === 0 || typeof value !== "object" || value === null) return replacement;
  const keys = Object.keys(value);
  if (keys.length === 0) return replacement;
  const key = keys[path[0] % keys.length];
  const copy = Array.isArray(value) ? [...value] : { ...value };
  if (replacement === undefined && path.length === 1) delete copy[key];
  else copy[key] = mutate(value[key], path.slice(1), replacement);
  return copy;
}

const STRANGE = fc.constantFrom<Any[]>(
  undefined,
  null,
  0,
  -1,
  1.5,
  2 ** 31,
  2 ** 53,
  1e300,
  "",
  "x",
  "__proto__",
  "constructor",
  true,
  [],
  [[]],
  [1e9, 1e9],
  {},
  { id: "adam" },
  { id: "toString", config: {} },
  { id: "l2", config: { l2: "x" } },
  { id: "orthogonal", config: null },
  { __proto__: null, length: 5 },
);

Deno.test("600 random changes of the description are refused, or make a model that predicts", async () => {
  const parsed = JSON.parse(DESCRIPTION);
  let refused = 0;
  await fc.assert(
    fc.asyncProperty(fc.array(fc.nat(40), { minLength: 1, maxLength: 7 }), STRANGE, async (path, replacement) => {
      const found = await loadHostile(file(mutate(parsed, path, replacement)));
      if (found instanceof FileFormatError) refused++;
      else checkUsable(found);
    }),
    { seed: 3, numRuns: 600 },
  );
  assert(refused > 300, `refused ${refused}`);
});

Deno.test("600 model files with random bytes changed, moved or left out are refused, or make a model that predicts", async () => {
  const headerBytes = Number(new DataView(GOOD.buffer).getBigUint64(0, true));
  let refused = 0;
  await fc.assert(
    fc.asyncProperty(
      fc.nat(8 + headerBytes - 1),
      fc.integer({ min: 0, max: 255 }),
      fc.constantFrom("set", "insert", "remove", "swap"),
      fc.nat(8 + headerBytes - 1),
      async (at, byte, what, other) => {
        let bytes = GOOD.slice();
        if (what === "set") bytes[at] = byte;
        if (what === "insert") bytes = Uint8Array.of(...bytes.subarray(0, at), byte, ...bytes.subarray(at));
        if (what === "remove") bytes = Uint8Array.of(...bytes.subarray(0, at), ...bytes.subarray(at + 1));
        if (what === "swap") [bytes[at], bytes[other]] = [bytes[other], bytes[at]];
        const found = await loadHostile(bytes);
        if (found instanceof FileFormatError) refused++;
        else checkUsable(found);
      },
    ),
    { seed: 4, numRuns: 600 },
  );
  assert(refused > 300, `refused ${refused}`);
});

/** A model that was accepted works: its numbers are finite, and it can be saved. */
function checkUsable(model: Sequential): void {
  const { inputs: [shape] } = model.network.settle(null);
  if (shape.reduce((a, b) => a * b, 1) > 1000) return;
  const x = { data: new Float32Array(shape.reduce((a, b) => a * b, 1)), shape: [1, ...shape] };
  assertEquals(model.predict(x).shape[0], 1);
  model.toBytes();
}
