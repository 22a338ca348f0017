import { emitDelta } from "./emit_delta.ts";

/**
 * Two builds of one source as constants of a TypeScript file: the portable module in hexadecimal, and what makes it the fast one.
 * `unpackModule` reads them.
 */
export function emitModules(portable: Uint8Array, fast: Uint8Array): string {
  return `/** The portable module in hexadecimal. */\nexport const portableWasm: string =\n  "${portable.toHex()}";\n\n` +
    "/** What makes it the fast module: `keep,skip,insert` for every change. */\n" +
    `export const fastDelta: string =\n  "${emitDelta(portable, fast)}";\n`;
}
