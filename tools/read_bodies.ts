import type { Kernel } from "./parse_kernels.ts";

/** The plain JavaScript meaning of a kernel. */
export interface Body {
  /** Its file in src/kernels/bodies/, without the ending: the name of the operation. */
  readonly file: string;
  /** The function that the file exports. */
  readonly name: string;
  /** The function's text without types and comments. */
  readonly text: string;
}

const FOLDER = new URL("../src/kernels/bodies/", import.meta.url);
/** The file that holds their type. */
const TYPE = "numbers";

/**
 * The bodies of hand-written kernels that compiled models may call, by the kernels' names: the function that `src/kernels/bodies/<operation>.ts`
 * exports. It takes the kernel's arguments in their order, an array and an index for every address; an index below 0 stands for the null
 * address.
 *
 * @throws {TypeError} for a kernel without a body, a body without a kernel, and one with other arguments than the kernel's
 */
export async function readBodies(kernels: readonly Kernel[]): Promise<Map<string, Body>> {
  const files = new Set<string>();
  for await (const { name } of Deno.readDir(FOLDER)) files.add(name.replace(/\.ts$/, ""));
  files.delete(TYPE);
  const bodies = new Map<string, Body>();
  for (const { name, signature, operations: [operation] } of kernels) {
    if (operation === undefined) continue;
    const file = operation.name;
    if (!files.delete(file)) {
      throw new TypeError(
        `Cannot build kernel ${name} for the edge: its meaning in plain JavaScript must be in src/kernels/bodies/${file}.ts, got no such file`,
      );
    }
    const functions = Object.values(await import(new URL(`${file}.ts`, FOLDER).href)) as ((...args: never[]) => void)[];
    const [body] = functions;
    const wanted = [...signature].reduce((sum, letter) => sum + (letter === "p" ? 2 : 1), 0);
    if (functions.length !== 1 || typeof body !== "function" || body.length !== wanted) {
      throw new TypeError(
        `Cannot build kernel ${name} for the edge: src/kernels/bodies/${file}.ts must export one function of ${wanted} parameters, ` +
          `got ${functions.map((f) => `${f.name} of ${f.length}`).join(", ")}`,
      );
    }
    bodies.set(name, { file, name: body.name, text: body.toString() });
  }
  for (const file of files) {
    throw new TypeError(
      `Cannot build the edge runtime: a body must belong to a kernel, got src/kernels/bodies/${file}.ts`,
    );
  }
  return bodies;
}
