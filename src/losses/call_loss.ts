import type { Composing } from "../compose/composing.ts";
import { isSymbolic } from "../compose/is_symbolic.ts";
import { describeValue } from "../errors/describe_value.ts";
import { formatShape } from "../tensor/format_shape.ts";
import type { Symbolic } from "../tensor/symbolic.ts";

/** What gives a value for each row: a loss, or a metric. */
interface Called {
  call(t: Composing, yTrue: Symbolic, yPred: Symbolic): unknown;
}

/**
 * The values of a loss or a metric in a graph.
 *
 * @param what for messages: `compute loss "quantile" of output "price"`
 * @throws {TypeError} If it gives anything but a tensor of that graph with the batch axis first; what `call` throws, with `what` before it
 */
export function callLoss(what: string, called: Called, t: Composing, yTrue: Symbolic, yPred: Symbolic): Symbolic {
  const values = compose(what, called, t, yTrue, yPred);
  if (isSymbolic(values) && values.graph === t && values.shape[0] === yPred.shape[0]) return values;
  const found = !isSymbolic(values)
    ? describeValue(values)
    : values.graph !== t
    ? "one of another graph"
    : `shape ${showShape(values, yPred)} for predictions ${showShape(yPred, yPred)}`;
  const hint = isSymbolic(values) && values.shape.length === 0 ? "; reduce over { axis: -1 }, not over all axes" : "";
  throw new TypeError(
    `Cannot ${what}: call must return a value for each row, a tensor of its graph with the batch axis first, got ${found}${hint}`,
  );
}

function compose(what: string, called: Called, t: Composing, yTrue: Symbolic, yPred: Symbolic): unknown {
  try {
    return called.call(t, yTrue, yPred);
  } catch (cause) {
    if (!(cause instanceof Error)) throw cause;
    const Kind = cause instanceof TypeError ? TypeError : cause instanceof RangeError ? RangeError : Error;
    throw new Kind(`Cannot ${what}: ${cause.message}`, { cause });
  }
}

/** A shape, with the batch of the predictions by its name. */
function showShape({ shape }: Symbolic, yPred: Symbolic): string {
  return formatShape(shape.map((length, axis) => axis === 0 && length === yPred.shape[0] ? null : length));
}
