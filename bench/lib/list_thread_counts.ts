import { createXor } from "./create_xor.ts";
import { fitXor } from "./fit_xor.ts";

/** The numbers of threads to measure: 1, and 2 where `fit` has workers and the machine two cores; [undefined] where it has none. */
export async function listThreadCounts(): Promise<(number | undefined)[]> {
  try {
    await fitXor(createXor(0), 1);
  } catch (error) {
    if (error instanceof TypeError && /workers/.test(error.message)) return [undefined];
    throw error;
  }
  return navigator.hardwareConcurrency < 2 ? [1] : [1, 2];
}
