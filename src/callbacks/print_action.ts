/**
 * Tells on stderr what a callback did. The text begins on a line of its own, as the cursor may stand behind a progress bar.
 *
 * @param text One line.
 */
export function printAction(text: string): void {
  console.error(`\n${text}`);
}
