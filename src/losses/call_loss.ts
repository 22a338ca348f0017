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
 * @param what for messages: `compute loss "quantile"`
 * @throws {TypeError} If it gives anything but a tensor of that graph with the batch axis first
 */
export function callLoss(what: string, called: Called, t: Composing, yTrue: Symbolic, yPred: Symbolic): Symbolic {
  const values = called.call(t, yTrue, yPred);
  if (isSymbolic(values) && values.graph === t && values.shape[0] === yPred.shape[0]) return values;
  const found = !isSymbolic(values)
    ? describeValue(values)
    : values.graph !== t
    ? "one of another graph"
    : `shape ${formatShape(values.shape)} for predictions ${formatShape(yPred.shape)}`;
  const hint = isSymbolic(values) && values.shape.length === 0 ? "; reduce over { axis: -1 }, not over all axes" : "";
  throw new TypeError(
    `Cannot ${what}: call must return a value for each row, a tensor of its graph with the batch axis first, got ${found}${hint}`,
  );
}
