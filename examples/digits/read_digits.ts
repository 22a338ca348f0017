import { readIdx } from "retroprop";

/** Handwritten digits. */
export interface Digits {
  /** 8 × 8 pixels each, from 0 to 16, one image after the other. */
  readonly images: Uint8Array;
  /** Which digit each is. */
  readonly labels: Uint8Array;
}

const DATA = new URL("../data/", import.meta.url);

/** Reads the digits of examples/data: 1,797 images of 8 × 8 pixels; examples/data/README.md says where they come from. */
export async function readDigits(): Promise<Digits> {
  const [images, labels] = await Promise.all(["images-idx3", "labels-idx1"].map(async (name) => {
    const { data } = await readIdx(await Deno.readFile(new URL(`digits-${name}-ubyte.gz`, DATA)));
    return data as Uint8Array;
  }));
  return { images, labels };
}
