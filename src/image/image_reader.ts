import type { FileSystem } from "../files/file_system.ts";
import { quotePath } from "../files/quote_path.ts";
import { readFile } from "../files/read_file.ts";
import { type Channels, convertPixels } from "../tensor/convert_pixels.ts";
import { decodeImage } from "./decode_image.ts";
import type { ImageFile } from "./list_images.ts";
import type { Pixels } from "./pixels.ts";
import { resizePixels, type Resizing, type Size } from "./resize_pixels.ts";

/** Files that are read while one is unpacked. */
const AHEAD = 16;

/** How images are read. */
export interface ReaderSettings {
  readonly channels: Channels;
  readonly resizing: Resizing | null;
  readonly maxPixels: number;
}

/** Reads images from files, all of one size or made so. */
export class ImageReader {
  readonly #settings: ReaderSettings;
  readonly #system: FileSystem;
  /** The size that all have, and which image has it; null before the first, and where all get a size. */
  #first: { readonly size: Size; readonly path: string | URL } | null = null;

  constructor(settings: ReaderSettings, system: FileSystem) {
    this.#settings = settings;
    this.#system = system;
  }

  /** The size of an image, which all others must have. */
  async findSize(file: ImageFile): Promise<Size> {
    return this.#settings.resizing ?? this.#check(file.path, await this.#decode(file.path, this.#read(file.path)));
  }

  /** The pixels of images, one after the other, in their order: files are read ahead while others are unpacked. */
  async *read(files: Iterable<ImageFile>): AsyncGenerator<readonly [file: ImageFile, pixels: Pixels]> {
    const ahead: { readonly file: ImageFile; readonly bytes: Promise<Uint8Array> }[] = [];
    for (const file of files) {
      ahead.push({ file, bytes: this.#read(file.path) });
      if (ahead.length === AHEAD) yield await this.#next(ahead.shift()!);
    }
    for (const next of ahead) yield await this.#next(next);
  }

  async #next(next: { readonly file: ImageFile; readonly bytes: Promise<Uint8Array> }) {
    const pixels = await this.#decode(next.file.path, next.bytes);
    this.#check(next.file.path, pixels);
    return [next.file, pixels] as const;
  }

  /** Writes an image, in the size and with the channels that are wanted. */
  write(pixels: Pixels, into: Float32Array | Uint8Array, at: number): void {
    const { channels, resizing } = this.#settings;
    const { data, width, height } = pixels;
    if (resizing === null || resizing.height === height && resizing.width === width) {
      return convertPixels(data, pixels.channels, into, channels, at);
    }
    const numbers = new Uint8Array(width * height * channels);
    convertPixels(data, pixels.channels, numbers, channels);
    resizePixels(numbers, pixels, channels, into, at, resizing);
  }

  #read(path: string | URL): Promise<Uint8Array> {
    // A pixel has up to 8 bytes before it is packed.
    const maxBytes = 8 * this.#settings.maxPixels + 2 ** 20;
    const bytes = readFile(path, { fileSystem: this.#system, maxBytes });
    bytes.catch(() => {}); // what goes wrong is told where it is awaited, if it is
    return bytes;
  }

  async #decode(path: string | URL, bytes: Promise<Uint8Array>): Promise<Pixels> {
    const { channels, maxPixels } = this.#settings;
    const task = `Cannot read image ${quotePath(path)}`;
    return await decodeImage(await bytes, { task, maxPixels, wantsAlpha: channels === 4 });
  }

  #check(path: string | URL, { height, width }: Size): Size {
    if (this.#settings.resizing !== null) return this.#settings.resizing;
    this.#first ??= { size: { height, width }, path };
    const { size, path: first } = this.#first;
    if (size.height === height && size.width === width) return size;
    throw new TypeError(
      `Cannot read images: all must have one size, but ${quotePath(path)} has ${height} × ${width} pixels and ` +
        `${quotePath(first)} ${size.height} × ${size.width}; set imageSize to make them so`,
    );
  }
}
