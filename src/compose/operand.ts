import type { Symbolic } from "../tensor/symbolic.ts";

/** What an elementwise op takes: a tensor of the graph that is traced, or a number, which stands for a tensor of it. */
export type Operand = Symbolic | number;
