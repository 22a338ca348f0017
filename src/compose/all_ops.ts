import { guardNamespace } from "../errors/guard_namespace.ts";
import * as module from "./ops.ts";

/** The ops, by name. */
export type Ops = typeof module;

/** The ops as `t.ops` has them: an object that says what to write instead of a name that it does not have. */
export const ops: Ops = guardNamespace("ops", module);
