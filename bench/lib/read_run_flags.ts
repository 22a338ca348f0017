import { parseArgs } from "@std/cli/parse-args";

/** The flags of `deno task bench` and `deno task bench:peers`. */
export interface RunFlags {
  /** The names to run. */
  only: string[];
  rounds: number;
  /** Whether to write bench/results.json and BENCHMARKS.md. */
  write: boolean;
}

/** Reads `--only=a,b --rounds=N --write`. @throws {RangeError} for an unknown flag or name */
export function readRunFlags(args: readonly string[], names: readonly string[]): RunFlags {
  const flags = parseArgs([...args], {
    string: ["only", "rounds"],
    boolean: ["write"],
    unknown: (flag: string) => {
      throw new RangeError(`Cannot run benchmarks: the flags are --only=a,b --rounds=N --write, got ${flag}`);
    },
  });
  const only = flags.only === undefined ? [...names] : flags.only.split(",");
  for (const name of only) {
    if (!names.includes(name)) {
      throw new RangeError(`Cannot run benchmarks: --only takes ${names.join(", ")}, got "${name}"`);
    }
  }
  const rounds = Number(flags.rounds ?? 5);
  if (!Number.isInteger(rounds) || rounds < 1) {
    throw new RangeError(`Cannot run benchmarks: --rounds must be an integer >= 1, got ${flags.rounds}`);
  }
  return { only, rounds, write: flags.write };
}
