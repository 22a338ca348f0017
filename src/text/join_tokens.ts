import type { Token } from "./token.ts";

/** The byte behind a token: UTF-8 never has it. */
export const END = 255;

/** Tokens as their bytes in UTF-8, integers as their decimals, each with the byte 255 behind it. */
export function joinTokens(tokens: readonly Token[]): Uint8Array<ArrayBuffer> {
  const encoder = new TextEncoder();
  const parts = tokens.map((token) => encoder.encode(String(token)));
  const bytes = new Uint8Array(parts.reduce((sum, part) => sum + part.length + 1, 0));
  let at = 0;
  for (const part of parts) {
    bytes.set(part, at);
    at += part.length + 1;
    bytes[at - 1] = END;
  }
  return bytes;
}
