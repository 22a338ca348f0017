import { checkModelPath } from "../../files/check_model_path.ts";
import { checkWritable } from "../../files/check_writable.ts";
import { readFile } from "../../files/read_file.ts";
import { writeFileAtomically } from "../../files/write_file_atomically.ts";
import type { Sequential } from "../../models/sequential.ts";
import { choice } from "../space/choice.ts";
import { formatScore } from "../trials/format_score.ts";
import { readJournal } from "../journal/read_journal.ts";
import { search } from "../engine/search.ts";
import type { BestTrial, SearchResult } from "../report/search_result.ts";
import { sortTrials } from "../trials/sort_trials.ts";
import type { Params } from "../space/params.ts";
import type { Direction } from "../samplers/sampler.ts";
import { writeTable } from "../report/write_table.ts";
import { listParamNames } from "../trials/list_param_names.ts";
import { encodeCsv, type EncodedTable } from "./encode_csv.ts";
import { buildNetwork } from "./build_network.ts";
import { countTrials } from "./count_trials.ts";
import { describeInterruption } from "./describe_interruption.ts";
import { describeGridFlags, type GridFlagValues, readGridFlags } from "./grid_flags.ts";
import { parseDimension } from "./parse_dimension.ts";
import { readCsv } from "./read_csv.ts";

/** What the command is run with besides its arguments. */
export interface CommandOptions {
  /** Gets what is printed, line by line. Default: `console.log`. */
  readonly print?: (text: string) => void;
  /** Gets what went wrong. Default: `console.error`. */
  readonly complain?: (text: string) => void;
  /** Interrupts the search; what it kept is told. */
  readonly signal?: AbortSignal;
  /** How many characters a line of a table may have. Default 80. */
  readonly columns?: number;
}

/**
 * Runs the command: `--data FILE.csv --target COLUMN --hidden 4,8,16,32 --lr 0.001..0.03:log:4 --journal run.db --report report.html`.
 *
 * @param args The arguments.
 * @param options Where to print, and what interrupts it.
 * @returns The exit code: 0, 1 if something was wrong, or 130 if it was interrupted.
 */
export async function runGridCommand(args: readonly string[], options: CommandOptions = {}): Promise<number> {
  const { print = (text) => console.log(text), complain = (text) => console.error(text), signal, columns = 80 } =
    options;
  let flags: GridFlagValues = {};
  try {
    flags = readGridFlags(args);
    if (flags.help !== undefined || args.length === 0) print(describeGridFlags());
    else if (flags.status !== undefined) print(await describeJournal(flags, columns));
    else await runGrid(flags, { print, signal, columns });
    return 0;
  } catch (error) {
    if (signal?.aborted && error === signal.reason) {
      complain(`\n${await describeInterruption(args, flags.journal)}`);
      return 130;
    }
    complain(`error: ${error instanceof Error ? error.message : error}`);
    return 1;
  }
}

async function describeJournal({ journal }: GridFlagValues, columns: number): Promise<string> {
  if (journal === undefined) throw new Error("--status needs --journal FILE.db");
  const { fingerprint, trials } = await readJournal(journal);
  const monitor = String(fingerprint.monitor ?? "score");
  const direction: Direction = fingerprint.mode === "max" || /accuracy|auc|precision|recall|f1/.test(monitor)
    ? "max"
    : "min";
  const names = listParamNames([], trials);
  return `${countTrials(trials)}\n\n${writeTable(sortTrials(trials, direction), { names, monitor, columns })}`;
}

