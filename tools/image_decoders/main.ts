/** What dist/image_decoders.js is made of. @module */
export { decode as decodePng } from "../packages/fast_png.ts";
export { default as createJpegDecoder } from "../packages/mozjpeg.ts";
