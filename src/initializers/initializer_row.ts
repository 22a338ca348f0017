import type { Row } from "../tables/row.ts";
import type { Initializer } from "./initializer.ts";

/** One row of the table of initializers. */
export type InitializerRow = Row<object, Initializer>;
