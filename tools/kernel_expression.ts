/** A number that depends on a kernel's arguments, as the rows of kernels write it: `rows * width`, `k * up(n, 8)`. */
export type KernelExpression =
  | { readonly kind: "number"; readonly value: number }
  | { readonly kind: "name"; readonly name: string }
  | { readonly kind: "call"; readonly name: string; readonly operands: readonly KernelExpression[] };

/** Elements that an array has or that are left out between them: from `offset` on, along axes of so many steps of such a stride. */
export interface Reach {
  readonly offset: number;
  readonly axes: readonly (readonly [size: number, stride: number])[];
}

/** The functions of expressions. `a + b`, `a - b` and `a * b` are calls of `+`, `-`, `*`. */
const functions: Readonly<Record<string, { readonly arity: number; readonly compute: (...v: number[]) => number }>> = {
  "+": { arity: 2, compute: (a, b) => a + b },
  "-": { arity: 2, compute: (a, b) => a - b },
  "*": { arity: 2, compute: (a, b) => a * b },
  // a, rounded up to a multiple of b
  up: { arity: 2, compute: (a, b) => Math.ceil(a / b) * b },
  // a / b, rounded up
  ceil: { arity: 2, compute: (a, b) => Math.ceil(a / b) },
  min: { arity: 2, compute: Math.min },
  // the rows that the strips of a packed matrix of m rows have: m, rounded up to 4 where strips of 5 and 4 cannot make it (asm/kernel/pack.ts)
  strips: { arity: 1, compute: (m) => m < 4 * ((5 - m % 5) % 5) ? Math.ceil(m / 4) * 4 : m },
};

/** What describes more than one piece, with the least number of operands; stands alone. */
const shapes: Readonly<Record<string, number>> = { rows: 3, walk: 3 };

/**
 * Parses an expression: whole numbers, names, `+`, `-`, `*`, parentheses, `up(a, b)` (a rounded up to a multiple of b), `ceil(a, b)` (a / b
 * rounded up), `min(a, b)` and `strips(m)` (the rows of a packed matrix of m rows); and alone `rows(m, n, by)`, m rows of n elements that begin `by` elements apart, and
 * `walk(at, n0, s0, n1, s1, …)`, the elements at + Σ i[k] · s[k] for i[k] from 0 to n[k] − 1.
 *
 * @throws {SyntaxError} for everything else
 */
export function parseExpression(text: string): KernelExpression {
  const tokens = text.match(/\d+|[A-Za-z_]\w*|[-+*(),]|\S/g) ?? [];
  let at = 0;
  const fail = (): never => {
    throw new SyntaxError(`Cannot read \`${text}\`: it must be made of numbers, names, + - * and ${known()}`);
  };
  const take = (token: string): void => {
    if (tokens[at++] !== token) fail();
  };
  const atom = (): KernelExpression => {
    const token = tokens[at++] ?? fail();
    if (/^\d+$/.test(token)) return { kind: "number", value: Number(token) };
    if (token === "(") {
      const inner = sum();
      take(")");
      return inner;
    }
    if (!/^\w+$/.test(token)) return fail();
    if (tokens[at] !== "(") return { kind: "name", name: token };
    at++;
    const operands = [sum()];
    while (tokens[at] === ",") at++, operands.push(sum());
    take(")");
    const arity = Object.hasOwn(functions, token) ? functions[token].arity : shapes[token];
    const fits = arity !== undefined && operands.length >= arity && (token === "walk" || operands.length === arity);
    return fits ? { kind: "call", name: token, operands } : fail();
  };
  const chain = (next: () => KernelExpression, operators: string): KernelExpression => {
    let left = next();
    while (at < tokens.length && operators.includes(tokens[at])) {
      left = { kind: "call", name: tokens[at++], operands: [left, next()] };
    }
    return left;
  };
  const sum = (): KernelExpression => chain(() => chain(atom, "*"), "+-");
  const found = sum();
  return at === tokens.length ? found : fail();
}

function known(): string {
  return [...Object.keys(functions).filter((name) => /\w/.test(name)), ...Object.keys(shapes)].join(", ");
}

/** The names that an expression mentions. */
export function namesOf(e: KernelExpression): readonly string[] {
  if (e.kind === "number") return [];
  return e.kind === "name" ? [e.name] : e.operands.flatMap(namesOf);
}

/** The value of an expression that is a number, given those of its names. */
export function evaluateExpression(e: KernelExpression, values: Readonly<Record<string, number>>): number {
  if (e.kind === "number") return e.value;
  if (e.kind === "name") return values[e.name];
  return functions[e.name].compute(...e.operands.map((operand) => evaluateExpression(operand, values)));
}

/** What an array's extent covers. */
export function reachOf(e: KernelExpression, values: Readonly<Record<string, number>>): Reach {
  const numbers = (of: readonly KernelExpression[]): number[] =>
    of.map((operand) => evaluateExpression(operand, values));
  if (e.kind === "call" && e.name === "rows") {
    const [rows, width, by] = numbers(e.operands);
    return { offset: 0, axes: [[rows, by], [width, 1]] };
  }
  if (e.kind === "call" && e.name === "walk") {
    const [offset, ...steps] = numbers(e.operands);
    return { offset, axes: steps.flatMap((size, i) => i % 2 === 0 ? [[size, steps[i + 1]] as const] : []) };
  }
  return { offset: 0, axes: [[evaluateExpression(e, values), 1]] };
}

/** A product of names and how often it is added; less than 0 where it is taken away. */
export interface Term {
  readonly names: readonly string[];
  readonly times: number;
}

/**
 * An expression as a sum of products of names.
 *
 * @param bound takes the place of calls that are more than that: an expression for the name and the operands; null where there is none
 * @returns null for one that is more than that
 */
export function termsOf(
  e: KernelExpression,
  bound: (name: string, operands: readonly KernelExpression[]) => readonly Term[] | null = () => null,
): readonly Term[] | null {
  if (e.kind === "name") return [{ names: [e.name], times: 1 }];
  if (e.kind === "number") return e.value === 0 ? [] : [{ names: [], times: e.value }];
  if (!"+-*".includes(e.name)) return bound(e.name, e.operands);
  const [a, b] = e.operands.map((operand) => termsOf(operand, bound));
  if (a === null || b === null) return null;
  const products = e.name === "*"
    ? a.flatMap((left) =>
      b.map((right) => ({ names: [...left.names, ...right.names].sort(), times: left.times * right.times }))
    )
    : [...a, ...e.name === "+" ? b : b.map(({ names, times }) => ({ names, times: -times }))];
  const sums = new Map<string, Term>();
  for (const { names, times } of products) {
    const key = names.join(" ");
    sums.set(key, { names, times: times + (sums.get(key)?.times ?? 0) });
  }
  return [...sums.values()].filter(({ times }) => times !== 0);
}
