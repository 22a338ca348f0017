import { checkName } from "../errors/check_name.ts";
import { describeValue } from "../errors/describe_value.ts";

/**
 * Checks what a layer's class calls itself, and the names of its options.
 *
 * @throws {TypeError} If there is no type, as where a class of one's own passes its options on
 */
export function checkLayerType(type: unknown, known: unknown): void {
  if (typeof type !== "string" || type === "" || !Array.isArray(known)) {
    const [what, found] = Array.isArray(known)
      ? ["type must be a non-empty string", type]
      : ["known must be an array", known];
    throw new TypeError(
      `Cannot create layer: ${what}, got ${describeValue(found)}; in its constructor a layer of your own calls ` +
        'super("its_type", options, ["names", "of", "its", "own", "options"])',
    );
  }
  checkName("create layer: type", type, "/");
}
