import { FileFormatError } from "./file_format_error.ts";
import type { NamedTensor } from "./named_tensor.ts";
import { quoteName } from "./quote_name.ts";

/**
 * Checks that the tensors cover the `dataBytes` bytes after the header: one after the other in any order, with no
 * overlap, no hole between them and none at the end. `begins[i]` is where the i-th tensor begins.
 *
 * Throws a {@link FileFormatError} that names the tensor at which the rule breaks.
 */
export function checkDataOffsets(
  tensors: ReadonlyMap<string, NamedTensor>,
  begins: readonly number[],
  dataBytes: number,
  task: string,
): void {
  let inOrder = true;
  let index = 0;
  let end = 0;
  tensors.forEach((tensor) => {
    inOrder &&= begins[index++] === end;
    end += tensor.data.byteLength;
  });
  if (!inOrder) checkUnordered([...tensors.values()], begins, task);
  if (end !== dataBytes) {
    throw new FileFormatError(`${task}: the tensors must cover the ${dataBytes} bytes after the header, got ${end}`);
  }
}

/** The same where the header does not list the tensors in the order of their data. */
function checkUnordered(tensors: readonly NamedTensor[], begins: readonly number[], task: string): void {
  const order = tensors.map((_, index) => index);
  order.sort((a, b) => begins[a] - begins[b] || tensors[a].data.byteLength - tensors[b].data.byteLength);
  let end = 0;
  for (const index of order) {
    const { name, data } = tensors[index];
    if (begins[index] !== end) {
      throw new FileFormatError(
        `${task}: tensor ${quoteName(name)}: data must begin where the data before it ends (byte ${end}), ` +
          `got ${begins[index]}: the tensors ${begins[index] < end ? "overlap" : "leave a hole"}`,
      );
    }
    end += data.byteLength;
  }
}
