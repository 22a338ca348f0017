import { termsOf } from "./kernel_expression.ts";
import type { EdgeOperation, KernelParameter } from "./kernel_row.ts";
import type { Kernel } from "./parse_kernels.ts";

/** The parameters of an operation that says none: a formula of one array. */
const USUAL = "P2p2n";
/** Numbers that operations fix, by their letters. */
const FIXED: ReadonlyMap<number, string> = new Map([[-Infinity, "<"], [0, "z"]]);

/**
 * The operations of compiled models as text, in the order of the opcodes from 1, parted by commas; `src/edge/operations.ts` reads it.
 *
 * An operation is its name and its parameters: `P` an array that is written, `p` one that is read, `q` an optional one, `W` a packed matrix,
 * each followed by its extent; `c` a count of at least 1, `n` one of at least 0, `f` a number, `<` −Infinity and `z` 0. An extent is products
 * of arguments, one digit each, with `.` between those that are added; the room that the rest of a last vector needs is the loader's matter.
 * `^` before a name says that it is the same kernel's as the one before; a kernel that only the loader calls has `-` instead
 * of parameters, and a name alone stands for `P2p2n`.
 *
 * @throws {TypeError} for a row that cannot be written so
 */
export function emitEdgeOperations(kernels: readonly Kernel[]): string {
  return kernels.map((kernel) => {
    if (kernel.isForLoader) return `${kernel.name} -`;
    const operations = kernel.operations.length > 0
      ? kernel.operations
      : [{ name: kernel.name.replace(/_forward$/, ""), fixed: {} }];
    return operations.map((operation) => {
      const text = kernel.parameters.map((p) => letterOf(kernel, p, operation)).join("");
      return text === USUAL ? operation.name : `${operation.name} ${text}`;
    }).join(",^");
  }).join(",");
}

function letterOf({ name, parameters }: Kernel, parameter: KernelParameter, { fixed }: EdgeOperation): string {
  const fail = (rule: string): never => {
    throw new TypeError(`Cannot build kernel ${name} for the edge: ${parameter.name} ${rule}`);
  };
  const indexOf = (other: string): string => {
    const index = parameters.findIndex((p) => p.name === other);
    return index < 10 ? `${index}` : fail("must depend on the first ten arguments alone");
  };
  if (Object.hasOwn(fixed, parameter.name)) {
    return FIXED.get(fixed[parameter.name]) ?? fail(`may be fixed to ${[...FIXED.keys()].join(" or ")}`);
  }
  if (parameter.kind === "array") {
    if (parameter.access === "work") return fail("must not be working memory, which the edge runtime has not");
    if (parameter.packedFrom !== null) return `W${parameter.packedFrom.map(indexOf).join("")}`;
    const terms = termsOf(parameter.extent) ?? fail("must have an extent that is a sum of products");
    const letter = parameter.isOptional ? "q" : parameter.access === "read" ? "p" : "P";
    if (parameter.isOptional && parameter.access !== "read") fail("is written and must not be optional");
    return letter + terms.map((names) => names.map(indexOf).join("")).join(".");
  }
  if (parameter.kind !== "count") return "f";
  const { least, most, multipleOf, divides } = parameter;
  if (most !== null || multipleOf !== 1 || divides !== null || least.kind !== "number" || least.value > 1) {
    fail("must have no other limit than >= 0 or >= 1");
  }
  return least.kind === "number" && least.value === 0 ? "n" : "c";
}
