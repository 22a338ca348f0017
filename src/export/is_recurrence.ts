import { gruCell } from "../ops/gru_cell.ts";
import { gruResetBeforeCell } from "../ops/gru_reset_before_cell.ts";
import { lstmCell } from "../ops/lstm_cell.ts";
import type { RecurrentCell } from "../ops/recurrent_cell.ts";
import { simpleRnnCell } from "../ops/simple_rnn_cell.ts";
import type { Symbolic } from "../tensor/symbolic.ts";

/** The ops that the edge runtimes compute as recurrent layers, by their names, which are those of operations. */
export const recurrentCells: Readonly<Record<string, RecurrentCell>> = {
  lstm: lstmCell,
  gru: gruCell,
  gru_reset_before: gruResetBeforeCell,
  simple_rnn: simpleRnnCell,
};

/** Whether a node of a folded graph is a recurrent layer as the edge runtimes have them: with a recurrent kernel of weights. */
export function isRecurrence({ op, inputs }: Symbolic): boolean {
  return Object.hasOwn(recurrentCells, op) && inputs[1].op === "variable";
}
