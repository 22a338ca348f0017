import { fromHex } from "../kernels/from_hex.ts";

/**
 * The bytes of one of the modules that a text in hexadecimal stands for, which has marks where they differ (`tools/compile_edge.ts`). A product
 * that is added to is an instruction in the portable module, and nothing in the fast one, where the sum has it: the mark is then three of
 * the instructions that do nothing, so that what follows stays where it is.
 */
export function unmarkModule(marked: string, isFast: boolean): Uint8Array<ArrayBuffer> {
  const nothing = "010101";
  const meanings: Readonly<Record<string, string>> = isFast
    ? { fd8f02: nothing, fd9002: "fd8502", fdc001: nothing, fd8e02: "fd8602", fd8b02: "fd8b02" } // madd, nmadd, laneselect
    : { fd8f02: "fde601", fd9002: "fde401", fdc001: "fde101", fd8e02: "fde401", fd8b02: "fd5201" }; // mul, add, neg, add, bitselect
  return fromHex(marked.replace(/fd(?:8f02|9002|c001|8e02|8b02)/g, (mark) => meanings[mark]));
}