async function runGrid(
  flags: GridFlagValues,
  { print, signal, columns }: { print: (text: string) => void; signal?: AbortSignal; columns: number },
): Promise<void> {
  const { data, target, journal } = flags;
  if (data === undefined) throw new Error("--data FILE.csv is missing");
  if (target === undefined) throw new Error("--target COLUMN is missing");
  await checkJournal(flags);
  await checkOutputs(flags);
  const isQuiet = flags.quiet !== undefined;
  const table = encodeCsv(
    readCsv(new TextDecoder().decode(await readFile(data))),
    target,
    readTask(flags.task ?? "auto"),
  );
  const number = (
    name: "epochs" | "folds" | "split" | "repeats" | "trials" | "seed" | "workers",
  ): number | undefined => {
    const text = flags[name];
    if (text === undefined || text === "auto") return undefined;
    if (text.trim() === "" || !Number.isFinite(Number(text))) {
      throw new Error(`--${name} must be a number, got "${text}"`);
    }
    return Number(text);
  };
  const [folds, split] = [number("folds"), number("split")];
  if (folds !== undefined && split !== undefined) throw new Error("--folds and --split exclude each other");
  const stratified = table.classes !== null;
  const result = await search({
    space: {
      hidden: parseDimension("hidden", flags.hidden ?? "4,8,16,32", { isInteger: true, min: 1, max: 65_536 }),
      learningRate: parseDimension("lr", flags.lr ?? "0.001..0.03:log:4"),
      layers: parseDimension("layers", flags.layers ?? "1", { isInteger: true, min: 0, max: 100 }),
      activation: choice((flags.activation ?? "relu").split(",")),
      optimizer: choice((flags.optimizer ?? "adam").split(",")),
      batchSize: parseDimension("batch", flags.batch ?? "32", { isInteger: true, min: 1, max: 1_000_000 }),
    },
    build: (params, { seed }) => buildNetwork(params, table, seed),
    x: table.x,
    y: table.y,
    epochs: number("epochs") ?? 50,
    batchSize: ({ batchSize }) => batchSize as number,
    validation: folds === undefined ? { split: split ?? 0.2, stratified } : { folds, stratified },
    monitor: table.classes === null ? "val_loss" : "val_accuracy",
    sampler: (flags.sampler ?? "grid") as "grid",
    pruner: (flags.pruner ?? "none") as "none",
    repeats: number("repeats") ?? 1,
    seed: number("seed") ?? 0,
    workers: number("workers") ?? "auto",
    verbose: isQuiet ? 0 : 1,
    signal,
    ...(number("trials") === undefined ? {} : { trials: number("trials")! }),
    ...(journal === undefined ? {} : { journal }),
  });
  if (!isQuiet) print(`\n${result.table({ limit: 20, columns })}`);
  await writeFiles(result as unknown as SearchResult<Params, Sequential>, table, flags, print);
  const { params, score, standardError } = result.best;
  const error = standardError === null ? "" : ` ± ${formatScore(standardError)}`;
  const unit = table.classes === null ? ", in variances of the target" : "";
  print(`\nbest: ${result.monitor} ${formatScore(score)}${error}${unit}, with ${JSON.stringify(params)}`);
}

/** A journal is continued only if that was asked for. */
async function checkJournal({ journal, resume }: GridFlagValues): Promise<void> {
  if (journal === undefined) {
    if (resume !== undefined) throw new Error("--resume needs --journal FILE.db");
    return;
  }
  let trials: number | null = null;
  try {
    trials = (await readJournal(journal)).trials.length;
  } catch (error) {
    if (resume !== undefined) throw error;
    if (!/unable to open|folder must exist|empty/.test(String(error))) throw error;
  }
  if (trials !== null && resume === undefined) {
    throw new Error(
      `there is a search in ${journal} already, with ${trials} trials: continue it with --resume, or name another file`,
    );
  }
}

/** What is to be written in the end can be: said before the search, not after it. */
async function checkOutputs({ report, csv, save }: GridFlagValues): Promise<void> {
  if (save !== undefined) checkModelPath(save, "Cannot save model");
  for (const path of [report, csv, save]) if (path !== undefined) await checkWritable(path);
}

function readTask(task: string): "auto" | "classification" | "regression" {
  if (task === "auto" || task === "classification" || task === "regression") return task;
  throw new Error(`--task must be auto, classification or regression, got "${task}"`);
}

async function writeFiles(
  result: SearchResult<Params, Sequential>,
  table: EncodedTable,
  { report, csv, save }: GridFlagValues,
  print: (text: string) => void,
): Promise<void> {
  const write = async (path: string, text: string): Promise<void> => {
    await writeFileAtomically(path, new TextEncoder().encode(text));
    print(`wrote ${path}`);
  };
  if (report !== undefined) await write(report, result.report());
  if (csv !== undefined) await write(csv, result.toCSV());
  if (save === undefined) return;
  const model = inRawUnits(result.best, table);
  await model.save(save);
  const { columns, classes, target } = table;
  const given = classes === null ? target : `the probabilities of ${listSome(classes)}`;
  print(`wrote ${save}: takes ${listSome(columns)}, as they stand in the file; gives ${given}`);
}

/** The trained model, with the target in its own units where that is a number. */
function inRawUnits({ model, params }: BestTrial<Params, Sequential>, table: EncodedTable): Sequential {
  if (table.classes !== null) return model;
  const raw = buildNetwork(params, table, model.seed, { isRaw: true });
  raw.setWeights(Object.fromEntries(model.weights.map(({ name, value }) => [name, value])));
  return raw;
}

/** The first names of a list. */
function listSome(names: readonly string[]): string {
  return names.length <= 6 ? names.join(", ") : `${names.slice(0, 5).join(", ")} … (${names.length})`;
}
