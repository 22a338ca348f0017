import { FileFormatError } from "../files/file_format_error.ts";

/** What is read of a JPEG file before anything is unpacked. */
export interface JpegFile {
  readonly width: number;
  readonly height: number;
  /** 1 grey, 3 in colour. */
  readonly components: number;
  /** Where the segments lie that say which way up the picture is (Exif), from … to. */
  readonly exif: readonly (readonly [from: number, to: number])[];
}

/** Each scan goes over the whole image; files have ten or so. */
const MOST_SCANS = 100;
/** Frames that are read: baseline, extended and progressive, by Huffman codes. */
const FRAMES = [0xc0, 0xc1, 0xc2];

/**
 * Goes through the segments of a JPEG file to its end.
 *
 * @param task what begins the messages
 * @throws {FileFormatError} If it breaks the format, or is of a kind that is not read: CMYK, 12 bits, arithmetic coding, lossless.
 */
export function readJpegFile(bytes: Uint8Array, task: string): JpegFile {
  const fail = (what: string): never => {
    throw new FileFormatError(`${task}: the JPEG file ${what}`);
  };
  let frame: Omit<JpegFile, "exif"> | null = null;
  const exif: [number, number][] = [];
  let scans = 0;
  for (let at = 2;;) {
    while (bytes[at] === 0xff && bytes[at + 1] === 0xff) at++;
    if (at + 2 > bytes.length) return fail(`must go on to its end marker, but it ends after ${bytes.length} bytes`);
    const marker = bytes[at + 1];
    if (bytes[at] !== 0xff || marker === 0) return fail(`must have a marker at ${at}, got byte ${bytes[at]}`);
    at += 2;
    if (marker === 0xd9) break;
    if (marker === 0x01 || marker >= 0xd0 && marker <= 0xd7) continue;
    const length = bytes[at] << 8 | bytes[at + 1];
    const end = at + length;
    if (!(length >= 2) || end > bytes.length) {
      return fail(`has a segment of ${length} bytes at ${at}, but ends after ${bytes.length} bytes`);
    }
    const isFrame = marker >= 0xc0 && marker <= 0xcf && marker !== 0xc4 && marker !== 0xc8 && marker !== 0xcc;
    if (isFrame) {
      if (frame !== null) return fail("must have one frame, got two");
      if (!FRAMES.includes(marker)) {
        return fail(`must be baseline or progressive by Huffman codes, got a frame of kind ${marker - 0xc0}`);
      }
      frame = readFrame(bytes.subarray(at + 2, end), fail);
    }
    if (marker === 0xe1) exif.push([at - 2, end]);
    at = end;
    if (marker !== 0xda) continue;
    if (frame === null) return fail("has pixels before it says how many");
    if (++scans > MOST_SCANS) return fail(`must have at most ${MOST_SCANS} scans`);
    at = findMarker(bytes, at);
  }
  if (frame === null || scans === 0) return fail("has no pixels");
  return { ...frame, exif };
}

function readFrame(content: Uint8Array, fail: (what: string) => never) {
  const [precision, high, low, wide, narrow, components] = content;
  if (content.length < 6 || content.length < 6 + 3 * components) return fail("has a frame that is cut short");
  const [height, width] = [high << 8 | low, wide << 8 | narrow];
  if (precision !== 8) return fail(`must have 8 bits a sample, got ${precision}`);
  if (width === 0 || height === 0) return fail(`must have at least one pixel, got ${width} × ${height}`);
  if (components !== 1 && components !== 3) {
    return fail(
      `must be grey or of red, green and blue, got ${components} components${components === 4 ? " (CMYK)" : ""}`,
    );
  }
  return { width, height, components };
}

/** Where the next marker stands that is no part of the packed pixels. */
function findMarker(bytes: Uint8Array, from: number): number {
  for (let at = bytes.indexOf(0xff, from); at >= 0; at = bytes.indexOf(0xff, at + 1)) {
    const next = bytes[at + 1];
    if (next !== 0 && !(next >= 0xd0 && next <= 0xd7) && next !== 0xff) return at;
  }
  return bytes.length;
}
