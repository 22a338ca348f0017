import type { CompiledEncoder, Description } from "./compiled_format.ts";
import { FileFormatError } from "./file_format_error.ts";
import { isCount } from "./is_shape.ts";

/**
 * What a compiled model's file says of the values that become numbers first; null if it takes numbers. Settings besides dtype and shape are left
 * as they are.
 *
 * @param task begins the error
 * @throws FileFormatError
 */
export function readCompiledEncoder({ encoder }: Description, task: string): CompiledEncoder | null {
  if (encoder === undefined) return null;
  const { dtype, shape } = (encoder ?? {}) as unknown as Readonly<Record<string, unknown>>;
  const isLength = (length: unknown): boolean => length === null || isCount(length) && length > 0;
  if (
    (dtype === "string" || dtype === "int64") && Array.isArray(shape) && shape.length <= 16 && shape.every(isLength)
  ) {
    return encoder;
  }
  throw new FileFormatError(`${task}: encoder must have dtype and shape`);
}
