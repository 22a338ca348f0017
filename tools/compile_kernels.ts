import asc from "asc";
import { parseKernels } from "./parse_kernels.ts";

/** Some kernels in one build, over a memory of their own, callable one by one. */
export interface KernelModule {
  /** The memory that addresses refer to; the first 64 KiB are the module's own. */
  memory: WebAssembly.Memory;
  /** Kernels (and the functions of `extra`) by name. */
  call: Record<string, (...values: number[]) => number>;
}

/**
 * Compiles kernel files with AssemblyScript on their own, with the flags of the real build, for tests and benchmarks.
 *
 * @param options.paths files under asm/kernel/ whose kernels are wanted
 * @param options.numerics `fast` uses relaxed SIMD (fused multiply-add), `portable` plain SIMD128
 * @param options.bytes size of the memory besides the module's own 64 KiB
 * @param options.extra more AssemblyScript to compile, whose exports are callable too
 * @throws {Error} if AssemblyScript reports an error
 */
export async function compileKernels(
  options: { paths: readonly string[]; numerics: "fast" | "portable"; bytes: number; extra?: string },
): Promise<KernelModule> {
  const { paths, numerics, bytes, extra } = options;
  const root = new URL("../", import.meta.url);
  const sources = new Map(paths.map((path) => [path, Deno.readTextFileSync(new URL(path, root))]));
  const entry =
    parseKernels(sources).map(({ name, path }) => `export { ${name} } from "./${path.replace(/\.ts$/, "")}";\n`).join(
      "",
    ) + (extra ?? "");
  let binary: Uint8Array<ArrayBuffer> | undefined;
  const { error, stderr } = await asc.main([
    "entry.ts",
    ...["--enable", numerics === "fast" ? "simd,relaxed-simd,threads,bulk-memory" : "simd,threads,bulk-memory"],
    ...["--importMemory", "--sharedMemory", "--maximumMemory", "65536", "--initialMemory", "1"],
    ...["--runtime", "stub", "--noAssert", "-O3", "--converge", "--outFile", "out.wasm"],
  ], {
    readFile: (path: string): string | null => {
      if (path === "entry.ts") return entry;
      if (!path.startsWith("asm/")) return null;
      try {
        return Deno.readTextFileSync(new URL(path, root));
      } catch {
        return null;
      }
    },
    writeFile: (_path: string, contents: Uint8Array | string): void => {
      binary = contents as Uint8Array<ArrayBuffer>;
    },
    listFiles: (): string[] => [],
  });
  if (error || !binary) {
    throw new Error(`Cannot compile ${paths} (${numerics}): ${error?.message}\n${stderr.toString()}`);
  }
  const initial = 1 + Math.ceil(bytes / 65536);
  const memory = new WebAssembly.Memory({ initial, maximum: 65536, shared: true });
  const { exports } = new WebAssembly.Instance(new WebAssembly.Module(binary), { env: { memory } });
  return { memory, call: exports as KernelModule["call"] };
}
