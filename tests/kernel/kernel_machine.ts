import { type Reach, reachOf } from "../../tools/kernel_expression.ts";
import type { KernelArray } from "../../tools/kernel_row.ts";
import type { Kernel } from "../../tools/parse_kernels.ts";
import type { DrawnArguments } from "./draw_arguments.ts";

/** A memory, and what runs records in it. */
export interface Machine {
  readonly memory: WebAssembly.Memory;
  /** The first byte that is free. */
  readonly heapBase: number;
  readonly run: (address: number) => void;
}

/** How one run goes. */
export interface RunOptions {
  /** What lies where nothing is stated to be: 0 NaN, 1 finite numbers. */
  readonly background: 0 | 1;
  /** Draws the contents of arrays: the same for the same seed. */
  readonly seed: number;
  /** The array that ends 12 bytes before the end of the memory. */
  readonly last?: string;
  /** An array that is written, and the one that is read whose place it takes. */
  readonly inPlace?: readonly [written: string, read: string];
  /** Puts something into arrays after they were filled, and into `SHELF` words that belong to no array. Addresses are in elements. */
  readonly prepare?: (words: Int32Array, addressOf: (name: string) => number, shelf: number) => void;
}

/** What a run has done. */
export interface RunResult {
  /** The arrays that were written, by name: the words of their extents. */
  readonly written: ReadonlyMap<string, readonly number[]>;
  /** Words that changed although no array that is written has them, in elements from the nearest array's beginning. */
  readonly stray: readonly string[];
}

/** Elements between arrays. */
const GUARD = 64;
/** Words for the record. */
const RECORD = 64;
/** Words of which no row says anything. */
export const SHELF: number = 2 ** 17;
/** What may be read behind an array's extent. */
const SLACK = 3;

/** Which word of an array may change: not at all, as the extent says, or as it goes. */
const KEPT = 0, WRITTEN = 1, FREE = 2;

/** Runs a kernel over arrays that lie apart, surrounded by a pattern, and says what has changed. */
export function runKernel(
  { memory, heapBase, run }: Machine,
  kernel: Kernel,
  { values, absent }: DrawnArguments,
  { background, seed, last, inPlace, prepare }: RunOptions,
): RunResult {
  const words = new Int32Array(memory.buffer);
  const floats = new Float32Array(memory.buffer);
  const arrays = kernel.parameters.filter((p): p is KernelArray => p.kind === "array" && !absent.has(p.name));
  const reaches = new Map(arrays.map(({ name, extent }) => [name, listElements(reachOf(extent, values))]));
  const record = Math.ceil(heapBase / 4 / 16) * 16;
  const shelf = record + RECORD;
  const begin = shelf + SHELF;
  const addresses = new Map<string, number>();
  let end = begin;
  for (const { name } of arrays) {
    if (name === inPlace?.[0]) continue;
    const { from, to } = reaches.get(name)!;
    if (name === last) {
      addresses.set(name, words.length - SLACK - to);
      continue;
    }
    addresses.set(name, end + GUARD - from);
    end += GUARD + to - from;
  }
  if (inPlace !== undefined) addresses.set(inPlace[0], addresses.get(inPlace[1])!);
  const own = last === undefined ? words.length : addresses.get(last)! + reaches.get(last)!.from - GUARD;
  end += GUARD;
  if (end > own) throw new RangeError(`The memory is too small for ${kernel.name} ${JSON.stringify(values)}`);
  const each = (use: (at: number) => void): void => {
    for (let at = begin; at < end; at++) use(at);
    for (let at = own; at < words.length; at++) use(at);
  };
  each((at) =>
    words[at] = background === 0 ? 0x7fc00000 | (at & 0xfffff) : 0x3f800000 | (Math.imul(at, 40503) & 0x7fffff)
  );

  const mask = new Uint8Array(words.length);
  let state = seed;
  for (const { name, access, wholeVectors } of arrays) {
    const { elements, to } = reaches.get(name)!;
    const address = addresses.get(name)!;
    for (const element of elements) {
      state = Math.imul(state, 1103515245) + 12345 | 0;
      if (access === "read" || access === "updated") {
        const value = (state >>> 8) / 2 ** 22 - 1; // from −1 to 3
        floats[address + element] = state % 3 === 0 ? Math.floor(value) : value; // labels and indices are whole
      }
      if (access !== "read") mask[address + element] = access === "work" ? FREE : WRITTEN;
    }
    if (!wholeVectors) continue;
    for (let i = to; i % 4 !== 0; i++) mask[address + i] = FREE;
  }
  prepare?.(words, (name) => addresses.get(name)!, shelf);
  const before = words.slice();

  words[record] = kernel.opcode;
  kernel.parameters.forEach(({ name, kind }, i) => {
    const at = record + 1 + i;
    if (kind === "array") words[at] = absent.has(name) ? 0 : 4 * addresses.get(name)!;
    else if (kernel.signature[i] === "f") floats[at] = values[name];
    else words[at] = values[name];
  });
  words[record + 1 + kernel.parameters.length] = 0;
  run(4 * record);

  const stray: string[] = [];
  each((at) => {
    if (words[at] === before[at] || mask[at] !== KEPT) return;
    const [name, address] = [...addresses].reduce((a, b) => Math.abs(b[1] - at) < Math.abs(a[1] - at) ? b : a);
    stray.push(`${name}[${at - address}]`);
  });
  const isWritten = ({ access }: KernelArray): boolean => access === "written" || access === "updated";
  const written = new Map(
    arrays.filter(isWritten).map(({ name }) => {
      const address = addresses.get(name)!;
      return [name, reaches.get(name)!.elements.map((element) => words[address + element])];
    }),
  );
  return { written, stray };
}

/** The elements that a reach covers, some of them more than once, and the range that they lie in. */
function listElements({ offset, axes }: Reach): { elements: readonly number[]; from: number; to: number } {
  let elements = [offset];
  for (const [size, stride] of axes) {
    const next: number[] = [];
    for (const element of elements) for (let i = 0; i < size; i++) next.push(element + i * stride);
    elements = next;
  }
  if (elements.length === 0) return { elements, from: 0, to: 0 };
  let [from, to] = [Infinity, -Infinity];
  for (const element of elements) from = Math.min(from, element), to = Math.max(to, element + 1);
  return { elements, from, to };
}
