import goldens from "../golden/image_files.json" with { type: "json" };

/** A file, and what is in it. */
export interface GoldenImage {
  readonly name: string;
  readonly bytes: Uint8Array<ArrayBuffer>;
  /** Height and width. */
  readonly shape: readonly number[];
  readonly rgba: Uint8Array;
  readonly rgb: Uint8Array;
  readonly grayscale: Uint8Array;
}

/** PNG files of every kind, and JPEG files: tests/golden/image_files.py has made them. */
export const goldenImages: readonly GoldenImage[] = goldens.map(({ name, file, shape, rgba, grayscale }) => {
  const bytes = Uint8Array.fromHex(rgba);
  return {
    name,
    bytes: Uint8Array.fromBase64(file),
    shape,
    rgba: bytes,
    rgb: bytes.filter((_, i) => i % 4 !== 3),
    grayscale: Uint8Array.fromHex(grayscale),
  };
});

/** One of them. */
export function goldenImage(name: string): GoldenImage {
  return goldenImages.find((image) => image.name === name)!;
}
