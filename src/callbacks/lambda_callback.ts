import { checkOptions } from "../errors/check_options.ts";
import { checkString } from "../errors/check_string.ts";
import { describeValue } from "../errors/describe_value.ts";
import { type Callback, CALLBACK_HOOKS } from "../training/callback.ts";

/**
 * A callback made of functions: `lambdaCallback({ onEpochEnd: (epoch, logs) => console.log(epoch, logs.loss) })`. `fit` takes
 * such an object as it is, too; this checks it where it is written.
 *
 * @param hooks The functions.
 * @returns The callback.
 * @throws {TypeError} If there is a name that no callback has, or something is not a function.
 */
export function lambdaCallback(hooks: Callback): Callback {
  const what = "create lambdaCallback callback";
  checkOptions(what, hooks, [...CALLBACK_HOOKS, "name"]);
  for (const [name, hook] of Object.entries(hooks ?? {})) {
    if (name === "name") checkString<string>(what, name, hook);
    else if (hook !== undefined && typeof hook !== "function") {
      throw new TypeError(`Cannot ${what}: ${name} must be a function, got ${describeValue(hook)}`);
    }
  }
  return { ...hooks };
}
