/** Reads CSV in tests. @module */
export { parse, stringify } from "npm:deno-std@1.4.0/csv/mod.js";
