import { COMPILED_VERSION, type Description } from "./compiled_format.ts";
import { FileFormatError } from "./file_format_error.ts";
import { hasControlCharacters } from "../errors/has_control_characters.ts";
import { countElements, isCount, isShape } from "./is_shape.ts";
import { parseObject } from "./parse_object.ts";

const KEYS = [
  "version",
  "name",
  "inputs",
  "outputs",
  "arenaElements",
  "scratchElements",
  "calls",
  "weights",
  "report",
  "steps",
  "encoder",
];
/** The most calls of a program. */
const MAX_CALLS = 4096;
const WEIGHTS = ["float32", "float16", "int8"];

const all = (value: unknown, is: (item: unknown) => boolean): boolean => Array.isArray(value) && value.every(is);
const isNumber = (value: unknown): boolean => typeof value === "number";
const isText = (value: unknown): boolean => typeof value === "string";
const isName = (value: unknown): boolean => typeof value === "string" && !hasControlCharacters(value);

/**
 * Reads the description of a compiled model, and checks its form: every field that a program needs is there and of its type, and no key
 * is unknown. What calls may reach is the loader's matter.
 *
 * @param text what the metadata hold
 * @param task begins the error: `Cannot load compiled model`
 * @throws FileFormatError
 */
export function parseCompiledDescription(text: unknown, task: string): Description {
  const check: (good: boolean, rule: string) => asserts good = (good, rule) => {
    if (!good) throw new FileFormatError(`${task}: ${rule}`);
  };
  check(typeof text === "string", "the file must come from compileModel");
  const found = parseObject(text, task, "the program");
  const { version, name, inputs, outputs, arenaElements, scratchElements = 0, calls, weights } = found;
  check(
    version === COMPILED_VERSION,
    `the version must be ${COMPILED_VERSION}`,
  );
  check(Object.keys(found).every((key) => KEYS.includes(key)), "there must be no unknown keys");
  check(isName(name), "name must be text without control characters");
  check(isCount(arenaElements) && isCount(scratchElements), "arenaElements must be an integer >= 0");
  for (const [what, ports] of Object.entries({ inputs, outputs })) {
    const { at, name, shape, columns, labels, normalization } =
      (Array.isArray(ports) && ports.length === 1 && ports[0]) || {};
    const good = isCount(at) && isName(name) && isShape(shape) && at + countElements(shape) <= arenaElements &&
      (labels === undefined || all(labels, isText)) && (columns === undefined || all(columns, isText)) &&
      (normalization === undefined || all(normalization?.scale, isNumber) && all(normalization?.offset, isNumber));
    check(good, `${what} must be one { name, shape, at } that lies within the arena`);
  }
  check(
    all(calls, (call) => Array.isArray(call) && isText(call[0])) && (calls as unknown[]).length <= MAX_CALLS,
    `calls must be at most ${MAX_CALLS} arrays that begin with a name`,
  );
  check(WEIGHTS.includes(weights as string), `weights must be one of ${WEIGHTS.join(", ")}`);
  return found as unknown as Description;
}
