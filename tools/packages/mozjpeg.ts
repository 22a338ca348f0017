/** Unpacks JPEG files: MozJPEG as WebAssembly, for dist/image_decoders.js. @module */
// @ts-types="npm:@jsquash/jpeg@1.6.0/codec/dec/mozjpeg_dec.d.ts"
export { default } from "npm:@jsquash/jpeg@1.6.0/codec/dec/mozjpeg_dec.js";
