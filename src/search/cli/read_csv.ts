/** A table of texts. */
export interface CsvTable {
  readonly columns: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

/**
 * Reads comma-separated values: RFC 4180 with a header, quoted fields, LF or CRLF, and a byte order mark if there is one. Blank lines are
 * left out, and so is white space around fields without quotes.
 *
 * @throws {Error} If a line has more or fewer fields than the header, a quote is not closed, or there is no row.
 */
export function readCsv(text: string): CsvTable {
  const records = splitRecords(text.replace(/^\uFEFF/, ""));
  const [header, ...rows] = records;
  if (header === undefined || rows.length === 0) throw new Error("the file must have a header and at least one row");
  const columns = header.fields;
  const twice = columns.find((name, i) => columns.indexOf(name) !== i);
  if (twice !== undefined) throw new Error(`two columns are called "${twice}"`);
  for (const { fields, line } of rows) {
    if (fields.length !== columns.length) {
      throw new Error(`line ${line} must have ${columns.length} fields, as the header has, got ${fields.length}`);
    }
  }
  return { columns, rows: rows.map(({ fields }) => fields) };
}

function splitRecords(text: string): { fields: string[]; line: number }[] {
  const records: { fields: string[]; line: number }[] = [];
  // One field and what ends it. A field that begins with a quote and has no closing one matches up to the end.
  const pattern = /[ \t]*"((?:[^"]|"")*)("?)[ \t]*(,|\r?\n|\r|$)|([^,\r\n]*)(,|\r?\n|\r|$)/g;
  let fields: string[] = [];
  let line = 1;
  let start = 1;
  while (pattern.lastIndex < text.length || fields.length > 0) {
    const [all, quoted, close, endOfQuoted, plain, endOfPlain] = pattern.exec(text)!; // an empty field always matches
    if (plain?.trimStart().startsWith('"')) {
      throw new Error(`line ${line} cannot be read: what follows a closing quote must be a comma`);
    }
    if (quoted !== undefined && close !== '"') throw new Error(`line ${line} has a quote that is not closed`);
    fields.push(quoted === undefined ? plain.trim() : quoted.replaceAll('""', '"'));
    line += all.match(/\r\n|\n|\r/g)?.length ?? 0;
    if ((endOfQuoted ?? endOfPlain) === ",") continue;
    if (fields.length > 1 || fields[0] !== "") records.push({ fields, line: start });
    fields = [];
    start = line;
  }
  return records;
}
