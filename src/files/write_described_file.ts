import { CHECKSUM_KEY, checksumOf } from "./checksum.ts";
import type { NamedTensor } from "./named_tensor.ts";
import { writeSafetensors } from "./write_safetensors.ts";

/** A safetensors file whose metadata say under `key` what the tensors are, as JSON, and hold the checksum of both. */
export function writeDescribedFile(
  tensors: readonly NamedTensor[],
  key: string,
  description: unknown,
): Uint8Array<ArrayBuffer> {
  const text = JSON.stringify(description);
  const checksum = checksumOf(text, new Map(tensors.map((tensor) => [tensor.name, tensor])));
  return writeSafetensors(tensors, { [key]: text, [CHECKSUM_KEY]: checksum });
}
