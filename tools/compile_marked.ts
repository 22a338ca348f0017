import asc from "asc";
import { unmarkModule } from "../src/kernels/unmark_module.ts";
import { dropFunctionObjects } from "./drop_function_objects.ts";

const FLAGS = [
  ...["--enable", "simd,relaxed-simd,threads,bulk-memory"],
  ...["--initialMemory", "1"],
  ...["--maximumMemory", "65536"],
  ...["--runtime", "stub"],
  "--noAssert",
  "-O3",
  "--converge",
];

/** What the library's own module needs besides: the memory comes from outside, and threads share it. */
export const SHARED_MEMORY: readonly string[] = ["--importMemory", "--sharedMemory"];

/**
 * What takes the place of relaxed instructions in the sources. Each call below stands for one instruction that no kernel uses, so that it can
 * be found in the module, and becomes others of the same length: `unmarkModule` has the list. A multiply-add is a product and a sum, of
 * which the fused one has nothing for the product.
 */
const MARKED: readonly (readonly [source: string, marked: string])[] = [
  ["f32x4.relaxed_madd(a, b, c)", "f64x2.relaxed_max(f64x2.relaxed_min(a, b), c)"],
  ["f32x4.relaxed_nmadd(a, b, c)", "f32x4.relaxed_max(i64x2.abs(f64x2.relaxed_min(a, b)), c)"],
];

/** The marks, as the text of a module writes them, and as its bytes do. */
const MARKS: ReadonlyMap<string, string> = new Map([
  ["f64x2.relaxed_min", "fd8f02"],
  ["f64x2.relaxed_max", "fd9002"],
  ["f32x4.relaxed_max", "fd8e02"],
  ["i64x2.abs", "fdc001"],
  ["i32x4.relaxed_laneselect", "fd8b02"],
]);

/** A module that stands for two. */
export interface MarkedModule {
  /** The module in hexadecimal, with marks in the place of multiply-adds: see `unmarkModule`. */
  readonly marked: string;
  /** Its two meanings. */
  readonly portable: Uint8Array<ArrayBuffer>;
  readonly fast: Uint8Array<ArrayBuffer>;
  /** The marked module as text, for inspection. */
  readonly text: string;
  /** The flags that it was compiled with. */
  readonly flags: readonly string[];
  /** The paths of the sources that it was compiled from. */
  readonly paths: readonly string[];
}

/**
 * Compiles a module with marks in the place of multiply-adds: with one instruction or two for each it is the fast module, which uses relaxed
 * SIMD, or the portable one of plain SIMD.
 *
 * @param entry its file in asm/
 * @param sources path → text of the files under asm/, generated ones included
 * @param count how many functions its table holds, from index 1 on
 * @param more flags of its own
 * @throws {Error} if it cannot be compiled, or if the marks cannot be told from other bytes
 */
export async function compileMarked(
  entry: string,
  sources: ReadonlyMap<string, string>,
  count: number,
  more: readonly string[],
): Promise<MarkedModule> {
  const flags = [...FLAGS, ...more];
  const written = new Map<string, Uint8Array | string>();
  const paths = new Set<string>();
  const { error, stderr } = await asc.main([entry, ...flags, "--outFile", "out.wasm", "--textFile", "out.wat"], {
    readFile: (name: string): string | null => {
      const path = name.replace(/^\.\//, "");
      const source = sources.get(path);
      if (source === undefined) return null;
      paths.add(path);
      return MARKED.reduce((text, [from, to]) => text.replace(from, to), source);
    },
    writeFile: (name: string, contents: Uint8Array | string): void => void written.set(name, contents),
    listFiles: (): string[] => [],
  });
  const messages = stderr.toString().trim();
  if (error) throw new Error(`Cannot compile ${entry}: ${error.message}\n${messages}`);
  if (messages !== "") console.error(messages);
  const binary = written.get("out.wasm"), text = written.get("out.wat");
  if (!(binary instanceof Uint8Array) || typeof text !== "string") {
    throw new Error(`Cannot compile ${entry}: AssemblyScript wrote no output`);
  }
  checkTable(entry, text, count);
  // Of a memory that it makes itself a module holds no zeros, and of those objects next to nothing.
  const marked = (more.includes("--importMemory") ? dropFunctionObjects(binary, count) : binary).toHex();
  for (const [name, bytes] of MARKS) {
    const [wanted, found] = [
      text.match(new RegExp(`\\b${name}\\b`, "g"))?.length ?? 0,
      marked.split(bytes).length - 1,
    ];
    if (wanted !== found) {
      throw new Error(`Cannot compile ${entry}: ${bytes} must stand for ${name} alone, ${wanted} times, got ${found}`);
    }
  }
  const [portable, fast] = [false, true].map((isFast) => unmarkModule(marked, isFast));
  for (const [bytes, kind] of [[portable, "portable"], [fast, "fast"]] as const) {
    if (!WebAssembly.validate(bytes)) throw new Error(`Cannot compile ${entry}: the ${kind} form is no module`);
  }
  return { marked, portable, fast, text, flags, paths: [...paths].sort() };
}

/** The dispatcher takes opcodes as table indices: the table must hold its wrappers from 1 on and nothing else. */
function checkTable(entry: string, text: string, count: number): void {
  const found = /\(elem [^\n]*\(i32\.const 1\)\s*([^\n()]*)\)/.exec(text)?.[1].trim().split(/\s+/)
    .filter((name) => name.startsWith("$")).length ?? 0;
  if (found !== count) {
    throw new Error(
      `Cannot compile ${entry}: opcodes are table indices, so the function table must hold the ${count} wrappers from index 1 on, ` +
        `got ${found} functions (does a kernel take a reference to a function?)`,
    );
  }
}
