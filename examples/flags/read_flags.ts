import { parseArgs } from "@std/cli/parse-args";

/** One flag: its default, which also gives its type, and what it is for. */
export interface Flag {
  /** The value without the flag; true or false make it a switch. */
  readonly default: number | string | boolean;
  /** One line of help. */
  readonly help: string;
  /** For numbers: the least value. */
  readonly min?: number;
  /** For numbers: the largest value. */
  readonly max?: number;
  /** For numbers: whether fractions are refused. */
  readonly isInteger?: boolean;
}

/** What a program's command line may hold. */
export interface CommandLine<Flags extends Readonly<Record<string, Flag>>> {
  /** What the program does, and how to call it. */
  readonly usage: string;
  /** The flags by name. */
  readonly flags: Flags;
  /** How many arguments besides flags. Default 0. */
  readonly files?: number;
}

/** The values of the flags by name, and the other arguments. */
export type FlagValues<Flags extends Readonly<Record<string, Flag>>> =
  & { readonly [Name in keyof Flags]: Value<Flags[Name]["default"]> }
  & { readonly files: readonly string[] };

type Value<Default> = Default extends number ? number : Default extends string ? string : boolean;

/**
 * Reads flags such as `--epochs 200`, `--epochs=200` and `--quiet`. `--help` and `-h` give null, and the help is for the caller
 * to print with `describeFlags`.
 *
 * @throws {Error} For a flag that does not exist, a value that is missing or out of range, or too many or too few other arguments.
 */
export function readFlags<Flags extends Readonly<Record<string, Flag>>>(
  args: readonly string[],
  { flags, files = 0 }: CommandLine<Flags>,
): FlagValues<Flags> | null {
  const names = Object.keys(flags);
  const isSwitch = (name: string): boolean => typeof flags[name].default === "boolean";
  const unknown: string[] = [];
  const parsed = parseArgs([...args], {
    boolean: ["help", ...names.filter(isSwitch)],
    string: names.filter((name) => !isSwitch(name)),
    alias: { h: "help" },
    unknown: (argument: string, key?: string): boolean => {
      if (key !== undefined) unknown.push(argument);
      return key === undefined;
    },
  }) as Record<string, unknown> & { _: (string | number)[] };
  if (parsed.help === true) return null;
  const values: Record<string, unknown> = {};
  for (const name of names) values[name] = readValue(name, flags[name], parsed[name]);
  const known = ["help", ...names].map((name) => `--${name}`).join(" ");
  if (unknown.length > 0) throw new Error(`there is no flag ${unknown[0].replace(/=.*/s, "")}; flags are: ${known}`);
  const valued = names.find((name) => isSwitch(name) && args.some((argument) => argument.startsWith(`--${name}=`)));
  if (valued !== undefined) throw new Error(`--${valued} takes no value`);
  const others = parsed._.map(String);
  if (others.length !== files) {
    const wanted = files === 0 ? "no argument besides flags" : `${files} argument besides flags`;
    throw new Error(`there must be ${wanted}, got ${others.length === 0 ? "none" : others.join(" ")}; see --help`);
  }
  return { ...values, files: others } as FlagValues<Flags>;
}

function readValue(name: string, flag: Flag, given: unknown): number | string | boolean {
  if (typeof flag.default === "boolean") return given === true;
  if (given === undefined) return flag.default;
  if (typeof given !== "string" || given === "") {
    throw new Error(`--${name} needs a value, such as --${name}=${flag.default}`);
  }
  if (typeof flag.default === "string") return given;
  const { min = -Infinity, max = Infinity, isInteger = false } = flag;
  const value = Number(given);
  const isGood = given.trim() !== "" && Number.isFinite(value) && (!isInteger || Number.isSafeInteger(value));
  if (isGood && value >= min && value <= max) return value;
  const limits = [min > -Infinity ? ` >= ${min}` : "", max < Infinity ? ` <= ${max}` : ""].filter((limit) =>
    limit !== ""
  );
  throw new Error(`--${name} must be ${isInteger ? "an integer" : "a number"}${limits.join(" and")}, got ${given}`);
}

/** The help text of a command line. */
export function describeFlags({ usage, flags }: CommandLine<Readonly<Record<string, Flag>>>): string {
  const rows = Object.entries(flags).map(([name, flag]) => {
    const isSilent = typeof flag.default === "boolean" || flag.default === "";
    return [`  --${name}`, `${flag.help}${isSilent ? "" : ` (default ${flag.default})`}`];
  });
  rows.push(["  --help", "this text"]);
  const width = Math.max(...rows.map(([name]) => name.length));
  return [usage, "", ...rows.map(([name, help]) => `${name.padEnd(width)}  ${help}`)].join("\n");
}
