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

/** A field and where it ends. */
interface Field {
  readonly text: string;
  /** Where what ends it begins: a comma, a line break or the end. */
  readonly end: number;
}

function splitRecords(text: string): { fields: string[]; line: number }[] {
  const records: { fields: string[]; line: number }[] = [];
  let fields: string[] = [];
  let line = 1;
  let start = 1;
  let at = 0;
  while (at < text.length || fields.length > 0) {
    const { text: field, end } = readField(text, at, line);
    fields.push(field);
    const breakLength = text.startsWith("\r\n", end) ? 2 : 1;
    const isLast = text[end] !== ",";
    const next = Math.min(text.length, end + breakLength);
    line += countLines(text, at, next);
    at = next;
    if (!isLast) continue;
    if (fields.length > 1 || fields[0] !== "") records.push({ fields, line: start });
    fields = [];
    start = line;
  }
  return records;
}

/** Reads the field that begins at `at`. Fields are as long as they like, so no pattern is matched against them as a whole. */
function readField(text: string, at: number, line: number): Field {
  let begin = at;
  while (text[begin] === " " || text[begin] === "\t") begin++;
  if (text[begin] !== '"') {
    const end = findEnd(text, at);
    return { text: text.slice(at, end).trim(), end };
  }
  let close = begin;
  do {
    close = text.indexOf('"', close + 1);
    if (close < 0) throw new Error(`line ${line} has a quote that is not closed`);
    if (text[close + 1] !== '"') break;
    close++;
  } while (true);
  const end = findEnd(text, close + 1);
  if (text.slice(close + 1, end).trim() !== "") {
    throw new Error(`line ${line} cannot be read: what follows a closing quote must be a comma`);
  }
  return { text: text.slice(begin + 1, close).replaceAll('""', '"'), end };
}

/** Where the next comma or line break stands, or the text ends. */
function findEnd(text: string, at: number): number {
  while (at < text.length && text[at] !== "," && text[at] !== "\n" && text[at] !== "\r") at++;
  return at;
}

function countLines(text: string, from: number, to: number): number {
  let count = 0;
  for (let i = from; i < to; i++) if (text[i] === "\n" || text[i] === "\r" && text[i + 1] !== "\n") count++;
  return count;
}
