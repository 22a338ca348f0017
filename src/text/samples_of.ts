import type { RawTensor } from "../tensor/raw_tensor.ts";
import type { Token } from "./token.ts";

/** The samples of data, each as the list of all its values. */
export function* samplesOf<T extends Token>({ values, shape: [count] }: RawTensor): Iterable<readonly T[]> {
  const length = values.length / count;
  for (let at = 0; at < values.length; at += length) {
    yield values.slice(at, at + length) as readonly Token[] as readonly T[];
  }
}
