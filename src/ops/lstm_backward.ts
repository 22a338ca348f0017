import { lstmCell } from "./lstm_cell.ts";
import type { OpOfParts } from "./op.ts";
import { recurrentBackwardOp } from "./recurrent_backward_op.ts";

/** The backward pass of `lstm`: see `recurrentBackwardOp`. */
export const lstmBackward: OpOfParts = recurrentBackwardOp(lstmCell);
