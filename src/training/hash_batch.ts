import type { LoadedProgram } from "../workers/loaded_program.ts";

/**
 * Writes two words that say which samples a batch has, whatever their order: of every sample, what it is in all inputs of the program is
 * mixed into two words, and these are added up. They tell batches apart; nothing rests on their being hard to forge.
 *
 * @param step what goes in besides
 */
export function hashBatch(program: LoadedProgram, rows: number, step: number, out: Float64Array): void {
  const inputs = Object.keys(program.program.inputs).map((name) => {
    const values = program.input(name);
    const words = new Uint32Array(values.buffer, values.byteOffset, values.length);
    return { words, width: Math.floor(words.length / rows) };
  });
  let first = step | 0;
  let second = Math.imul(step, 0x85ebca6b);
  for (let row = 0; row < rows; row++) {
    let hash = 0x9e3779b9;
    for (const { words, width } of inputs) {
      for (let i = row * width; i < (row + 1) * width; i++) {
        hash = Math.imul(hash ^ words[i], 0xcc9e2d51);
        hash = (hash << 15) | (hash >>> 17);
      }
    }
    hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
    hash ^= hash >>> 13;
    first = first + hash | 0;
    hash = Math.imul(hash, 0xc2b2ae35);
    second = second + (hash ^ (hash >>> 16)) | 0;
  }
  out[0] = first;
  out[1] = second;
}
