import { fromHex } from "./from_hex.ts";

/** What a mark means in the fast module: a fused multiply-add, or one that subtracts, or nothing; a relaxed choice between lanes. */
const FAST: readonly (readonly [mark: string, meaning: string])[] = [
  ["fd8f02", "010101"],
  ["fd9002", "fd8502"],
  ["fdc001", "010101"],
  ["fd8e02", "fd8602"],
];
/** What it means in the portable one: a product, a sum, a change of sign, a sum, a choice by bits. */
const PORTABLE: typeof FAST = [
  ["fd8f02", "fde601"],
  ["fd9002", "fde401"],
  ["fdc001", "fde101"],
  ["fd8e02", "fde401"],
  ["fd8b02", "fd5201"],
];

/**
 * The bytes of one of the modules that a text in hexadecimal stands for, which has marks where they differ (`tools/compile_marked.ts`). A product
 * that is added to is an instruction in the portable module, and nothing in the fast one, where the sum has it: the mark is then three of
 * the instructions that do nothing, so that what follows stays where it is.
 */
export function unmarkModule(marked: string, isFast: boolean): Uint8Array<ArrayBuffer> {
  let text = marked;
  for (const [mark, meaning] of isFast ? FAST : PORTABLE) text = text.replaceAll(mark, meaning);
  return fromHex(text);
}
