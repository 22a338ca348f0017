/** One record of a CSV text. */
export interface CsvRecord {
  /** The line where it starts, from 1. */
  readonly line: number;
  /** Its fields, without quotes around them. */
  readonly fields: string[];
}

/**
 * Splits CSV text (RFC 4180) into records. Blank lines and a byte order mark are left out; lines end with LF or CRLF; a field in quotes
 * may hold separators, line breaks and doubled quotes.
 *
 * @throws {Error} For a quote that is not closed, or that stands where none may.
 */
export function splitRecords(text: string, separator = ","): CsvRecord[] {
  const records: CsvRecord[] = [];
  let at = text.startsWith("\ufeff") ? 1 : 0;
  let line = 1;
  while (at < text.length) {
    const blank = /^\r?\n/.exec(text.slice(at, at + 2));
    if (blank !== null) {
      at += blank[0].length;
      line++;
      continue;
    }
    const record: CsvRecord = { line, fields: [] };
    records.push(record);
    let isLast = false;
    while (!isLast) {
      const field = readField(text, at, separator, line);
      record.fields.push(field.text);
      line += field.text.split("\n").length - 1;
      isLast = text[field.end] !== separator;
      at = field.end + 1;
    }
    if (text[at - 1] === "\r") at++;
    line++;
  }
  return records;
}

/** Reads the field that begins at `at`; what ends it, a separator, a line break or the end of the text, begins at `end`. */
function readField(text: string, at: number, separator: string, line: number): { text: string; end: number } {
  if (text[at] !== '"') {
    const end = findEnd(text, at, separator);
    const field = text.slice(at, end);
    if (field.includes('"')) throw new Error(`line ${line} has a quote within a field that has none around it`);
    return { text: field, end };
  }
  let close = at;
  do {
    close = text.indexOf('"', close + 1);
    if (close < 0) throw new Error(`line ${line} has a quote that is not closed`);
    if (text[close + 1] !== '"') break;
    close++;
  } while (true);
  const end = close + 1;
  if (end !== findEnd(text, end, separator)) throw new Error(`line ${line} goes on behind a closing quote`);
  return { text: text.slice(at + 1, close).replaceAll('""', '"'), end };
}

/** Where the next separator or line break stands, or the text ends. */
function findEnd(text: string, at: number, separator: string): number {
  while (at < text.length && text[at] !== separator && text[at] !== "\n" && !text.startsWith("\r\n", at)) at++;
  return at;
}
