import { gruResetBeforeCell } from "./gru_reset_before_cell.ts";
import type { OpOfParts } from "./op.ts";
import { recurrentBackwardOp } from "./recurrent_backward_op.ts";

/** The backward pass of `gru_reset_before`: see `recurrentBackwardOp`. */
export const gruResetBeforeBackward: OpOfParts = recurrentBackwardOp(gruResetBeforeCell);
