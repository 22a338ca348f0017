/** Sentences of reviews, and whether they praise. */
export interface Sentences {
  readonly texts: readonly string[];
  /** 1 for praise, 0 for blame. */
  readonly labels: readonly number[];
}

/**
 * Reads lines of source, label and sentence with tabs between, the first of which names these columns; examples/data/README.md says where they
 * are from.
 *
 * @throws {Error} For a line that is none of these; its number is named.
 */
export function readSentences(text: string): Sentences {
  const [head, ...lines] = text.split("\n").filter((line) => line !== "");
  if (head !== "source\tlabel\tsentence") {
    throw new Error(`the first line must name the columns source, label and sentence, got ${head}`);
  }
  const cells = lines.map((line, i) => {
    const [source, label, sentence, ...rest] = line.split("\t");
    if (sentence === undefined || rest.length > 0 || !["0", "1"].includes(label)) {
      throw new Error(`line ${i + 2} must have a source, 0 or 1, and a sentence, got ${line}`);
    }
    return { source, label: Number(label), sentence };
  });
  return { texts: cells.map(({ sentence }) => sentence), labels: cells.map(({ label }) => label) };
}
