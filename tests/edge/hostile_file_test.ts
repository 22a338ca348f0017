import { assert, assertEquals, assertThrows } from "@std/assert";
import { FileFormatError, load } from "../../src/edge/edge.ts";
import { createWasmEngine } from "../../src/edge/wasm_engine.ts";
import { planModel } from "../../src/edge/plan.ts";
import { COMPILED_KEY, type Description } from "../../src/files/compiled_format.ts";
import { readSafetensors } from "../../src/files/read_safetensors.ts";
import { writeSafetensors } from "../../src/files/write_safetensors.ts";
import { compileModel } from "../../src/models/compile_model.ts";
import { sampleModels } from "./sample_models.ts";

const GOOD = compileModel(sampleModels.normalized());
const MODULE = new WebAssembly.Module(await Deno.readFile(new URL("../../src/edge/kernels.wasm", import.meta.url)));

/** A generator of integers below `limit`. */
function createDice(seed: number): (limit: number) => number {
  return (limit) => Math.floor((seed = seed * 48271 % 2147483647) / 2147483647 * limit);
}

/** Loads hostile bytes: refused with a FileFormatError, or a model that runs and stays within its arena. Gives whether it ran. */
function tryFile(bytes: Uint8Array): boolean {
  const start = performance.now();
  try {
    const plan = planModel(bytes);
    assert(
      4 * plan.elements <= 2 ** 20 + 68 * bytes.length + 4096,
      `wants ${4 * plan.elements} bytes for a file of ${bytes.length}`,
    );
    const engine = createWasmEngine(plan, MODULE, "wasm-module");
    const [from, to] = [engine.base + plan.arena, engine.base + plan.elements];
    for (const rows of [1, Math.min(3, plan.maxRows), plan.maxRows]) {
      // The program of a number of rows is encoded at its first run: so run first, then watch.
      engine.run(rows);
      const words = new Uint32Array(engine.heap.buffer);
      const [before, after] = [words.slice(0, from), words.slice(to)];
      engine.run(rows);
      assertEquals(
        same(words.subarray(0, from), before) && same(words.subarray(to), after),
        true,
        "it wrote outside the arena",
      );
    }
    const model = load(bytes);
    const [input, output] = [model.inputs[0].shape, model.outputs[0].shape].map((shape) =>
      shape.reduce((a, b) => a * b, 1)
    );
    assertEquals(model.predictBatch(new Float32Array(input)).length, output);
    load(bytes, { engine: "javascript" }).predictBatch(new Float32Array(input));
    return true;
  } catch (error) {
    if (!(error instanceof FileFormatError)) throw error;
    assert(error.message.startsWith("Cannot load compiled model: ") && error.message.length < 400, error.message);
    return false;
  } finally {
    assert(performance.now() - start < 2000, "took too long");
  }
}

function same(a: Uint32Array, b: Uint32Array): boolean {
  return a.length === b.length && a.every((word, i) => word === b[i]);
}

Deno.test("the file that the hostile ones are made from is good", () => assert(tryFile(GOOD)));

Deno.test("every truncation is refused", () => {
  for (let length = 0; length < GOOD.length; length++) {
    assertEquals(tryFile(GOOD.subarray(0, length)), false, `${length} bytes`);
  }
});

Deno.test("10,000 files with changed bytes are refused or run", () => {
  const dice = createDice(1);
  let ran = 0;
  for (let i = 0; i < 10_000; i++) {
    const bytes = GOOD.slice();
    for (let changes = 1 + dice(3); changes > 0; changes--) {
      const at = dice(dice(4) === 0 ? 16 : bytes.length);
      bytes[at] = [dice(256), bytes[at] ^ 1 << dice(8), 48 + dice(10), 0][dice(4)];
    }
    if (tryFile(bytes)) ran++;
  }
  assert(ran > 500 && ran < 9500, `${ran} ran: the changes should do both`);
});

/** A file with another program. */
function withDescription(change: (description: Record<string, unknown>) => void): Uint8Array {
  const { tensors, metadata } = readSafetensors(GOOD);
  const description = JSON.parse(metadata.get(COMPILED_KEY)!);
  change(description);
  return writeSafetensors([...tensors.values()], { [COMPILED_KEY]: JSON.stringify(description) });
}

