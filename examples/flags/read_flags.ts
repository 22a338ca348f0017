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
  const { given, others, unknown } = splitArguments(args, (name) => {
    if (name === "help") return "switch";
    if (!names.includes(name)) return undefined;
    return typeof flags[name].default === "boolean" ? "switch" : "value";
  });
  if (given.has("help")) return null;
  const values: Record<string, unknown> = {};
  for (const name of names) values[name] = readValue(name, flags[name], given.get(name));
  const known = ["help", ...names].map((name) => `--${name}`).join(" ");
  if (unknown.length > 0) throw new Error(`there is no flag ${unknown[0].replace(/=.*/s, "")}; flags are: ${known}`);
  if (others.length !== files) {
    const wanted = files === 0 ? "no argument besides flags" : `${files} argument besides flags`;
    throw new Error(`there must be ${wanted}, got ${others.length === 0 ? "none" : others.join(" ")}; see --help`);
  }
  return { ...values, files: others } as FlagValues<Flags>;
}

/** Tells flags from other arguments, which all are that stand behind `--`. Of a flag that is there twice the last counts. */
function splitArguments(args: readonly string[], kindOf: (name: string) => "switch" | "value" | undefined): {
  given: Map<string, string | true>;
  others: string[];
  unknown: string[];
} {
  const given = new Map<string, string | true>();
  const others: string[] = [];
  const unknown: string[] = [];
  const left = [...args];
  while (left.length > 0) {
    const argument = left.shift()!;
    if (argument === "--") others.push(...left.splice(0));
    else if (!/^-./.test(argument)) others.push(argument);
    else {
      const [name, value] = argument === "-h" ? ["help"] : splitOnce(argument.replace(/^--/, ""));
      const kind = kindOf(name);
      if (kind === undefined) unknown.push(argument);
      else if (kind === "switch") given.set(name, value ?? true);
      else given.set(name, value ?? (/^[^-]/.test(left[0] ?? "") ? left.shift()! : ""));
    }
  }
  return { given, others, unknown };
}

function splitOnce(text: string): [name: string, value?: string] {
  const at = text.indexOf("=");
  return at < 0 ? [text] : [text.slice(0, at), text.slice(at + 1)];
}

function readValue(name: string, flag: Flag, given: string | true | undefined): number | string | boolean {
  if (typeof flag.default === "boolean") {
    if (typeof given === "string") throw new Error(`--${name} takes no value`);
    return given === true;
  }
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
