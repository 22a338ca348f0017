import { begin, byParameter, count, type Op, write } from "./op.ts";

/** Numbers in a row: y[i] = i. Attribute `length`; y [length]. */
export const range: Op = {
  takes: { inputs: 0, needs: ["length"] },
  shape: (_, { length }) => [length as number],
  differentiate: () => [],
  evaluate: (_, { shape: [length] }) => Float64Array.from({ length }, (_, i) => i),

  lower({ node, output, call }) {
    call("range_forward", [write(output, 1), begin(), count()], byParameter(node.shape[0]));
  },
};
