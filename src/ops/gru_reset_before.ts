import { gruResetBeforeCell } from "./gru_reset_before_cell.ts";
import type { OpOfParts } from "./op.ts";
import { recurrentOp } from "./recurrent_op.ts";

/**
 * A gated recurrent unit over sequences that resets before the product: see `recurrentOp` and `gruResetBeforeCell`.
 *
 * Source: Cho et al., Learning phrase representations using RNN encoder–decoder, 2014.
 */
export const gruResetBefore: OpOfParts = recurrentOp(gruResetBeforeCell);
