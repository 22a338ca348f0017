import { FileFormatError } from "./file_format_error.ts";
import type { NamedTensor } from "./named_tensor.ts";
import { quoteName } from "./quote_name.ts";

/**
 * Checks that the tensors cover the `dataBytes` bytes after the header: one after the other in any order, with no
 * overlap, no hole between them and none at the end. `begins[i]` is where `tensors[i]` begins.
 *
 * Throws a {@link FileFormatError} that names the tensor at which the rule breaks.
 */
export function checkDataOffsets(
  tensors: ReadonlyMap<string, NamedTensor>,
  begins: readonly number[],
  dataBytes: number,
  task: string,
): void {
  const list = [...tensors.values()];
  const order = list.map((_, index) => index);
  const inOrder = begins.every((begin, index) => index === 0 || begins[index - 1] + bytesOf(index - 1) === begin);
  if (!inOrder) order.sort((a, b) => begins[a] - begins[b] || bytesOf(a) - bytesOf(b));
  let end = 0;
  for (const index of order) {
    if (begins[index] !== end) {
      throw new FileFormatError(
        `${task}: tensor ${
          quoteName(list[index].name)
        }: data must begin where the data before it ends (byte ${end}), ` +
          `got ${begins[index]}: the tensors ${begins[index] < end ? "overlap" : "leave a hole"}`,
      );
    }
    end += bytesOf(index);
  }
  if (end !== dataBytes) {
    throw new FileFormatError(`${task}: the tensors must cover the ${dataBytes} bytes after the header, got ${end}`);
  }

  function bytesOf(index: number): number {
    return list[index].data.byteLength;
  }
}
