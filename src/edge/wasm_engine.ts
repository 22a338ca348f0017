import { type Engine, type EngineName, placeWeights } from "./engine.ts";
import { listOperations } from "./extents.ts";
import { edgeVersion } from "../memory/gen/edge_kernels.ts";
import type { Plan, Step } from "./plan.ts";

/** From this many rows and weights on, a product runs on packed weights: packing and wide tiles pay then. */
const PACK_ROWS = 4;
const PACK_WEIGHTS = 256;

/** What the wasm modules export. */
interface Kernels {
  readonly memory: WebAssembly.Memory;
  readonly run: (address: number) => void;
  readonly heapBase: () => number;
  readonly version: () => number;
}

/**
 * Puts a model into the memory of an instance of `module`: weights, arena, then the code for one row, for `maxRows`, and for one other
 * number of rows.
 *
 * @throws TypeError if the module is not one of these kernels
 */
export function createWasmEngine(plan: Plan, module: WebAssembly.Module, name: EngineName): Engine {
  const kernels = new WebAssembly.Instance(module, {}).exports as unknown as Kernels;
  if (typeof kernels.version !== "function" || kernels.version() !== edgeVersion) {
    throw new TypeError("Cannot load compiled model: module must be the kernels.wasm of this version of retroprop");
  }
  const { opcodes } = listOperations();
  const { memory, run } = kernels;
  const base = Math.ceil(kernels.heapBase() / 64) * 16;
  const words = encode(plan.steps, 1, base, opcodes).length;
  // Packing takes 6 words a step.
  const codeAt = base + plan.elements;
  const total = 4 * (codeAt + 4 * words + 16);
  memory.grow(Math.max(0, Math.ceil((total - memory.buffer.byteLength) / 65536)));
  const heap = new Float32Array(memory.buffer);
  const code = new Int32Array(memory.buffer);
  placeWeights(plan, heap, base);
  const codeFor = [0, 0, 0];
  let isPacked = false;

  const write = (slot: number, rows: number): void => {
    code.set(encode(plan.steps, rows, base, opcodes), codeAt + slot * words);
    codeFor[slot] = rows;
  };
  write(0, 1);
  return {
    name,
    heap,
    base,
    run(rows) {
      if (rows >= PACK_ROWS && !isPacked) {
        code.set(encodePacking(plan.steps, base, opcodes), codeAt + 3 * words);
        run(4 * (codeAt + 3 * words));
        isPacked = true;
      }
      const slot = rows === 1 ? 0 : rows === plan.maxRows ? 1 : 2;
      if (codeFor[slot] !== rows) write(slot, rows);
      run(4 * (codeAt + slot * words));
    },
  };
}

const bits = new DataView(new ArrayBuffer(4));

/** The words of a float32 scalar. */
function wordOf(value: number): number {
  bits.setFloat32(0, value);
  return bits.getInt32(0);
}

/** The program for `rows` rows: opcode, then one word an argument; 0 ends it. */
function encode(steps: readonly Step[], rows: number, base: number, opcodes: ReadonlyMap<string, number>): number[] {
  const code: number[] = [];
  for (const { name, operation, fixed, perRow, packed } of steps) {
    const { signature, opcode } = operation;
    const values = fixed.map((value, i) => {
      const letter = signature[i];
      if (letter === "f") return wordOf(value);
      const v = value + perRow[i] * rows;
      return letter === "i" ? v : value < 0 ? 0 : 4 * (base + v);
    });
    if (opcode > 0) {
      code.push(opcode, ...values);
    } else {
      const [c, a, b, bias, m, n, k] = values;
      const kernel = name.replace("matmul", "");
      if (m >= PACK_ROWS && n * k >= PACK_WEIGHTS && rows >= PACK_ROWS) {
        code.push(opcodes.get(`matmul_n${kernel}`)!, c, a, 4 * (base + packed), bias, m, n, k, k, n);
      } else {
        code.push(opcodes.get(`matmul_small_n${kernel}`)!, c, a, b, bias, m, n, k, k, n, n);
      }
    }
  }
  code.push(0, 0);
  return code;
}

/** The program that packs the weights of all products. */
function encodePacking(steps: readonly Step[], base: number, opcodes: ReadonlyMap<string, number>): number[] {
  const code: number[] = [];
  for (const { operation, fixed: [, , b, , , n, k], packed } of steps) {
    if (operation.opcode === 0) code.push(opcodes.get("pack_n")!, 4 * (base + packed), 4 * (base + b), k, n, n);
  }
  code.push(0);
  return code;
}
