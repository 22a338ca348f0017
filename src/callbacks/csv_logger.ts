import { checkBoolean } from "../errors/check_boolean.ts";
import { checkOptions } from "../errors/check_options.ts";
import { describeValue } from "../errors/describe_value.ts";
import type { Callback, Logs } from "../training/callback.ts";
import { checkPath } from "./check_path.ts";
import { LogFile } from "./log_file.ts";
import { makeParentFolder } from "./make_parent_folder.ts";
import { quoteField } from "./quote_field.ts";

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
 * alphabetical order, then the same with `val_`. Numbers are written in full, lists as JSON, `NA` where there is no value.
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

  const join = (fields: readonly string[]) => fields.map((each) => quoteField(each, separator)).join(separator) + "\n";

  /** Settles the columns by the first logs, and gives what is to stand before the first line. */
  async function begin(logs: Logs): Promise<string> {
    columns = listColumns(logs);
    const header = join(["epoch", ...columns]);
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
    async onTrainBegin(): Promise<void> {
      columns = null;
      await makeParentFolder(file.path);
      if (!append) await file.write("");
    },
    async onEpochEnd(epoch: number, logs: Logs): Promise<void> {
      const before = columns === null ? await begin(logs) : "";
      const fields = columns!.map((name) => Object.hasOwn(logs, name) ? writeValue(logs[name]) : "NA");
      await file.append(before + join([String(epoch), ...fields]));
    },
  };
}

/** The names in the logs in order, and their twins of validation, which may come with a later epoch. */
function listColumns(logs: Logs): string[] {
  const names = Object.keys(logs);
  const plain = names.filter((name) => !name.startsWith("val_")).sort();
  const found = names.filter((name) => name.startsWith("val_")).sort();
  const twins = plain.filter((name) => name !== "learning_rate").map((name) => `val_${name}`);
  return [...plain, ...(found.length > 0 ? found : twins)];
}

function writeValue(value: Logs[string]): string {
  return typeof value === "number" ? String(value) : JSON.stringify(value);
}
