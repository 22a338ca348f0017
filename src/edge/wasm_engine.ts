import { type Engine, type EngineName, writeWeight } from "./engine.ts";
import { isArray } from "./operations.ts";
import type { EdgePlan } from "./plan.ts";

/** What the wasm modules export. */
interface Kernels {
  readonly memory: WebAssembly.Memory;
  readonly run: (address: number) => void;
  readonly heapBase: () => number;
  readonly version: () => number;
}

/** Words of the program that packs one matrix: opcode, 4 arguments, end. */
const PACK_WORDS = 6;

/**
 * Puts a model into the memory of an instance of `module`: weights, arena, then the code for one row, for `maxRows`, and for one other
 * number of rows.
 *
 * @throws TypeError if the module is not one of these kernels
 */
export function createWasmEngine(plan: EdgePlan, module: WebAssembly.Module, name: EngineName): Engine {
  const { memory, run, heapBase, version } = new WebAssembly.Instance(module, {}).exports as unknown as Kernels;
  if (version?.() !== plan.runtime.version) {
    throw new TypeError(
      "Cannot load compiled model: module must be kernels.wasm of this entry and version of retroprop",
    );
  }
  const base = Math.ceil(heapBase() / 64) * 16;
  const words = encode(plan, 1, base).length;
  const codeAt = base + plan.elements;
  memory.grow(Math.max(0, Math.ceil((4 * (codeAt + 3 * words + PACK_WORDS) - memory.buffer.byteLength) / 65536)));
  const heap = new Float32Array(memory.buffer);
  const code = new Int32Array(memory.buffer);

  const staging = base + plan.arena;
  for (const weight of plan.weights) {
    const { isFactor, at, stored: { shape, elements } } = weight;
    writeWeight(weight, heap, isFactor ? staging : base + at);
    if (isFactor) {
      const n = shape[shape.length - 1];
      code.set([plan.runtime.packOpcode, 4 * (base + at), 4 * staging, elements / n, n, 0], codeAt);
      run(4 * codeAt);
    }
  }

  const rowsOf = [0, 0, 0];
  return {
    name,
    heap,
    base,
    run(rows) {
      const slot = rows === 1 ? 0 : rows === plan.maxRows ? 1 : 2;
      if (rowsOf[slot] !== rows) {
        code.set(encode(plan, rows, base), codeAt + slot * words);
        rowsOf[slot] = rows;
      }
      run(4 * (codeAt + slot * words));
    },
  };
}

/** The program for `rows` rows: opcode, then one word an argument; 0 ends it. */
function encode({ calls }: EdgePlan, rows: number, base: number): Int32Array {
  const code: number[] = [];
  const floats = new Float32Array(1);
  const wordOf = (value: number): number => {
    floats[0] = value;
    return new Int32Array(floats.buffer)[0];
  };
  for (const { operation: { parameters, opcode }, fixed, perRow } of calls) {
    code.push(opcode);
    parameters.forEach((parameter, i) => {
      const v = fixed[i] + perRow[i] * rows;
      if (isArray(parameter)) code.push(v < 0 ? 0 : 4 * (base + v));
      else code.push("CNI".includes(parameter.letter) ? v : wordOf(v));
    });
  }
  return Int32Array.from([...code, 0]);
}
