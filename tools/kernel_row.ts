import { edgeEntries, type EdgeEntry } from "./edge_entries.ts";
import { type KernelExpression, namesOf, parseExpression } from "./kernel_expression.ts";

/** An argument of a kernel that is an address. Extents are in elements of 4 bytes. */
export interface KernelArray {
  readonly kind: "array";
  readonly name: string;
  /**
   * `written`: all of it, whatever was there; `updated`: read, then written; `read`; `work`: written first, then read, and of no use
   * afterwards. What is read beyond the extent does not matter; nothing is written beyond it.
   */
  readonly access: "written" | "updated" | "read" | "work";
  readonly extent: KernelExpression;
  /** Whether it is written to the end of the vector of 4 elements in which the extent ends. */
  readonly wholeVectors: boolean;
  /** Whether the address may be 0. */
  readonly isOptional: boolean;
  /** The array without which it is 0 too. */
  readonly goesWith: string | null;
  /** The arrays that are read and whose place it may take. */
  readonly mayBe: readonly string[];
  /** Of a matrix that a loader has packed: its rows and columns. */
  readonly packedFrom: readonly [rows: string, columns: string] | null;
}

/** An argument that says how much there is to do, or how far apart things lie: a whole number. */
export interface KernelCount {
  readonly kind: "count";
  readonly name: string;
  readonly least: KernelExpression;
  /** Null where there is no limit. */
  readonly most: KernelExpression | null;
  readonly multipleOf: number;
  /** The name of a count that it divides. */
  readonly divides: string | null;
}

/** An argument that is a number, or 0 or 1. */
export interface KernelScalar {
  readonly kind: "scalar" | "flag";
  readonly name: string;
}

/** One argument of a kernel. */
export type KernelParameter = KernelArray | KernelCount | KernelScalar;

/** An operation that compiled models may call: its name, and the arguments of the kernel that it fixes. */
export interface EdgeOperation {
  readonly name: string;
  readonly fixed: Readonly<Record<string, number>>;
  /** The first entry that has it. */
  readonly entry: EdgeEntry["name"];
}

/** What must hold between the counts of a kernel: left ≤ right. */
export interface KernelCheck {
  readonly left: KernelExpression;
  readonly right: KernelExpression;
}

/** What a kernel promises: the row of the table of kernels, which stands in the comment before the kernel. */
export interface KernelRow {
  readonly parameters: readonly KernelParameter[];
  /** The operations of compiled models that it does; [] for a kernel that the edge runtime has not. */
  readonly operations: readonly EdgeOperation[];
  /** Whether the edge runtime's loader calls it, and no model may. */
  readonly isForLoader: boolean;
  /** What its reach relies on besides the limits of single counts. */
  readonly checks: readonly KernelCheck[];
}

const EDGE = new RegExp(
  `^@edge(?: (${
    edgeEntries.slice(1).map(({ name }) => name).join("|")
  }))?(?: (\\w+)(?:: (?:(\\w+) = (\\S+)|(loader)))?)?$`,
  "g",
);
const ACCESS = /^(written|updated|read|work): (.*)$/;

/**
 * Reads a kernel's row from the comment before it: one line a parameter, in their order.
 *
 * - `@param y written: rows * width, may be x` — an address: `written`, `updated`, `read` or `work`, its extent in elements, and then
 *   `whole vectors`, `optional`, `optional with <other>`, `may be <other> or <other>`, `packed from <rows> by <columns>`
 * - `@param rows count >= 0` or `count 0 .. width`, and then `multiple of 4`, `divides <other>`
 * - `@param epsilon scalar`, `@param center flag`
 * - `@check (height - 1) * step + size <= rows`: what must hold between counts, where the extents rely on it
 * - `@edge`, or `@edge <operation>`, or `@edge <operation>: <parameter> = <number>`: compiled models may call it by that name
 *   (default: its own without `_forward`). `@edge blocks`, followed by the same: only with `retroprop/edge/blocks` and what comes after it in
 *   `edge_entries.ts`, `@edge sequences` with `retroprop/edge/sequences`.
 *   `@edge <name>: loader`: only the runtime itself does.
 *
 * @param at where it stands, for errors
 * @param constants the file's integer constants, which expressions may name
 * @throws {TypeError} if a parameter has no line or a line does not fit its parameter
 */
