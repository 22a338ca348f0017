/** How new pixels follow from old ones. */
export type Interpolation = "bilinear" | "nearest";

/** A size in pixels. */
export interface Size {
  readonly height: number;
  readonly width: number;
}

/** How an image is resized. */
export interface Resizing extends Size {
  readonly interpolation: Interpolation;
  /** Whether it is first cut, about its centre, to the aspect ratio of the result. */
  readonly crops: boolean;
}

/** What is read for each new position along an axis: two old ones, and the share of the second. */
interface Line {
  readonly first: Int32Array;
  readonly second: Int32Array;
  readonly share: Float64Array;
}

/**
 * Writes an image in another size, as `layers.resizing` does: row i lies at (i + ½) · old height / new height − ½ of the old rows, not beyond
 * the first or the last; with `nearest` it is the old row ⌊(i + ½) · old height / new height⌋. Columns likewise.
 *
 * @param from the numbers of the old image, `channels` a pixel
 * @param into where the new ones go, from `at` on
 */
export function resizePixels(
  from: Float32Array | Uint8Array,
  old: Size,
  channels: number,
  into: Float32Array | Uint8Array,
  at: number,
  { height, width, interpolation, crops }: Resizing,
): void {
  const rows = crops ? cut(old.height, old.width * height / width) : [0, old.height];
  const columns = crops ? cut(old.width, old.height * width / height) : [0, old.width];
  const y = findLine(rows[0], rows[1], height, interpolation);
  const x = findLine(columns[0], columns[1], width, interpolation);
  for (let i = 0; i < height; i++) {
    const above = y.first[i] * old.width;
    const below = y.second[i] * old.width;
    for (let j = 0; j < width; j++) {
      const left = x.first[j];
      const right = x.second[j];
      for (let k = 0; k < channels; k++) {
        const a = from[(above + left) * channels + k];
        const c = from[(below + left) * channels + k];
        const top = a + x.share[j] * (from[(above + right) * channels + k] - a);
        const bottom = c + x.share[j] * (from[(below + right) * channels + k] - c);
        into[at++] = top + y.share[i] * (bottom - top);
      }
    }
  }
}

/** Where the middle of `length` pixels begins that is at most so long, and how long it is. */
function cut(length: number, most: number): [start: number, length: number] {
  const kept = Math.max(1, Math.min(length, Math.floor(most)));
  return [Math.floor((length - kept) / 2), kept];
}

function findLine(start: number, length: number, size: number, interpolation: Interpolation): Line {
  const line = { first: new Int32Array(size), second: new Int32Array(size), share: new Float64Array(size) };
  for (let i = 0; i < size; i++) {
    const place = (i + 0.5) * length / size;
    const between = Math.min(Math.max(place - 0.5, 0), length - 1);
    const first = Math.floor(interpolation === "nearest" ? place : between);
    line.first[i] = start + first;
    line.second[i] = start + Math.min(first + 1, length - 1);
    line.share[i] = interpolation === "nearest" ? 0 : between - first;
  }
  return line;
}
