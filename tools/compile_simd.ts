import asc from "asc";
import { type SimdFunction, simdFunctions } from "./simd_functions.ts";

/** The functions of asm/simd/ in one build, over a memory of their own. */
export interface SimdModule {
  /** Room for the arguments. */
  x: Float32Array;
  /** Room for the results. */
  y: Float32Array;
  /** Writes `name` of the first `count` elements of x to y; `count` is rounded up to a multiple of 4. */
  run: (name: SimdFunction, count: number) => void;
  /** The module as WebAssembly text. */
  text: string;
}

/**
 * Compiles a loop around each function of asm/simd/ with AssemblyScript and instantiates it.
 *
 * @param numerics `fast` uses relaxed SIMD (fused multiply-add), `portable` plain SIMD128
 * @param length elements that x and y hold; a multiple of 4
 * @throws {Error} if AssemblyScript reports an error
 */
export async function compileSimd(numerics: "fast" | "portable", length: number): Promise<SimdModule> {
  const names = Object.keys(simdFunctions) as SimdFunction[];
  const source = names.map((name) =>
    `import { ${name} } from "./asm/simd/${name}";
    export function run_${name}(y: usize, x: usize, bytes: usize): void {
      for (let i: usize = 0; i < bytes; i += 16) v128.store(y + i, ${name}(v128.load(x + i)));
    }`
  ).join("\n");
  const root = new URL("../", import.meta.url);
  const written = new Map<string, Uint8Array<ArrayBuffer> | string>();
  const { error, stderr } = await asc.main([
    "wrapper.ts",
    ...["--enable", numerics === "fast" ? "simd,relaxed-simd,bulk-memory" : "simd,bulk-memory"],
    ...["--importMemory", "--runtime", "stub", "--noAssert", "-O3", "--converge"],
    ...["--outFile", "out.wasm", "--textFile", "out.wat"],
  ], {
    readFile: (path: string): string | null => {
      if (path === "wrapper.ts") return source;
      if (!path.startsWith("asm/simd/")) return null;
      try {
        return Deno.readTextFileSync(new URL(path, root));
      } catch {
        return null;
      }
    },
    writeFile: (path: string, contents: Uint8Array | string): void =>
      void written.set(path, contents as Uint8Array<ArrayBuffer> | string),
    listFiles: (): string[] => [],
  });
  if (error) throw new Error(`Cannot compile asm/simd (${numerics}): ${error.message}\n${stderr.toString()}`);

  const start = 65536;
  const memory = new WebAssembly.Memory({ initial: 2 + Math.ceil(length * 8 / 65536) });
  const module = new WebAssembly.Module(written.get("out.wasm") as Uint8Array<ArrayBuffer>);
  const { exports } = new WebAssembly.Instance(module, { env: { memory } });
  const loops = exports as Record<string, (y: number, x: number, bytes: number) => void>;
  return {
    x: new Float32Array(memory.buffer, start, length),
    y: new Float32Array(memory.buffer, start + length * 4, length),
    run: (name, count) => loops[`run_${name}`](start + length * 4, start, Math.ceil(count / 4) * 16),
    text: written.get("out.wat") as string,
  };
}
