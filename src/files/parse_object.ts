import { FileFormatError } from "./file_format_error.ts";

/**
 * Parses JSON that must be an object; `what` names it in the error, after `task`.
 *
 * @throws FileFormatError
 */
export function parseObject(text: string, task: string, what: string): Record<string, unknown> {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw new FileFormatError(`${task}: ${what} must be JSON`);
  }
  if (typeof value !== "object" || value === null || Array.isArray(value)) {
    throw new FileFormatError(`${task}: ${what} must be an object`);
  }
  return value as Record<string, unknown>;
}
