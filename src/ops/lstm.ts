import type { OpOfParts } from "./op.ts";
import { lstmCell } from "./lstm_cell.ts";
import { recurrentOp } from "./recurrent_op.ts";

/**
 * A long short-term memory over sequences: see `recurrentOp` and `lstmCell`.
 *
 * Source: Hochreiter and Schmidhuber, Long short-term memory, 1997; Gers et al., Learning to forget, 2000.
 */
export const lstm: OpOfParts = recurrentOp(lstmCell);
