/** What a spreadsheet takes for the beginning of a formula, or leaves out before it looks; the last four are full-width forms. */
const FORMULA = /^[=+\-@\t\r\n\uFF1D\uFF0B\uFF0D\uFF20]/;
const NUMBER = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i;

/**
 * A text as a cell that no spreadsheet runs: where it begins like a formula and is no plain number, an apostrophe stands before it, which
 * spreadsheets take for "this is text".
 *
 * Source: OWASP, CSV injection.
 */
export function defuseCell(text: string): string {
  return FORMULA.test(text) && !NUMBER.test(text) ? `'${text}` : text;
}
