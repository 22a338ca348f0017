/** One kernel: a function that a program can call. */
export interface Kernel {
  /** The exported function's name. */
  name: string;
  /** One letter a parameter: `p` byte address, `i` 32-bit integer, `f` 32-bit float. */
  signature: string;
  /** The file it stands in, for example `asm/kernel/matmul.ts`. */
  path: string;
  /** Its number in a program, from 1; 0 ends a program. */
  opcode: number;
}

const LETTERS: Readonly<Record<string, string>> = { usize: "p", i32: "i", f32: "f" };

/**
 * Reads the signatures of all kernels and numbers them from 1 in the order of their names.
 *
 * @param files path → AssemblyScript text of the files in asm/kernel/ and asm/gen/ (without dispatch.ts)
 * @throws {TypeError} for an exported thing that is not a kernel, for a parameter of another type, for a name used twice
 */
export function parseKernels(files: ReadonlyMap<string, string>): Kernel[] {
  const kernels = new Map<string, Kernel>();
  for (const [path, source] of files) {
    for (const kernel of parseFile(path, source)) {
      const other = kernels.get(kernel.name);
      if (other) {
        throw new TypeError(
          `Cannot number kernels: names must be unique, got ${kernel.name} in ${other.path} and ${path}`,
        );
      }
      kernels.set(kernel.name, kernel);
    }
  }
  const sorted = [...kernels.values()].sort((a, b) => a.name < b.name ? -1 : 1);
  sorted.forEach((kernel, index) => kernel.opcode = index + 1);
  return sorted;
}

function parseFile(path: string, source: string): Kernel[] {
  const text = blankComments(source);
  const kernels: Kernel[] = [];
  for (const match of text.matchAll(/\bexport\b/g)) {
    const rest = text.slice(match.index);
    const line = text.slice(0, match.index).split("\n").length;
    const head = /^export\s+function\s+([A-Za-z_]\w*)\s*\(([^()]*)\)\s*:\s*void\s*\{/.exec(rest);
    if (!head) {
      const found = rest.split("\n")[0].trim();
      throw new TypeError(
        `Cannot read kernels of ${path}:${line}: every export must be \`export function name(...): void\`, got \`${found}\``,
      );
    }
    const [, name, parameters] = head;
    const signature = parameters.split(",").map((part) => part.trim()).filter((part) => part !== "").map((part) => {
      const type = /^[A-Za-z_]\w*\s*:\s*(\w+)$/.exec(part)?.[1] ?? "";
      if (!Object.hasOwn(LETTERS, type)) {
        throw new TypeError(
          `Cannot read kernel ${name} at ${path}:${line}: parameters must be usize, i32 or f32, got \`${part}\``,
        );
      }
      return LETTERS[type];
    }).join("");
    kernels.push({ name, signature, path, opcode: 0 });
  }
  return kernels;
}

/** Replaces comments with spaces, so that positions and line numbers stay. */
function blankComments(source: string): string {
  return source.replace(/\/\*[\s\S]*?\*\/|\/\/[^\n]*/g, (comment) => comment.replace(/[^\n]/g, " "));
}
