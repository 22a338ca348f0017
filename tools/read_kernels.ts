import { type Kernel, parseKernels } from "./parse_kernels.ts";
import { readTree } from "./read_tree.ts";

/**
 * Reads the table of kernels from the files under asm/: that of the library, or with `edge` those of the edge runtime beside it. The opcodes
 * are the library's.
 */
export async function readKernels({ edge = false } = {}): Promise<Kernel[]> {
  const root = new URL("../", import.meta.url).pathname;
  const files = await readTree([`${root}asm`]);
  const folders = edge ? /^asm\/edge\// : /^asm\/(kernel|gen)\//;
  const own = [...files].map(([path, text]) => [path.slice(root.length), text] as const)
    .filter(([path]) => folders.test(path) && !path.endsWith("dispatch.ts"));
  return parseKernels(new Map(own));
}
