import { type KernelRow, readKernelRow } from "./kernel_row.ts";

/** One kernel: a function that a program can call. */
export interface Kernel extends KernelRow {
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
 * Reads the table of kernels: the signatures and rows of all kernels, numbered from 1 in the order of their names. The rows stand in the
 * comments before the kernels (`kernel_row.ts`).
 *
 * @param files path → AssemblyScript text of the files in asm/kernel/ and asm/gen/ (without dispatch.ts)
 * @throws {TypeError} for an exported thing that is not a kernel, for a parameter of another type, for a name used
 * twice, for a kernel without a row
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
  const constants = Object.fromEntries(
    [...text.matchAll(/\bconst (\w+): i32 = (\d+);/g)].map(([, name, value]) => [name, Number(value)]),
  );
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
    const list = parameters.split(",").map((part) => part.trim()).filter((part) => part !== "").map((part) => {
      const [, name, type = ""] = /^([A-Za-z_]\w*)\s*:\s*(\w+)$/.exec(part) ?? [];
      if (!Object.hasOwn(LETTERS, type)) {
        throw new TypeError(
          `Cannot read kernel ${name} at ${path}:${line}: parameters must be usize, i32 or f32, got \`${part}\``,
        );
      }
      return { name, letter: LETTERS[type] };
    });
    const row = readKernelRow(
      { kernel: name, at: `${path}:${line}` },
      list,
      commentBefore(source, match.index),
      constants,
    );
    kernels.push({ ...row, name, signature: list.map(({ letter }) => letter).join(""), path, opcode: 0 });
  }
  return kernels;
}

/** Replaces comments with spaces, so that positions and line numbers stay. */
function blankComments(source: string): string {
  return source.replace(/\/\*[\s\S]*?\*\/|\/\/[^\n]*/g, (comment) => comment.replace(/[^\n]/g, " "));
}

/** The comment that ends right before `index`, decorators and white space aside; empty if there is none. */
function commentBefore(source: string, index: number): string {
  const head = source.slice(0, index).replace(/(?:\s*(?:\/\/ @ts-ignore[^\n]*|@\w+))*\s*$/, "");
  return head.endsWith("*/") ? head.slice(head.lastIndexOf("/*")) : "";
}
