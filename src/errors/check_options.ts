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
 * @throws {TypeError} If `given` is not a plain object (for `adam(0.01)` the message says to write `{ learningRate: 0.01 }`), or has an unknown key:
 *   `Cannot create sgd optimizer: unknown option "lerningRate"; did you mean "learningRate"? Options are: learningRate, momentum`.
 */
export function checkOptions(what: string, given: object | undefined, known: readonly string[]): void {
  if (given === undefined) return;
  if (["number", "string", "boolean"].includes(typeof given)) throw bareValue(what, given, known);
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

/** Options that every layer has, and the name of a metric: what is given bare is none of them. */
const NEVER_BARE = ["name", "inputShape", "trainable"];

/** For `optimizers.adam(0.01)` and `layers.dense(10)`: the first option of its own is most likely meant. */
function bareValue(what: string, given: unknown, known: readonly string[]): TypeError {
  const value = describeValue(given);
  const first = known.find((name) => !NEVER_BARE.includes(name));
  return new TypeError(
    `Cannot ${what}: options must be an object, got ${value}${
      first === undefined ? "" : `; write { ${first}: ${value} }`
    }`,
  );
}
