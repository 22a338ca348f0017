import { formatShape } from "../tensor/format_shape.ts";
import type { Shape } from "../tensor/shape.ts";

/** Checks the bias of a convolution. @throws {TypeError} If there is one, and it has not one element a channel of the result */
export function checkBias(op: string, bias: Shape | undefined, channels: number): void {
  if (bias === undefined || (bias.length === 1 && bias[0] === channels)) return;
  throw new TypeError(`Cannot apply ${op}: the bias must have shape [${channels}], got ${formatShape(bias)}`);
}
