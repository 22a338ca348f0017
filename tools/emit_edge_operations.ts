import { type KernelExpression, type Term, termsOf } from "./kernel_expression.ts";
import type { EdgeOperation, KernelArray, KernelParameter } from "./kernel_row.ts";
import type { Kernel } from "./parse_kernels.ts";

/** The parameters of an operation that says none: a formula of one array. */
const USUAL = "P2R2N";
/** Numbers that operations fix, by their letters. */
const FIXED: ReadonlyMap<number, string> = new Map([[-Infinity, "<"], [0, "Z"]]);
/** The most arguments of a kernel: one digit in base 36 names one. */
const MOST_ARGUMENTS = 36;

/**
 * The operations of compiled models as text, in the order of the opcodes, parted by commas; `src/edge/operations.ts` reads it.
 *
 * An operation is its name and its parameters. Arrays, each followed by its extent: `P` is written, `R` read, `Q` read and optional, `W` a
 * matrix that the loader packs, with its rows and columns, `S` working memory, `T` the same where it is optional, all or none. Walks: `V` is
 * written and `U` read beside it, `X` is read and added to `Y`; `V` and `X` meet no element twice. Numbers: `C` a count of at least 1, `N`
 * one of at least 0, `F` a number, `I` a whole number, `<` −Infinity
 * and `Z` 0. An extent is products of arguments, one digit in base 36 each, with `.` between those that are added; `'` before an
 * argument rounds it up to a multiple of 8. A walk is its offset, then size and stride of every axis. The room that the rest of a last
 * vector needs is the loader's matter. `!` begins what must hold between counts: two sums with `~` between them, of which the first must not
 * be larger, and with another `~` behind them must divide the second.
 *
 * `^` before a name says that it is the same kernel's as the one before; a kernel that only the loader calls has `-` instead
 * of parameters, and a name alone stands for `P2R2N`.
 *
 * @throws {TypeError} for a row that cannot be written so
 */
export function emitEdgeOperations(kernels: readonly Kernel[]): string {
  return kernels.map((kernel) => {
    if (kernel.isForLoader) return `${kernel.name} -`;
    return operationsOf(kernel).map((operation) => {
      const text = new Row(kernel, operation).emit();
      return text === USUAL ? operation.name : `${operation.name} ${text}`;
    }).join(",^");
  }).join(",");
}

/** The operations that a kernel does: a formula's is its own name. */
export function operationsOf({ name, operations }: Kernel): readonly Pick<EdgeOperation, "name" | "fixed">[] {
  return operations.length > 0 ? operations : [{ name: name.replace(/_forward$/, ""), fixed: {} }];
}

/** The text of one operation. */
class Row {
  readonly #kernel: Kernel;
  readonly #fixed: EdgeOperation["fixed"];
  readonly #checks: string[] = [];

  constructor(kernel: Kernel, { fixed }: Pick<EdgeOperation, "fixed">) {
    this.#kernel = kernel;
    this.#fixed = fixed;
  }

  emit(): string {
    const { parameters, checks } = this.#kernel;
    if (parameters.length > MOST_ARGUMENTS) this.#fail("kernel", `must have at most ${MOST_ARGUMENTS} arguments`);
    const text = parameters.map((p, i) => this.#letterOf(p, i)).join("");
    for (const { left, right } of checks) this.#addCheck("@check", left, right);
    return text + this.#checks.join("");
  }

  #fail(what: string, rule: string): never {
    throw new TypeError(`Cannot build kernel ${this.#kernel.name} for the edge: ${what} ${rule}`);
  }

