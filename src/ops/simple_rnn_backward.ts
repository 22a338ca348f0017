import { simpleRnnCell } from "./simple_rnn_cell.ts";
import type { OpOfParts } from "./op.ts";
import { recurrentBackwardOp } from "./recurrent_backward_op.ts";

/** The backward pass of `simple_rnn`: see `recurrentBackwardOp`. */
export const simpleRnnBackward: OpOfParts = recurrentBackwardOp(simpleRnnCell);
