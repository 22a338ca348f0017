/** Reads the flags of tools and benchmarks. @module */
export { parseArgs } from "npm:deno-std@1.4.0/cli/parse_args.js";
