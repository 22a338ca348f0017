import { FileFormatError } from "../files/file_format_error.ts";
import type { Pixels } from "./pixels.ts";

/** What is used of browsers; Deno has the names without the deeds. */
interface Browser {
  readonly createImageBitmap?: (source: Blob, options: object) => Promise<Bitmap>;
  readonly OffscreenCanvas?: new (width: number, height: number) => {
    getContext(kind: "2d", options: object): {
      drawImage(image: Bitmap, x: number, y: number): void;
      getImageData(x: number, y: number, width: number, height: number): { readonly data: Uint8ClampedArray };
    } | null;
  };
}

interface Bitmap {
  readonly width: number;
  readonly height: number;
  close(): void;
}

let found: boolean | null = null;

/** Whether the platform unpacks images and shows their pixels, as browsers do. */
export function canDecodeByPlatform(): boolean {
  return found ??= look();
}

function look(): boolean {
  const { createImageBitmap, OffscreenCanvas } = globalThis as Browser;
  if (createImageBitmap === undefined || OffscreenCanvas === undefined) return false;
  try {
    return typeof new OffscreenCanvas(1, 1).getContext("2d", {})?.getImageData === "function";
  } catch {
    return false;
  }
}

/**
 * The pixels of a file whose headers are checked already, as the platform unpacks them.
 *
 * @param parts the bytes of the file, one part after the other
 * @throws {FileFormatError} If the platform refuses it.
 */
export async function decodeByPlatform(
  parts: readonly Uint8Array[],
  type: string,
  { width, height }: { readonly width: number; readonly height: number },
  task: string,
): Promise<Pixels> {
  const { createImageBitmap, OffscreenCanvas } = globalThis as unknown as Required<Browser>;
  let bitmap: Bitmap;
  try {
    const file = new Blob(parts as Uint8Array<ArrayBuffer>[], { type });
    bitmap = await createImageBitmap(file, { premultiplyAlpha: "none", colorSpaceConversion: "none" });
  } catch (cause) {
    throw new FileFormatError(`${task}: the file is damaged: ${cause instanceof Error ? cause.message : cause}`, {
      cause,
    });
  }
  try {
    if (bitmap.width !== width || bitmap.height !== height) {
      throw new FileFormatError(
        `${task}: its header says ${width} × ${height} pixels, but it has ${bitmap.width} × ${bitmap.height}`,
      );
    }
    const context = new OffscreenCanvas(width, height).getContext("2d", { willReadFrequently: true })!;
    context.drawImage(bitmap, 0, 0);
    return { width, height, channels: 4, data: context.getImageData(0, 0, width, height).data };
  } finally {
    bitmap.close();
  }
}
