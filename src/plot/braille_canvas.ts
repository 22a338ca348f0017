/** The bits of a braille character, by column and row of its 2 × 4 dots. */
const DOTS = [[0x01, 0x02, 0x04, 0x40], [0x08, 0x10, 0x20, 0x80]] as const;

/** A black and white picture of braille characters, 2 × 4 dots each. Dot (0, 0) is at the top left. */
export class BrailleCanvas {
  /** Dots from left to right. */
  readonly dotsWide: number;
  /** Dots from top to bottom. */
  readonly dotsHigh: number;
  readonly #columns: number;
  readonly #cells: Uint8Array;

  /**
   * @param columns Characters from left to right.
   * @param rows Characters from top to bottom.
   */
  constructor(columns: number, rows: number) {
    this.#columns = columns;
    this.#cells = new Uint8Array(columns * rows);
    this.dotsWide = columns * 2;
    this.dotsHigh = rows * 4;
  }

  /** Sets a dot; one outside the picture is left out. */
  set(x: number, y: number): void {
    if (x < 0 || y < 0 || x >= this.dotsWide || y >= this.dotsHigh) return;
    this.#cells[(y >> 2) * this.#columns + (x >> 1)] |= DOTS[x & 1][y & 3];
  }

  /**
   * Sets the dots of a straight line, both ends included.
   *
   * @param dash Of how many columns of characters one is drawn; 1 is a solid line.
   */
  line(x0: number, y0: number, x1: number, y1: number, dash = 1): void {
    const steps = Math.max(Math.abs(x1 - x0), Math.abs(y1 - y0), 1);
    for (let i = 0; i <= steps; i++) {
      const x = Math.round(x0 + (x1 - x0) * i / steps);
      const y = Math.round(y0 + (y1 - y0) * i / steps);
      if ((x >> 1) % dash === 0) this.set(x, y);
    }
  }

  /** The picture, one string a row. */
  toLines(): string[] {
    const lines: string[] = [];
    for (let start = 0; start < this.#cells.length; start += this.#columns) {
      const row = this.#cells.subarray(start, start + this.#columns);
      lines.push(Array.from(row, (bits) => bits === 0 ? " " : String.fromCharCode(0x2800 + bits)).join(""));
    }
    return lines;
  }
}
