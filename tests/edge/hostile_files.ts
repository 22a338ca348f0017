import { assert, assertEquals } from "@std/assert";
import type { EdgeModel } from "../../src/edge/edge_model.ts";
import type { EdgeLoadOptions } from "../../src/edge/load_model.ts";
import { type EdgePlan, planModel } from "../../src/edge/plan.ts";
import type { Runtime } from "../../src/edge/runtime.ts";
import { createWasmEngine } from "../../src/edge/wasm_engine.ts";
import { COMPILED_KEY } from "../../src/files/compiled_format.ts";
import { FileFormatError } from "../../src/files/file_format_error.ts";
import { readSafetensors } from "../../src/files/read_safetensors.ts";
import { writeSafetensors } from "../../src/files/write_safetensors.ts";
import { countLookups } from "../files/count_lookups.ts";

/** An entry that hostile files are given to. */
export interface Entry {
  readonly runtime: Runtime;
  readonly module: WebAssembly.Module;
  readonly load: (bytes: Uint8Array, options?: EdgeLoadOptions) => EdgeModel;
}

/** A generator of integers below `limit`. */
export function createDice(seed: number): (limit: number) => number {
  return (limit) => Math.floor((seed = seed * 48271 % 2147483647) / 2147483647 * limit);
}

/** Loads hostile bytes: refused with a FileFormatError, or a model that runs and stays within its own memory. Gives whether it ran. */
export function tryFile(bytes: Uint8Array, { runtime, module, load }: Entry): boolean {
  try {
    const plan = planWithin(bytes, runtime);
    assert(
      4 * plan.elements <= 2 ** 20 + 68 * bytes.length + 4096,
      `wants ${4 * plan.elements} bytes for a file of ${bytes.length}`,
    );
    const engine = createWasmEngine(plan, module, "wasm-module");
    // Working memory lies before the weights; what is there depends on the input, which a run may overwrite.
    const begin = engine.base + (plan.description.scratchElements ?? 0);
    const [from, to] = [engine.base + plan.arena, engine.base + plan.elements];
    for (const rows of [1, Math.min(3, plan.maxRows), plan.maxRows]) {
      // The program of a number of rows is encoded at its first run: so run first, then watch.
      engine.run(rows);
      const words = new Uint32Array(engine.heap.buffer);
      const [head, before, after] = [words.slice(0, engine.base), words.slice(begin, from), words.slice(to)];
      engine.run(rows);
      assertEquals(
        isSame(words.subarray(0, engine.base), head) && isSame(words.subarray(begin, from), before) &&
          isSame(words.subarray(to), after),
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
  }
}

/** Plans a model within the limits of work. */
function planWithin(bytes: Uint8Array, runtime: Runtime): EdgePlan {
  let outcome: EdgePlan | Error;
  const steps = countLookups(() => {
    try {
      outcome = planModel(bytes, runtime);
    } catch (error) {
      outcome = error as Error;
    }
  });
  assert(steps <= 5000 + 4 * bytes.length, `${steps} steps of lookups for a file of ${bytes.length} bytes`);
  if (outcome! instanceof Error) throw outcome;
  return outcome!;
}

function isSame(a: Uint32Array, b: Uint32Array): boolean {
  return a.length === b.length && a.every((word, i) => word === b[i]);
}

/** A file with another program, without a checksum: with it, hardly any change would get beyond the checksum. */
export function withDescription(file: Uint8Array, change: (description: Record<string, unknown>) => void): Uint8Array {
  const { tensors, metadata } = readSafetensors(file);
  const description = JSON.parse(metadata.get(COMPILED_KEY)!);
  change(description);
  return writeSafetensors([...tensors.values()], { [COMPILED_KEY]: JSON.stringify(description) });
}

/** A file with one to three other bytes, most of them where numbers and names may stand. */
export function changeBytes(file: Uint8Array, dice: (limit: number) => number): Uint8Array {
  const bytes = file.slice();
  for (let changes = 1 + dice(3); changes > 0; changes--) {
    const at = dice(dice(4) === 0 ? 16 : bytes.length);
    bytes[at] = [dice(256), bytes[at] ^ 1 << dice(8), 48 + dice(10), 0][dice(4)];
  }
  return bytes;
}

/** A file whose program has one or two other values somewhere. */
export function changeValues(
  file: Uint8Array,
  values: readonly unknown[],
  dice: (limit: number) => number,
): Uint8Array {
  return withDescription(file, (description) => {
    for (let changes = 1 + dice(2); changes > 0; changes--) {
      let place = description;
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
}

/** Values that programs stumble over. */
export const HOSTILE_VALUES: readonly unknown[] = [
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
  null,
  "",
  "x",
  [],
  {},
  { at: 0 },
  { at: 64, plus: 8 },
  { at: 0, plus: 1e9 },
  { rows: 1 },
  { rows: 100 },
  { weight: "__proto__" },
  true,
  "edge_pack",
  "toString",
  { at: 0, rows: 2, weight: 3 },
];
