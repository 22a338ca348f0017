import { choice } from "../space/choice.ts";
import type { PlainDimension } from "../space/dimension.ts";
import { integer } from "../space/integer.ts";
import { logUniform } from "../space/log_uniform.ts";
import { uniform } from "../space/uniform.ts";

/** A range has at most so many steps. */
const MOST_STEPS = 10_000;

/**
 * Reads what a flag says of a parameter: `4,8,16` are values; `0.001..0.03` a range, `0.001..0.03:log` one on a log scale,
 * `0.001..0.03:log:4` four numbers of it. A range of integers with `isInteger` gives integers.
 *
 * @param limits The least and the largest number that makes sense.
 * @throws {Error} If it is something else.
 */
export function parseDimension(
  flag: string,
  text: string,
  { isInteger = false, min = -Infinity, max = Infinity } = {},
): PlainDimension {
  const rule = `--${flag} must be numbers such as 4,8,16 or a range such as 0.001..0.03:log:4, got "${text}"`;
  const read = (part: string): number => {
    const value = Number(part);
    if (part.trim() === "" || !Number.isFinite(value) || isInteger && !Number.isInteger(value)) throw new Error(rule);
    if (value < min || value > max) throw new Error(`--${flag} must be from ${min} to ${max}, got ${part}`);
    return value;
  };
  const range = /^(.+)\.\.(.+?)(:log|:lin)?(?::(\d+))?$/.exec(text);
  if (range === null) return choice(text.split(",").map(read));
  const [low, high] = [read(range[1]), read(range[2])];
  const isLog = range[3] === ":log";
  const steps = range[4] === undefined ? undefined : Number(range[4]);
  if (steps !== undefined && (steps < 2 || steps > MOST_STEPS)) {
    throw new Error(`--${flag} must have from 2 to ${MOST_STEPS} steps, got ${steps}`);
  }
  if (low >= high) throw new Error(`--${flag} must be a range from a smaller to a larger number, got "${text}"`);
  if (!isInteger) return (isLog ? logUniform : uniform)(low, high, steps === undefined ? {} : { steps });
  if (steps === undefined) return integer(low, high, { log: isLog });
  const at = (k: number): number =>
    isLog ? low * (high / low) ** (k / (steps - 1)) : low + (high - low) * k / (steps - 1);
  return choice([...new Set(Array.from({ length: steps }, (_, k) => Math.round(at(k))))]);
}
