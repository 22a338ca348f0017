import { simpleRnnCell } from "./simple_rnn_cell.ts";
import type { OpOfParts } from "./op.ts";
import { recurrentOp } from "./recurrent_op.ts";

/**
 * A plain recurrent network over sequences: see `recurrentOp` and `simpleRnnCell`.
 *
 * Source: Elman, Finding structure in time, 1990.
 */
export const simpleRnn: OpOfParts = recurrentOp(simpleRnnCell);
