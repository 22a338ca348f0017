/** What the library for PNG gives: samples of 8 or 16 bits, or rows of packed ones. */
export interface DecodedPng {
  readonly data: Uint8Array | Uint8ClampedArray | Uint16Array;
}

/** An instance of the library for JPEG. */
export interface JpegDecoder {
  /** The image with red, green, blue and alpha; `turns`: whether as its Exif segment says. */
  decode(
    bytes: Uint8Array,
    turns: boolean,
  ): { readonly data: Uint8ClampedArray; readonly width: number; readonly height: number };
}

/** The libraries that unpack images where the platform does not. */
export interface Decoders {
  decodePng(bytes: Uint8Array): DecodedPng;
  createJpegDecoder(options: object): Promise<JpegDecoder>;
  /** The module of the library for JPEG, packed by deflate, as base64. */
  readonly jpegWasm: string;
}

/** Loads fast-png and MozJPEG (200 kB of text) when they are needed, and not before. */
export async function loadDecoders(): Promise<Decoders> {
  return await import("../../dist/image_decoders.js") as unknown as Decoders;
}
