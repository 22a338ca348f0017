import asc from "asc";

const FLAGS = [
  "--enable",
  "simd,relaxed-simd,bulk-memory",
  "--initialMemory",
  "1",
  "--maximumMemory",
  "65536",
  "--runtime",
  "stub",
  "--noAssert",
  "-O3",
  "--shrinkLevel",
  "1",
  "--converge",
];

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

/**
 * Compiles a module of the edge runtime with marks in the place of multiply-adds: with one instruction or two for each it is the fast module or
 * the portable one.
 *
 * @param entry its file in asm/
 * @param sources path → text of the files under asm/, generated ones included
 * @returns the module in hexadecimal
 * @throws {Error} if it cannot be compiled, or if the marks cannot be told from other bytes
 */
export async function compileEdge(entry: string, sources: ReadonlyMap<string, string>): Promise<string> {
  const written = new Map<string, Uint8Array | string>();
  const { error, stderr } = await asc.main([entry, ...FLAGS, "--outFile", "out.wasm", "--textFile", "out.wat"], {
    readFile: (name: string): string | null => {
      const source = sources.get(name.replace(/^\.\//, ""));
      return source === undefined ? null : MARKED.reduce((text, [from, to]) => text.replace(from, to), source);
    },
    writeFile: (name: string, contents: Uint8Array | string): void => void written.set(name, contents),
    listFiles: (): string[] => [],
  });
  const binary = written.get("out.wasm"), text = written.get("out.wat");
  if (error || !(binary instanceof Uint8Array) || typeof text !== "string") {
    throw new Error(`Cannot compile ${entry}: ${error?.message}\n${stderr}`);
  }
  const hex = binary.toHex();
  for (const [name, bytes] of MARKS) {
    const [wanted, found] = [text.match(new RegExp(`\\b${name}\\b`, "g"))?.length ?? 0, hex.split(bytes).length - 1];
    if (wanted !== found) {
      throw new Error(`Cannot compile ${entry}: ${bytes} must stand for ${name} alone, ${wanted} times, got ${found}`);
    }
  }
  return hex;
}
