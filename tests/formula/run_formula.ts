import type { Formula } from "../../src/formula/formula.ts";
import { bindKernels, createMemory } from "../../src/kernels/bind.ts";
import { kernels } from "../../src/kernels/gen/kernels.ts";
import type { Numerics } from "../../src/kernels/numerics.ts";

const GUARD = -12345.5;

/**
 * Runs the kernel of a formula with one output `y` over float32 arrays.
 *
 * @param vectors one array a vector, in the formula's order
 * @param scalars one number a scalar, in the formula's order
 * @throws {Error} if the kernel writes behind the padded end of its output
 */
export function runFormula(
  formula: Formula,
  vectors: readonly Float32Array[],
  scalars: readonly number[],
  numerics: Numerics = "fast",
): Float32Array {
  const [opcode, signature] = kernels[formula.name];
  const { length } = vectors[0];
  const stride = Math.ceil(length / 4) * 4 + 16;
  const arena = 65536 * 2;
  const code = arena + 4 * stride * (vectors.length + 1);
  const memory = createMemory(code + 65536);
  const { run, heapBase } = bindKernels(memory, numerics);
  if (heapBase > arena) throw new Error(`The kernels' tables end at ${heapBase}`);
  const floats = new Float32Array(memory.buffer);
  const words = new Int32Array(memory.buffer);
  const at = (i: number): number => arena + 4 * stride * i;
  floats.fill(GUARD, at(0) / 4, at(1) / 4);
  vectors.forEach((vector, i) => floats.set(vector, at(i + 1) / 4));
  const given = [at(0), ...vectors.map((_, i) => at(i + 1)), ...scalars, length];
  if (given.length !== signature.length) {
    throw new Error(`${formula.name} takes ${signature}, not ${given.length} values`);
  }
  words[code / 4] = opcode;
  given.forEach((value, i) => (signature[i] === "f" ? floats : words)[code / 4 + 1 + i] = value);
  words[code / 4 + 1 + given.length] = 0;
  run(code);
  const padded = Math.ceil(length / 4) * 4;
  for (let i = padded; i < stride; i++) {
    if (floats[at(0) / 4 + i] !== GUARD) throw new Error(`${formula.name} writes behind its output`);
  }
  return floats.slice(at(0) / 4, at(0) / 4 + length);
}
