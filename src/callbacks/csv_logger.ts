import { checkBoolean } from "../errors/check_boolean.ts";
import { checkOptions } from "../errors/check_options.ts";
import { describeValue } from "../errors/describe_value.ts";
import { defuseCell } from "../files/defuse_cell.ts";
import type { StateValue } from "../tensor/state_value.ts";
import type { Callback, FitParams, Logs } from "../training/callback.ts";
import { checkPath } from "./check_path.ts";
import { LogFile } from "./log_file.ts";
import { makeParentFolder } from "./make_parent_folder.ts";
import { quoteField } from "./quote_field.ts";
import { readCounters } from "./read_counters.ts";

/** Options of `csvLogger`. */
export interface CsvLoggerOptions {
  /** The file to write. */
  path?: string | URL;
  /** Keras's name for `path`. */
  filename?: string | URL;
  /** The character between two fields. Default `","`. */
  separator?: string;
  /** Whether lines are added to a file that is there; else it is begun anew. Default false. */
  append?: boolean;
}

/**
 * Writes the logs of every epoch as one line of a CSV file, with a header: `epoch` (from 0), the names in the logs in
 * alphabetical order, then with validation the same with `val_`. Numbers are written in full, text as it is (with an apostrophe before it where a spreadsheet would run it), lists as JSON, `NA` where
 * there is no value. A run that goes on from a backup goes on with its file: lines of epochs that are run again are taken out before.
 *
 * The file is opened, added to and closed for every line, so that an interrupted run leaves only whole lines. Lines end in `\n`.
 * With `append` the header that is there must be the one that would be written; a last line cut off by a crash is left as it is.
 *
 * @param options The file, the separator, and whether to go on with a file.
 * @returns The callback.
 * @throws {TypeError | RangeError} If an option is unknown, or the separator is not one character. `fit` throws if the file
 *   cannot be written, or has other columns.
 */
export function csvLogger(options: CsvLoggerOptions): Callback {
  const what = "create csvLogger callback";
  checkOptions(what, options, ["path", "filename", "separator", "append"]);
  const given: CsvLoggerOptions = options ?? {};
  const file = new LogFile(checkPath(what, given, "filename"));
  const separator = given.separator ?? ",";
  if (typeof separator !== "string" || separator.length !== 1 || /["\r\n]/.test(separator)) {
    const rule = "separator must be one character that is neither a quote nor a line break";
    throw new RangeError(`Cannot ${what}: ${rule}, got ${describeValue(separator)}`);
  }
  const append = checkBoolean(what, "append", given.append ?? false);
  let columns: readonly string[] | null = null;
  let hasValidation = false;
  /** Whether the file is to be begun anew with the first epoch. */
  let isFresh = false;

  const join = (fields: readonly string[]) => fields.map((each) => quoteField(each, separator)).join(separator) + "\n";

  /** Settles the columns by the first logs, and gives what is to stand before the first line. */
  async function begin(logs: Logs): Promise<string> {
    columns = listColumns(logs, hasValidation);
    const header = join(["epoch", ...columns.map(defuseCell)]);
    const found = append ? await file.readEnds(header.length + 1000) : null;
    if (found === null) return header;
    const line = found.start.replace(/\r?\n[^]*$/, "") + "\n";
    if (line === header) return found.isLineComplete ? "" : "\n";
    throw new TypeError(
      `Cannot append to ${file.name}: its header must be ${JSON.stringify(header.trimEnd())}, got ${
        JSON.stringify(line.trimEnd())
      }`,
    );
  }

  return {
    name: "csvLogger",
    setParams(params: FitParams): void {
      hasValidation = params.validationFreq != null;
    },
    async onTrainBegin(): Promise<void> {
      columns = null;
      isFresh = !append;
      await makeParentFolder(file.path);
      await file.open(); // a file that cannot be written is to be known of now
    },
    async onEpochBegin(): Promise<void> {
      if (isFresh) await file.write("");
      isFresh = false;
    },
    async onEpochEnd(epoch: number, logs: Logs): Promise<void> {
      const before = columns === null ? await begin(logs) : "";
      const fields = columns!.map((name) => Object.hasOwn(logs, name) ? writeValue(logs[name]) : "NA");
      await file.append(before + join([String(epoch), ...fields]));
    },
    async getState(): Promise<StateValue> {
      return { columns, bytes: isFresh ? 0 : await file.countBytes() };
    },
    async setState(state: StateValue): Promise<void> {
      const { bytes } = readCounters("csvLogger", state, { bytes: "number" });
      const kept = (state as { columns?: StateValue }).columns;
      // Where the file is not what it was, it is begun as in any other fit.
      if (!Array.isArray(kept) || await file.countBytes() < bytes) return;
      await file.truncate(bytes); // lines of epochs that are run again
      columns = kept as string[];
      isFresh = false;
    },
  };
}

/** The names in the logs in order, and if there is validation their twins of it, which may come with a later epoch. */
function listColumns(logs: Logs, hasValidation: boolean): string[] {
  const names = Object.keys(logs);
  const plain = names.filter((name) => !name.startsWith("val_")).sort();
  const found = names.filter((name) => name.startsWith("val_")).sort();
  if (found.length > 0 || !hasValidation) return [...plain, ...found];
  return [...plain, ...plain.filter((name) => name !== "learning_rate").map((name) => `val_${name}`)];
}

/** Numbers in full, text without formulas, the rest as JSON; NA for what is no value. */
function writeValue(value: unknown): string {
  if (typeof value === "string") return defuseCell(value);
  if (typeof value === "number" || typeof value === "bigint") return String(value);
  return value == null ? "NA" : JSON.stringify(value) ?? "NA";
}
