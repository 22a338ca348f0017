import { evaluateExpression, type KernelExpression, namesOf } from "../../tools/kernel_expression.ts";
import type { KernelCount, KernelParameter } from "../../tools/kernel_row.ts";

/** The arguments of a kernel call, without the addresses. */
export interface DrawnArguments {
  /** Counts, scalars and flags by name. */
  readonly values: Readonly<Record<string, number>>;
  /** The optional arrays that are not there. */
  readonly absent: ReadonlySet<string>;
}

const SIZES = [0, 1, 1, 2, 3, 4, 5, 7, 8, 9, 12, 13, 16, 17, 31];
/** More than a block of rows, of columns, of a sum. */
const LONG = [67, 130, 257, 300, 4099];

/**
 * Draws arguments that a kernel's row allows: counts from none to many, with whole and broken vectors, and one long one now and then;
 * numbers that count nothing are small, whole ones may be negative.
 *
 * @param dice an integer from 0 to limit − 1
 * @param fixed arguments that are not drawn
 */
export function drawArguments(
  parameters: readonly KernelParameter[],
  dice: (limit: number) => number,
  fixed: Readonly<Record<string, number>> = {},
): DrawnArguments {
  const values: Record<string, number> = { ...fixed };
  const counts = parameters.filter((p) => p.kind === "count");
  const long = dice(3) === 0 ? counts[dice(counts.length)]?.name : undefined;
  const isKnown = (e: KernelExpression | null): boolean => e === null || namesOf(e).every((name) => name in values);
  const pending = counts.filter(({ name }) => !(name in values));
  while (pending.length > 0) {
    const at = pending.findIndex((p) => {
      return isKnown(p.least) && isKnown(p.most) && (p.divides === null || p.divides in values);
    });
    if (at < 0) throw new Error(`Counts depend on each other: ${pending.map(({ name }) => name)}`);
    const [count] = pending.splice(at, 1);
    values[count.name] = drawCount(count, values, count.name === long ? LONG : SIZES, dice);
  }
  for (const p of parameters) {
    if (p.name in values) continue;
    if (p.kind === "flag") values[p.name] = dice(2);
    // A whole number goes for a float as well; strides and offsets of walks are among them.
    if (p.kind === "scalar") values[p.name] = dice(3) === 0 ? 1 : dice(12) - 3;
  }
  const absent = new Set<string>();
  for (const p of parameters) {
    if (p.kind !== "array" || !p.isOptional) continue;
    if (p.goesWith === null ? dice(2) === 0 : absent.has(p.goesWith)) absent.add(p.name);
  }
  return { values, absent };
}

function drawCount(
  { least, most, multipleOf, divides }: KernelCount,
  values: Readonly<Record<string, number>>,
  sizes: readonly number[],
  dice: (limit: number) => number,
): number {
  const from = evaluateExpression(least, values);
  if (divides !== null) {
    const whole = values[divides];
    const divisors = Array.from({ length: whole }, (_, i) => i + 1).filter((d) => whole % d === 0);
    return divisors[dice(divisors.length)];
  }
  if (most !== null) {
    const to = evaluateExpression(most, values);
    return multipleOf * Math.ceil((from + (dice(2) === 0 ? to - from : dice(to - from + 1))) / multipleOf);
  }
  // A stride is as long as what it steps over, or a little longer.
  if (namesOf(least).length > 0) return from + [0, 0, 1, 3, 4][dice(5)];
  const fitting = sizes.filter((size) => size >= from);
  return multipleOf * fitting[dice(fitting.length)];
}
