/** A flag: what stands for its value in the help (none for a switch), and what it is for. */
interface Flag {
  readonly value?: string;
  readonly help: string;
}

/** The flags of the command. */
const GRID_FLAGS = {
  data: { value: "FILE.csv", help: "the samples, with a header" },
  target: { value: "COLUMN", help: "what to predict" },
  task: { value: "auto", help: "classification, regression, or auto: text and up to 20 integers are classes" },
  hidden: { value: "4,8,16,32", help: "neurons in the hidden layer: values, or a range such as 4..64:log:5" },
  layers: { value: "1", help: "how many hidden layers: values" },
  lr: { value: "0.001..0.03:log:4", help: "learning rate: values, or a range" },
  activation: { value: "relu", help: "of the hidden layers: names" },
  optimizer: { value: "adam", help: "names" },
  epochs: { value: "50", help: "how many times to go through the data" },
  batch: { value: "32", help: "samples in a step: values" },
  folds: { value: "N", help: "cross-validation; without it a fifth is held out" },
  split: { value: "0.2", help: "the share that is held out" },
  repeats: { value: "1", help: "how often each trial is trained, from other weights" },
  sampler: { value: "grid", help: "grid, random, quasi_random or tpe" },
  trials: { value: "N", help: "how many trials at most" },
  pruner: { value: "none", help: "none, halving, asha or median" },
  seed: { value: "0", help: "fixes weights, shuffles and what is held out" },
  workers: { value: "auto", help: "threads" },
  journal: { value: "FILE.db", help: "records everything, so that the search can be continued" },
  report: { value: "FILE.html", help: "where to write the report" },
  csv: { value: "FILE.csv", help: "where to write the table of trials" },
  save: { value: "FILE.safetensors", help: "where to write the best model" },
  resume: { help: "continue the search in the journal" },
  status: { help: "only show what is in the journal" },
  quiet: { help: "print only the best trial" },
  help: { help: "show this" },
} as const satisfies Record<string, Flag>;

/** The name of a flag. */
export type GridFlag = keyof typeof GRID_FLAGS;

/** What was given: texts by name; "" for switches. */
export type GridFlagValues = Partial<Record<GridFlag, string>>;

/** The help of the command. */
export function describeGridFlags(): string {
  const lines = Object.entries<Flag>(GRID_FLAGS).map(([name, { value, help }]) => {
    return `  ${`--${name}${value === undefined ? "" : ` ${value}`}`.padEnd(28)} ${help}`;
  });
  return "Searches for a network that predicts a column of a CSV file.\n\n" +
    "  deno task grid -- --data FILE.csv --target COLUMN [flags]\n\n" + lines.join("\n");
}

/**
 * Reads flags such as `--epochs 200`, `--epochs=200` and `--resume`.
 *
 * @throws {Error} For a flag that does not exist or is there twice, a value that is missing, and other arguments.
 */
export function readGridFlags(args: readonly string[]): GridFlagValues {
  const values: GridFlagValues = {};
  const left = args[0] === "--" ? args.slice(1) : [...args];
  while (left.length > 0) {
    const argument = left.shift()!;
    const match = /^--([a-z-]+)(?:=(.*))?$/s.exec(argument === "-h" ? "--help" : argument);
    if (match === null) throw new Error(`"${argument}" is no flag; see --help`);
    const [, name, given] = match;
    if (!Object.hasOwn(GRID_FLAGS, name)) {
      throw new Error(
        `there is no flag --${name}; flags are: ${Object.keys(GRID_FLAGS).map((each) => `--${each}`).join(" ")}`,
      );
    }
    const flag = name as GridFlag;
    if (values[flag] !== undefined) throw new Error(`--${name} was given twice`);
    if (!("value" in GRID_FLAGS[flag])) {
      if (given !== undefined) throw new Error(`--${name} takes no value, got "${given}"`);
      values[flag] = "";
      continue;
    }
    const value = given ?? left.shift();
    if (value === undefined || value.startsWith("--")) throw new Error(`--${name} needs a value`);
    values[flag] = value;
  }
  return values;
}
