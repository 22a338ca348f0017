/** What the files of golden values are made for: the names under these keys. */
const KEYS = ["id", "type", "optimizer", "layer", "metric", "schedule", "regularizer", "constraint"];

/** The names of the rows that the golden files of a kind hold values for, as they stand there. */
export async function goldenNames(files: readonly string[]): Promise<Set<string>> {
  const names = new Set<string>();
  for (const file of files) {
    names.add(file.replace(".json", "")); // a file of one row is named after it
    collect(JSON.parse(await Deno.readTextFile(new URL(`../golden/${file}`, import.meta.url))), names);
  }
  return names;
}

/** The rows of a file are its elements, or those of the lists in it. */
function collect(content: unknown, names: Set<string>): void {
  const lists = Array.isArray(content) ? [content] : Object.values(content as object).filter(Array.isArray);
  for (const one of lists.flat()) {
    if (typeof one !== "object" || one === null) continue;
    for (const key of KEYS) if (typeof one[key] === "string") names.add(one[key]);
  }
}
