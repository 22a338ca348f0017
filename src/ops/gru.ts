import { gruCell } from "./gru_cell.ts";
import type { OpOfParts } from "./op.ts";
import { recurrentOp } from "./recurrent_op.ts";

/**
 * A gated recurrent unit over sequences that resets behind the product: see `recurrentOp` and `gruCell`.
 *
 * Source: Cho et al., Learning phrase representations using RNN encoder–decoder, 2014; in this form as in CuDNN.
 */
export const gru: OpOfParts = recurrentOp(gruCell);
