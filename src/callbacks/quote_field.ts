/**
 * A field of a CSV file as RFC 4180 has it: in quotes, with quotes doubled, if it holds a separator, a quote or a line break.
 *
 * @param field The text.
 * @param separator The character between two fields.
 * @returns The field as it is written.
 */
export function quoteField(field: string, separator: string): string {
  if (!field.includes(separator) && !/["\r\n]/.test(field)) return field;
  return `"${field.replaceAll('"', '""')}"`;
}
