import { HeaderCursor } from "./header_cursor.ts";
import type { MemoryBudget } from "./memory_budget.ts";
import type { NamedTensor } from "./named_tensor.ts";
import { quoteName } from "./quote_name.ts";
import type { SafetensorsContent } from "./safetensors_content.ts";
import { SAFETENSORS_DTYPES, type SafetensorsDtype } from "./safetensors_dtypes.ts";

const KEYS = ["dtype", "shape", "data_offsets"];
const DTYPES = Object.keys(SAFETENSORS_DTYPES);
/** The most axes that a tensor may have, as in numpy and PyTorch. */
const MAX_RANK = 64;
/** What one entry of a `Map` takes, with the room that the map keeps free as it grows. */
const ENTRY_BYTES = 96;

/** What the header says about one tensor; not yet checked against the file. */
export interface TensorEntry {
  /** The name, unique in the header. */
  name: string;
  /** The element type. */
  dtype: SafetensorsDtype;
  /** Lengths of the axes. */
  shape: number[];
  /** First byte of the data, counted from the end of the header. */
  begin: number;
  /** One past the last byte of the data. */
  end: number;
}

/**
 * Reads the JSON header of a safetensors file into `content`; `openTensor` makes a tensor of what is said about it.
 *
 * Grammar: `{"__metadata__": {"key": "text", …}, "name": {"dtype": "F32", "shape": [2, 3], "data_offsets": [0, 24]}, …}`.
 * Throws a FileFormatError for anything else, for a key that stands twice, and for more than 64 axes.
 */
export function parseSafetensorsHeader(
  text: string,
  budget: MemoryBudget,
  content: SafetensorsContent,
  openTensor: (entry: TensorEntry) => NamedTensor,
): void {
  const { tensors, metadata } = content;
  const cursor = new HeaderCursor(text, budget);
  const axes: number[] = new Array(MAX_RANK).fill(0);
  let metadataSeen = false;
  if (text[0] !== "{") cursor.fail('the header must begin with "{"');
  for (let more = cursor.enter("{", "}"); more; more = cursor.next("}")) {
    const start = cursor.position;
    const name = cursor.readString();
    const isMetadata = name === "__metadata__";
    if (isMetadata ? metadataSeen : tensors.has(name)) failTwice(cursor, start, name);
    cursor.expect(":");
    if (isMetadata) {
      metadataSeen = true;
      readMetadata(cursor, metadata);
    } else {
      cursor.tensorName = name;
      budget.spend(ENTRY_BYTES, "the list of tensors");
      tensors.set(name, openTensor(readEntry(cursor, name, axes)));
      cursor.tensorName = undefined;
    }
  }
  cursor.skipSpace();
  if (cursor.position < text.length) cursor.fail("only white space may follow the closing brace");
}

function readMetadata(cursor: HeaderCursor, metadata: Map<string, string>): void {
  for (let more = cursor.enter("{", "}"); more; more = cursor.next("}")) {
    const start = cursor.position;
    const key = cursor.readString();
    if (metadata.has(key)) failTwice(cursor, start, key);
    cursor.expect(":");
    cursor.budget.spend(ENTRY_BYTES, "the metadata");
    metadata.set(key, cursor.readString());
  }
}

function failTwice(cursor: HeaderCursor, start: number, key: string): never {
  cursor.position = start;
  cursor.fail(`a key must stand once, but ${quoteName(key)} stands twice`);
}

function readEntry(cursor: HeaderCursor, name: string, axes: number[]): TensorEntry {
  let dtype: SafetensorsDtype | undefined;
  let shape: number[] | undefined;
  let begin: number | undefined;
  let end: number | undefined;
  for (let more = cursor.enter("{", "}"); more; more = cursor.next("}")) {
    const start = cursor.position;
    const key = cursor.readWord(KEYS);
    cursor.expect(":");
    if (key === "dtype" && dtype === undefined) dtype = readDtype(cursor);
    else if (key === "shape" && shape === undefined) shape = readShape(cursor, axes);
    else if (key === "data_offsets" && begin === undefined) {
      cursor.expect("[");
      begin = cursor.readInteger();
      cursor.expect(",");
      end = cursor.readInteger();
      cursor.expect("]");
    } else {
      cursor.position = start;
      cursor.fail("keys must be dtype, shape and data_offsets, each once");
    }
  }
  if (dtype === undefined || shape === undefined || begin === undefined || end === undefined) {
    cursor.fail("dtype, shape and data_offsets must all be there before this");
  }
  return { name, dtype, shape, begin, end };
}

function readDtype(cursor: HeaderCursor): SafetensorsDtype {
  const start = cursor.position;
  const dtype = cursor.readWord(DTYPES);
  if (Object.hasOwn(SAFETENSORS_DTYPES, dtype)) return dtype as SafetensorsDtype;
  cursor.position = start;
  cursor.fail(`dtype must be one of ${DTYPES.join(", ")}`);
}

function readShape(cursor: HeaderCursor, axes: number[]): number[] {
  let rank = 0;
  for (let more = cursor.enter("[", "]"); more; more = cursor.next("]")) {
    if (rank === MAX_RANK) cursor.fail(`shape must have at most ${MAX_RANK} axes`);
    axes[rank++] = cursor.readInteger();
  }
  return axes.slice(0, rank);
}
