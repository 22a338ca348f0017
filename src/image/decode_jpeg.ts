import { FileFormatError } from "../files/file_format_error.ts";
import type { JpegFile } from "./jpeg_file.ts";
import { type JpegDecoder, loadDecoders } from "./load_decoders.ts";
import type { Pixels } from "./pixels.ts";

let compiled: Promise<WebAssembly.Module> | null = null;
let ready: Promise<JpegDecoder> | null = null;
/** What the library told of the file that it was given. */
let told: string[] = [];

/**
 * The pixels of a JPEG file.
 *
 * @throws {FileFormatError} If it is damaged so that the library gives up, or its pixels end too early.
 */
export async function decodeJpeg(bytes: Uint8Array, { width, height }: JpegFile, task: string): Promise<Pixels> {
  ready ??= start();
  const decoder = await ready;
  told = [];
  let data: Uint8ClampedArray | null = null;
  let cause: unknown;
  try {
    const image = decoder.decode(bytes, false);
    if (image.width === width && image.height === height) data = image.data;
  } catch (error) {
    cause = error;
  }
  const reasons = told;
  if (data !== null && !reasons.some((text) => text.startsWith("Premature end"))) {
    return { width, height, channels: 4, data };
  }
  ready = null; // what gave up in the midst of its work is not used again
  const reason = reasons[0] ?? "the library gives no reason";
  throw new FileFormatError(`${task}: the JPEG file is damaged: ${reason}`, { cause });
}

async function start(): Promise<JpegDecoder> {
  const { createJpegDecoder, jpegWasm } = await loadDecoders();
  compiled ??= compile(jpegWasm);
  const module = await compiled;
  const tell = (text: unknown): void => void told.push(String(text));
  return await createJpegDecoder({
    noInitialRun: true,
    print: tell,
    printErr: tell,
    instantiateWasm: (imports: WebAssembly.Imports, receive: (instance: WebAssembly.Instance) => void) => {
      const instance = new WebAssembly.Instance(module, imports);
      receive(instance);
      return instance.exports;
    },
  });
}

async function compile(text: string): Promise<WebAssembly.Module> {
  const packed = Uint8Array.from(atob(text), (character) => character.charCodeAt(0));
  const unpacked = new Blob([packed]).stream().pipeThrough(new DecompressionStream("deflate-raw"));
  return WebAssembly.compile(await new Response(unpacked).arrayBuffer());
}
