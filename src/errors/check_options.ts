import { camelCase } from "./camel_case.ts";
import { checkPlainObject } from "./check_plain_object.ts";
import { describeValue } from "./describe_value.ts";
import { nearestName } from "./nearest_name.ts";

/**
 * Refuses options that do not exist, and names the one that was probably meant.
 * Only own keys count, so `__proto__` and `constructor` are unknown options like any other. A key whose value is
 * undefined counts as not given, if its name is known.
 *
 * @param what What is being done, as a verb phrase: `create dense layer`.
 * @param given The options object, or undefined for none.
 * @param known The names of the options that exist.
 * @throws {TypeError} If `given` is not a plain object, or has an unknown key:
 *   `Cannot create sgd optimizer: unknown option "lerningRate"; did you mean "learningRate"? Options are: learningRate, momentum`.
 */
export function checkOptions(what: string, given: object | undefined, known: readonly string[]): void {
  if (given === undefined) return;
  checkPlainObject(what, "options must be an object", given);
  for (const key of Object.keys(given)) {
    if (!known.includes(key)) throw unknownOption(what, key, known);
  }
}

function unknownOption(what: string, key: string, known: readonly string[]): TypeError {
  const start = `Cannot ${what}: unknown option ${describeValue(key)}`;
  if (known.length === 0) return new TypeError(`${start}; there are no options`);
  const camel = camelCase(key);
  const list = `Options are: ${known.join(", ")}`;
  if (camel !== key && known.includes(camel)) {
    return new TypeError(`${start}; options are camelCase: use ${camel}. ${list}`);
  }
  const nearest = nearestName(key, known);
  return new TypeError(nearest === undefined ? `${start}. ${list}` : `${start}; did you mean "${nearest}"? ${list}`);
}
