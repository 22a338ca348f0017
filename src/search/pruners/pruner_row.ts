import type { Row } from "../../tables/row.ts";
import type { Pruner } from "./pruner.ts";

/** One row of the table of pruners. */
export type PrunerRow = Row<object, Pruner>;
