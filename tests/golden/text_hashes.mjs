// FarmHash64 of texts of all kinds of length, by Google's own code in WebAssembly: `npm install farmhash-modern@1.1.0`, then
// `node tests/golden/text_hashes.mjs`. Writes text_hashes.json beside this file: [text, fingerprint in decimals].
import { fingerprint64 } from "farmhash-modern";
import { writeFileSync } from "node:fs";

const letters = "abcdefghijklmnopqrstuvwxyzäöüß€漢字😀 0123456789";
const lengths = [
  0,
  1,
  2,
  3,
  4,
  5,
  7,
  8,
  9,
  15,
  16,
  17,
  24,
  31,
  32,
  33,
  48,
  63,
  64,
  65,
  66,
  100,
  127,
  128,
  129,
  200,
  257,
];
const texts = lengths.flatMap((length) =>
  [1, 7].map((step) => Array.from({ length }, (_, i) => Array.from(letters)[(i * step + length) % 40]).join(""))
);
const rows = texts.map((text) => JSON.stringify([text, String(fingerprint64(text))]));
writeFileSync(new URL("text_hashes.json", import.meta.url), `[\n${rows.join(",\n")}\n]\n`);
