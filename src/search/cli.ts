/**
 * The command line of the search, `retroprop/cli`:
 *
 * ```sh
 * deno task grid -- --data iris.csv --target species --hidden 4,8,16,32 --lr 0.001..0.03:log:4 --journal run.db --report report.html
 * deno task grid -- --status --journal run.db
 * ```
 *
 * @module
 */
import { runCli } from "./cli/run_cli.ts";

export { runCli } from "./cli/run_cli.ts";
export { type CommandOptions, runGridCommand } from "./cli/run_grid_command.ts";

if (import.meta.main) void runCli(); // not awaited: what awaits at its top cannot be required
