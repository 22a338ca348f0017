import { gruCell } from "./gru_cell.ts";
import type { OpOfParts } from "./op.ts";
import { recurrentBackwardOp } from "./recurrent_backward_op.ts";

/** The backward pass of `gru`: see `recurrentBackwardOp`. */
export const gruBackward: OpOfParts = recurrentBackwardOp(gruCell);
