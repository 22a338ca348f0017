import { opNamed } from "../ops/table.ts";
import type { ReferenceValue } from "../ops/op.ts";
import type { Symbolic } from "../tensor/symbolic.ts";

/**
 * The float64 values of `outputs`: every op's reference, one after the other.
 *
 * @param leaves the value of an input, variable or cell
 */
export function evaluateGraph(
  outputs: readonly Symbolic[],
  leaves: (leaf: Symbolic) => Float64Array,
): Float64Array[] {
  const values = new Map<number, ReferenceValue>();
  const valueOf = (node: Symbolic): ReferenceValue => {
    let value = values.get(node.id);
    if (value === undefined) {
      const leaf = node.op === "input" || node.op === "variable" || node.op === "cell";
      const data = leaf ? leaves(node) : opNamed(node.op).evaluate(node.inputs.map(valueOf), node);
      value = { shape: node.shape, data };
      values.set(node.id, value);
    }
    return value;
  };
  return outputs.map((output) => valueOf(output).data);
}
