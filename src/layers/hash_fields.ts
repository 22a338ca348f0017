import { checksumOf } from "../files/checksum.ts";
import type { NamedTensor } from "../files/named_tensor.ts";
import type { Json } from "../tensor/json.ts";

/** A short text for options and tensors: equal for equal ones, and with others once in 2^64 times. */
export function hashFields(fields: Readonly<Record<string, Json>>, tensors: readonly NamedTensor[]): string {
  const text = JSON.stringify(fields);
  const named = new Map(tensors.map((tensor) => [tensor.name, tensor]));
  return `${text} ${checksumOf(`0${text}`, named)}${checksumOf(`1${text}`, named)}`;
}
