/** A name from a file, fit for a message: in quotes, escaped, cut after 80 characters. */
export function quoteName(name: string): string {
  return name.length <= 80
    ? JSON.stringify(name)
    : `${JSON.stringify(name.slice(0, 80))} … (${name.length} characters)`;
}
