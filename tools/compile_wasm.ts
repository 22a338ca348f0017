import asc from "asc";

/** What one compilation gives. */
export interface CompiledWasm {
  /** The module's bytes. */
  binary: Uint8Array;
  /** The same module as text, for inspection. */
  text: string;
  /** The flags it was compiled with. */
  flags: readonly string[];
  /** The paths of the sources it was compiled from. */
  paths: readonly string[];
}

const COMMON = [
  "--importMemory",
  "--sharedMemory",
  "--initialMemory",
  "1",
  "--maximumMemory",
  "65536",
  "--runtime",
  "stub",
  "--noAssert",
];
const OPTIMIZE = ["-O3", "--converge"];

/**
 * Compiles asm/index.ts with AssemblyScript.
 *
 * `fast` uses relaxed SIMD (fused multiply-add), `portable` plain SIMD128 only.
 *
 * @param sources path → text of everything under asm/, generated files included
 * @param kernelCount how many wrappers the function table must hold, at the indices from 1
 * @throws {Error} if AssemblyScript reports an error or the function table is not as expected
 */
export async function compileWasm(
  sources: ReadonlyMap<string, string>,
  numerics: "fast" | "portable",
  kernelCount: number,
): Promise<CompiledWasm> {
  const features = numerics === "fast" ? "simd,relaxed-simd,threads,bulk-memory" : "simd,threads,bulk-memory";
  const flags = ["--enable", features, ...COMMON, ...OPTIMIZE];
  const written = new Map<string, Uint8Array | string>();
  const paths = new Set<string>();
  const readFile = (name: string): string | null => {
    const path = name.replace(/^\.\//, "");
    const source = sources.get(path);
    if (source !== undefined) paths.add(path);
    return source ?? null;
  };
  const { error, stderr } = await asc.main(
    ["asm/index.ts", ...flags, "--outFile", "out.wasm", "--textFile", "out.wat"],
    {
      readFile,
      writeFile: (path: string, contents: Uint8Array | string): void => void written.set(path, contents),
      listFiles: (): string[] => [],
    },
  );
  const messages = stderr.toString().trim();
  if (error) throw new Error(`Cannot compile asm/index.ts (${numerics}): ${error.message}\n${messages}`);
  if (messages !== "") console.error(messages);
  const binary = written.get("out.wasm");
  const text = written.get("out.wat");
  if (!(binary instanceof Uint8Array) || typeof text !== "string") {
    throw new Error(`Cannot compile asm/index.ts (${numerics}): AssemblyScript wrote no output`);
  }
  checkTable(text, kernelCount);
  return { binary, text, flags, paths: [...paths].sort() };
}

/** The dispatcher takes opcodes as table indices: the table must hold its wrappers from 1 on and nothing else. */
function checkTable(text: string, kernelCount: number): void {
  const found = /\(elem [^\n]*\(i32\.const 1\)\s*([^\n()]*)\)/.exec(text)?.[1].trim().split(/\s+/)
    .filter((name) => name.startsWith("$")).length ?? 0;
  if (found !== kernelCount) {
    throw new Error(
      `Cannot use opcodes as table indices: the function table must hold the ${kernelCount} wrappers from index 1 on, ` +
        `got ${found} functions (does a kernel take a reference to a function?)`,
    );
  }
}