export function readKernelRow(
  { kernel, at }: { readonly kernel: string; readonly at: string },
  parameters: readonly { readonly name: string; readonly letter: string }[],
  comment: string,
  constants: Readonly<Record<string, number>>,
): KernelRow {
  const fail = (rule: string, found: string): never => {
    throw new TypeError(`Cannot read the row of kernel ${kernel} at ${at}: ${rule}, got ${found}`);
  };
  const lines = comment.split("\n").map((line) => line.replace(/^\s*(?:\/\*\*|\*)?\s?/, "").replace(/\s*\*\/$/, ""));
  const texts = lines.flatMap((line) => [...line.matchAll(/^@param (\w+) (.*)$/g)]).map(([, name, text]) => ({
    name,
    text,
  }));
  const named = texts.map(({ name }) => name).join(", ");
  if (named !== parameters.map(({ name }) => name).join(", ")) {
    const wanted = parameters.map(({ name }) => `@param ${name} …`).join(", ");
    fail(`the comment before it must have the lines ${wanted} (see tools/kernel_row.ts)`, named || "none");
  }
  const expression = (text: string): KernelExpression => {
    const found = substitute(parseExpression(text), constants);
    for (const name of namesOf(found)) {
      const letter = parameters.find((other) => other.name === name)?.letter;
      if (letter !== "i") fail("an expression must name counts or constants", `${name} in \`${text}\``);
    }
    return found;
  };
  const isArray = (name: string): boolean => parameters.some((other) => other.name === name && other.letter === "p");
  const read = ({ name, text }: { name: string; text: string }, letter: string): KernelParameter => {
    const [head, ...options] = splitOptions(text);
    const array = ACCESS.exec(head);
    if (letter === "p" && array !== null) {
      const optional = options.find((option) => /^optional( with \w+)?$/.test(option));
      const mayBe = options.find((option) => option.startsWith("may be "))?.slice(7).split(" or ") ?? [];
      const packed = options.map((option) => /^packed from (\w+) by (\w+)$/.exec(option)).find((m) => m !== null);
      const goesWith = optional?.slice("optional with ".length) || null;
      const isKnown = (option: string): boolean =>
        option === optional || option === "whole vectors" || option.startsWith("may be ") ||
        option === packed?.[0];
      const bad = options.find((option) => !isKnown(option)) ?? [...mayBe, goesWith ?? name].find((n) => !isArray(n));
      if (bad !== undefined) fail(`@param ${name} must have options that there are`, `\`${bad}\``);
      return {
        kind: "array",
        name,
        access: array[1] as KernelArray["access"],
        extent: expression(array[2]),
        wholeVectors: options.includes("whole vectors"),
        isOptional: optional !== undefined,
        goesWith,
        mayBe,
        packedFrom: packed ? [packed[1], packed[2]] : null,
      };
    }
    const count = /^count (?:>= (.*)|(.*) \.\. (.*))$/.exec(head);
    if (letter === "i" && count !== null) {
      const multiple = options.map((option) => /^multiple of (\d+)$/.exec(option)).find((m) => m !== null);
      const divides = options.map((option) => /^divides (\w+)$/.exec(option)).find((m) => m !== null);
      const bad = options.find((option) => option !== multiple?.[0] && option !== divides?.[0]);
      if (bad !== undefined) fail(`@param ${name} must have options that there are`, `\`${bad}\``);
      return {
        kind: "count",
        name,
        least: expression(count[1] ?? count[2]),
        most: count[3] === undefined ? null : expression(count[3]),
        multipleOf: Number(multiple?.[1] ?? 1),
        divides: divides?.[1] ?? null,
      };
    }
    if (letter !== "p" && head === "scalar" && options.length === 0) return { kind: "scalar", name };
    if (letter === "i" && text === "flag") return { kind: "flag", name };
    const rule = letter === "p" ? "be written, updated, read or work, and an extent" : "be a count, scalar or flag";
    return fail(`@param ${name} must ${rule}`, `\`${text}\``);
  };
  const edge = lines.flatMap((line) => [...line.matchAll(EDGE)]);
  const unread = lines.find((line) => line.startsWith("@") && !/^@(param|check) /.test(line) && !line.match(EDGE));
  if (unread !== undefined) fail("a line that begins with @ must be @param, @check or @edge", `\`${unread}\``);
  const checks = lines.filter((line) => line.startsWith("@check ")).map((line): KernelCheck => {
    const sides = line.slice("@check ".length).split("<=");
    if (sides.length !== 2) fail("@check must be two expressions with <= between them", `\`${line}\``);
    const [left, right] = sides.map(expression);
    return { left, right };
  });
  return {
    parameters: texts.map((text, i) => read(text, parameters[i].letter)),
    operations: edge.filter(([, , , , , loader]) => loader === undefined).map(([, entry, name, parameter, value]) => ({
      name: name ?? kernel.replace(/_forward$/, ""),
      fixed: parameter === undefined ? {} : { [parameter]: Number(value) },
      entry: (entry ?? "edge") as EdgeEntry["name"],
    })),
    isForLoader: edge.some(([, , , , , loader]) => loader !== undefined),
    checks,
  };
}

/** Cuts at commas that are in no parentheses. */
function splitOptions(text: string): string[] {
  const parts = [""];
  let depth = 0;
  for (const letter of text) {
    depth += letter === "(" ? 1 : letter === ")" ? -1 : 0;
    if (letter === "," && depth === 0) parts.push("");
    else parts[parts.length - 1] += letter;
  }
  return parts.map((part) => part.trim());
}

function substitute(e: KernelExpression, constants: Readonly<Record<string, number>>): KernelExpression {
  if (e.kind === "name" && Object.hasOwn(constants, e.name)) return { kind: "number", value: constants[e.name] };
  return e.kind === "call" ? { ...e, operands: e.operands.map((operand) => substitute(operand, constants)) } : e;
}
