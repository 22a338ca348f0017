/** The sections of a module that hold data, and the number of its pieces. */
const DATA = 11, DATA_COUNT = 12;

/**
 * Drops the objects that AssemblyScript puts into memory for functions that are used as values, 32 bytes each and five to say where. Nothing
 * reads them: a table's index is what calls a function.
 *
 * @param binary a module
 * @param count how many functions are used as values
 * @throws {Error} if there are not as many objects of that form
 */
export function dropFunctionObjects(binary: Uint8Array, count: number): Uint8Array<ArrayBuffer> {
  const parts: number[][] = [[...binary.subarray(0, 8)]];
  let dropped = 0, at = 8;
  const readSize = (): number => {
    let value = 0;
    for (let shift = 0;; shift += 7) {
      const byte = binary[at++];
      value |= (byte & 127) << shift;
      if (byte < 128) return value >>> 0;
    }
  };
  let kept = 0;
  const sections: [id: number, content: number[]][] = [];
  while (at < binary.length) {
    const id = binary[at++], size = readSize(), end = at + size;
    if (id !== DATA) {
      sections.push([id, [...binary.subarray(at, end)]]);
      at = end;
      continue;
    }
    const pieces: number[] = [];
    for (let left = readSize(); left > 0; left--) {
      const begin = at;
      at++; // a piece with an address
      at++; // i32.const
      readSize();
      at++; // end
      const length = readSize();
      const object = new DataView(binary.buffer, binary.byteOffset + at, length);
      at += length;
      if (length === 32 && isFunctionObject(object, count)) dropped++;
      else {
        kept++;
        pieces.push(...binary.subarray(begin, at));
      }
    }
    sections.push([id, [...sizeBytes(kept), ...pieces]]);
  }
  if (dropped !== count) throw new Error(`Cannot drop function objects: there must be ${count}, found ${dropped}`);
  for (const [id, content] of sections) {
    const body = id === DATA_COUNT ? sizeBytes(kept) : content;
    parts.push([id, ...sizeBytes(body.length), ...body]);
  }
  return Uint8Array.from(parts.flat());
}

/** The header of an object in memory (room, class 5, size 8), then the index of the function and no environment. */
function isFunctionObject(object: DataView, count: number): boolean {
  const words = [0, 4, 8, 12, 16, 20, 24, 28].map((offset) => object.getUint32(offset, true));
  return words[0] === 28 && words[3] === 5 && words[4] === 8 && words[5] >= 1 && words[5] <= count &&
    [1, 2, 6, 7].every((i) => words[i] === 0);
}

/** A number as modules write it: seven bits a byte. */
function sizeBytes(value: number): number[] {
  const bytes: number[] = [];
  for (; value > 127; value >>>= 7) bytes.push((value & 127) | 128);
  return [...bytes, value];
}
