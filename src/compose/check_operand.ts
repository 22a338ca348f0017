import { describeValue } from "../errors/describe_value.ts";
import { checkTensor } from "./check_tensor.ts";
import type { Operand } from "./operand.ts";

/**
 * Checks that an op was given a tensor or a finite number, and returns it.
 *
 * @throws {TypeError} for anything else, {RangeError} for NaN and infinite numbers
 */
export function checkOperand(op: string, name: string, value: unknown): Operand {
  if (typeof value !== "number") return checkTensor(op, name, value);
  if (Number.isFinite(Math.fround(value))) return value;
  throw new RangeError(
    `Cannot apply ${op}: ${name} must be a number that float32 can hold, or a tensor, got ${describeValue(value)}`,
  );
}
