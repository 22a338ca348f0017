import type { Row } from "../src/tables/row.ts";

/** A row, and where it stands. */
export interface RowModule {
  /** The file, from the folder of its room: `huber.ts`. */
  readonly file: string;
  /** The factory's name: `huber`. */
  readonly factory: string;
  /** What the row is exported as: `huberRow`. */
  readonly name: string;
  readonly row: Row;
}

/**
 * The rows that a room's module exports, in its order: of every `export { factory } from "./file.ts"` the row `<factory>Row` of that file.
 *
 * @param path the module's path from the current folder, which must be the root
 * @throws Error if a file exports a row under another name, or one without its factory
 */
export async function readRows(path: string): Promise<RowModule[]> {
  const folder = path.slice(0, path.lastIndexOf("/"));
  const rows: RowModule[] = [];
  for (const [, names, file] of (await Deno.readTextFile(path)).matchAll(/^export \{([^}]*)\} from "\.\/([^"]+)";/gm)) {
    const module = await import(`file://${Deno.cwd()}/${folder}/${file}`) as Record<string, unknown>;
    const found = Object.keys(module).filter((key) => key.endsWith("Row") && isRow(module[key]));
    if (found.length === 0) continue;
    const factories = names.split(",").map((name) => name.trim()).filter((name) => /^\w+$/.test(name));
    const factory = factories.find((name) => found.includes(`${name}Row`));
    if (found.length > 1 || factory === undefined) {
      throw new Error(
        `Cannot read the rows of ${path}: ${file} must export one row, named after its factory, got ${
          found.join(", ")
        }`,
      );
    }
    rows.push({ file, factory, name: found[0], row: module[found[0]] as Row });
  }
  return rows;
}

function isRow(value: unknown): boolean {
  return typeof value === "object" && value !== null && "id" in value && "create" in value;
}
