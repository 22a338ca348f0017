import type { Symbolic } from "../tensor/symbolic.ts";

/** The ops that the edge runtimes compute as recurrent layers. */
const RECURRENT: ReadonlySet<string> = new Set(["lstm"]);

/** Whether a node of a folded graph is a recurrent layer as the edge runtimes have them: with a recurrent kernel of weights. */
export function isRecurrence({ op, inputs }: Symbolic): boolean {
  return RECURRENT.has(op) && inputs[1].op === "variable";
}
