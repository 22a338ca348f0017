/** Unpacks PNG files, for dist/image_decoders.js and tests. @module */
export { decode, encode } from "npm:fast-png@8.0.0";
