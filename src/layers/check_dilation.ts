import { describeValue } from "../errors/describe_value.ts";

/** Checks that windows either skip positions or have gaps. @throws {RangeError} If they do both, which Keras has not either */
export function checkDilation(what: string, strides: readonly number[], dilationRate: readonly number[]): void {
  if (strides.every((stride) => stride === 1) || dilationRate.every((rate) => rate === 1)) return;
  throw new RangeError(
    `Cannot ${what}: strides above 1 do not go with a dilationRate above 1, got strides ${
      describeValue(strides)
    } and dilationRate ${describeValue(dilationRate)}`,
  );
}