Deno.test("4,000 programs with other numbers, names and arguments are refused or run within their arena", () => {
  const dice = createDice(7);
  const values: unknown[] = [
    0,
    1,
    2,
    3,
    4,
    7,
    16,
    31,
    48,
    64,
    255,
    4096,
    65536,
    2 ** 20,
    2 ** 31 - 1,
    2 ** 31,
    2 ** 32,
    2 ** 53,
    -1,
    0.5,
    1e300,
  ];
  values.push(null, "", "x", [], {}, { at: 0 }, { at: 64, plus: 8 }, { at: 0, plus: 1e9 }, { rows: 1 }, { rows: 100 }, {
    weight: "dense/kernel",
  });
  values.push({ weight: "dense/bias" }, { weight: "__proto__" }, true, "matmul", "softmax", "edge_pack", "toString", {
    at: 0,
    rows: 2,
    weight: 3,
  });
  let ran = 0;
  for (let i = 0; i < 4000; i++) {
    const bytes = withDescription((description) => {
      for (let changes = 1 + dice(2); changes > 0; changes--) {
        let place = description as Record<string, unknown>;
        for (;;) {
          const keys = Object.keys(place);
          const key = keys[dice(keys.length)];
          if (key === undefined) break;
          const next = place[key];
          if (typeof next === "object" && next !== null && dice(6) > 0) place = next as Record<string, unknown>;
          else {
            place[key] = structuredClone(values[dice(values.length)]);
            break;
          }
        }
      }
    });
    if (tryFile(bytes)) ran++;
  }
  assert(ran > 100, `${ran} ran`);
});

const HOSTILE: Readonly<Record<string, (d: { -readonly [K in keyof Description]: Description[K] }) => void>> = {
  "an address beyond the arena": (d) => d.calls = [["sigmoid", { at: d.arenaElements }, { at: 0 }, { rows: 4 }]],
  "a count beyond the arena": (d) => d.calls = [["sigmoid", { at: 0 }, { at: 0 }, { rows: d.arenaElements + 4 }]],
  "counts whose product is": (d) =>
    d.calls = [["softmax", { at: 0 }, { at: 0 }, { rows: d.arenaElements }, { rows: 1 }]],
  "counts that overflow": (d) => d.calls = [["softmax", { at: 0 }, { at: 0 }, 2 ** 30, 2 ** 30]],
  "a write to a weight": (d) => d.calls = [["sigmoid", { weight: "dense/kernel" }, { at: 0 }, 4]],
  "a read beyond a weight": (d) => d.calls = [["sigmoid", { at: 0 }, { weight: "dense/bias" }, 64]],
  "a matrix of another shape": (d) =>
    d.calls = [["matmul", { at: 0 }, { at: 0 }, { weight: "dense/kernel" }, null, 1, 5, 6]],
  "a factor that is no weight": (d) => d.calls = [["matmul", { at: 0 }, { at: 0 }, { at: 0 }, null, 1, 1, 1]],
  "a null address": (d) => d.calls = [["sigmoid", { at: 0 }, null, 4]],
  "an unknown operation": (d) => d.calls = [["constructor", { at: 0 }, { at: 0 }, 4]],
  "a kernel for the loader only": (d) => d.calls = [["edge_pack", { at: 0 }, { at: 0 }, 4, 4]],
  "an arena of 2 GiB": (d) => d.arenaElements = 2 ** 29,
  "too many calls": (d) => d.calls = new Array(5000).fill(["x"]),
  "an output outside the arena": (d) => d.outputs = [{ ...d.outputs[0], at: d.arenaElements }],
  "a shape without end": (d) => d.inputs = [{ ...d.inputs[0], shape: [2 ** 20, 2 ** 20] }],
  "no input": (d) => d.inputs = [],
  "another version": (d) => (d as { version: number }).version = 2,
};

for (const [what, change] of Object.entries(HOSTILE)) {
  Deno.test(`a program is refused for ${what}`, () => {
    const bytes = withDescription((d) => change(d as never));
    assertThrows(() => load(bytes), FileFormatError, "Cannot load compiled model: ");
  });
}

Deno.test("a module with other kernels is refused", () => {
  const empty = new WebAssembly.Module(Uint8Array.of(0, 0x61, 0x73, 0x6d, 1, 0, 0, 0));
  assertThrows(() => load(GOOD, { module: empty }), TypeError, "module must be kernels.wasm");
});
