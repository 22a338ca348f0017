const TABLE = new Uint32Array(256);
for (let i = 0; i < 256; i++) {
  let word = i;
  for (let bit = 0; bit < 8; bit++) word = word & 1 ? 0xedb88320 ^ (word >>> 1) : word >>> 1;
  TABLE[i] = word;
}

/** The checksum of the chunks of PNG files (ISO 3309). */
export function crc32(bytes: Uint8Array): number {
  let crc = -1;
  for (let i = 0; i < bytes.length; i++) crc = TABLE[(crc ^ bytes[i]) & 0xff] ^ (crc >>> 8);
  return ~crc >>> 0;
}
