/** A picture in a panel: its pixels, row by row, and what is written below it. */
export interface Panel {
  readonly height: number;
  readonly width: number;
  /** 1: grey; 3 or 4: red, green and blue, and what is not looked at. */
  readonly channels: number;
  /** From 0, dark, to 1, light. */
  readonly pixels: Float32Array;
  readonly label: string;
}

/** Pictures under a heading. */
export interface PictureSection {
  /** The heading; empty for none. */
  readonly title: string;
  readonly panels: readonly Panel[];
  /** What is written behind the pictures; empty for nothing. */
  readonly note: string;
}

/** How pictures are drawn as text. */
export interface PictureStyle {
  /** Whether in half blocks with ANSI colours, two pixels a character. */
  readonly color: boolean;
  /** Pictures beside each other; null: as many as 80 characters hold. */
  readonly columns: number | null;
  /** Characters that a picture is wide at most. */
  readonly width: number;
}