  #digitOf(name: string): string {
    return this.#kernel.parameters.findIndex((p) => p.name === name).toString(36);
  }

  #letterOf(parameter: KernelParameter, index: number): string {
    const { name, kind } = parameter;
    if (Object.hasOwn(this.#fixed, name)) {
      return FIXED.get(this.#fixed[name]) ?? this.#fail(name, `may be fixed to ${[...FIXED.keys()].join(" or ")}`);
    }
    if (kind === "array") return this.#arrayOf(parameter);
    if (kind !== "count") return this.#kernel.signature[index] === "f" ? "F" : "I";
    const { least, most, multipleOf, divides } = parameter;
    if (multipleOf !== 1) this.#fail(name, "must not be a multiple of a number");
    if (divides !== null) this.#checks.push(`!${this.#digitOf(name)}~${this.#digitOf(divides)}~`);
    const self: KernelExpression = { kind: "name", name };
    const isSmall = least.kind === "number" && least.value <= 1;
    if (!isSmall) this.#addCheck(name, least, self);
    if (most !== null) this.#addCheck(name, self, most);
    return isSmall && least.value === 1 ? "C" : "N";
  }

  #arrayOf(given: KernelArray): string {
    const { name, access, extent, isOptional, packedFrom } = given;
    const isRead = access === "read";
    if (packedFrom !== null) return `W${packedFrom.map((other) => this.#digitOf(other)).join("")}`;
    const adds = this.#kernel.parameters.some((p) => p.kind === "array" && p.access === "updated");
    if (extent.kind === "call" && extent.name === "walk") {
      if (isOptional) this.#fail(name, "is a walk and must not be optional");
      const digits = extent.operands.map((e) =>
        e.kind === "name" ? this.#digitOf(e.name) : this.#fail(name, "must walk by arguments")
      );
      // One of the two walks is whole: what is written, or what is added.
      return (adds ? isRead ? "X" : "Y" : isRead ? "U" : "V") + digits.join("");
    }
    if (access === "updated") this.#fail(name, "must be written, read or work, or a walk");
    const { goesWith } = given;
    if (goesWith !== null && !(access === "work" && this.#isOptionalWork(goesWith))) {
      this.#fail(name, "may go with other working memory alone");
    }
    if (access === "work") return (isOptional ? "T" : "S") + this.#sumOf(name, this.#boundOf(name, extent));
    if (isOptional && !isRead) this.#fail(name, "is written and must not be optional");
    return (isOptional ? "Q" : isRead ? "R" : "P") + this.#sumOf(name, termsOf(extent));
  }

  #isOptionalWork(name: string): boolean {
    return this.#kernel.parameters.some((p) =>
      p.name === name && p.kind === "array" && p.access === "work" && p.isOptional
    );
  }

  /** The most that working memory may take: it does not grow with the samples, so rounding up is allowed. */
  #boundOf(name: string, extent: KernelExpression): readonly Term[] | null {
    return termsOf(extent, (call, operands) => {
      const [first, second] = operands;
      if (call === "strips") {
        return termsOf({ kind: "call", name: "+", operands: [first, { kind: "number", value: 3 }] });
      }
      if (call !== "up" || first.kind !== "name" || second.kind !== "number") return null;
      if (second.value !== 8) this.#fail(name, "may round up to multiples of 8 alone");
      return [{ names: [`'${first.name}`], times: 1 }];
    });
  }

  #sumOf(what: string, terms: readonly Term[] | null): string {
    const isGood = terms !== null && terms.length > 0 && terms.every(({ times }) => times > 0);
    if (!isGood) return this.#fail(what, "must be a sum of products of counts");
    return terms.flatMap(({ names, times }) => {
      const digits = names.map((name) =>
        name.startsWith("'") ? `'${this.#digitOf(name.slice(1))}` : this.#digitOf(name)
      );
      return new Array<string>(times).fill(digits.join(""));
    }).join(".");
  }

  /** Notes that left ≤ right: what is taken away on one side is added on the other. */
  #addCheck(what: string, left: KernelExpression, right: KernelExpression): void {
    const difference = termsOf({ kind: "call", name: "-", operands: [left, right] }) ??
      this.#fail(what, "must compare sums of products of counts");
    const sides = [1, -1].map((sign) =>
      difference.map(({ names, times }) => ({ names, times: sign * times })).filter(({ times }) => times > 0)
    );
    if (sides[0].length > 0) this.#checks.push(`!${sides.map((terms) => this.#sumOf(what, terms)).join("~")}`);
  }
}
