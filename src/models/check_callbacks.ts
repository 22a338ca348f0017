import { describeValue } from "../errors/describe_value.ts";
import { nearestName } from "../errors/nearest_name.ts";
import { type Callback, CALLBACK_HOOKS } from "../training/callback.ts";

/**
 * Checks the callbacks of a fit: a list, or a single one.
 *
 * @returns A copy of the list: the caller's may change while the fit runs.
 * @throws {TypeError} If it is no list of callbacks, a hook is misspelt or no function, or a callback has no hook at all.
 */
export function checkCallbacks(given: Callback | readonly Callback[]): readonly Callback[] {
  const isOne = typeof given === "object" && given !== null && CALLBACK_HOOKS.some((hook) => hook in given);
  const callbacks: readonly Callback[] = isOne ? [given as Callback] : given as readonly Callback[];
  if (!Array.isArray(callbacks)) {
    throw new TypeError(`Cannot fit: callbacks must be an array or a callback, got ${describeValue(callbacks)}`);
  }
  callbacks.forEach(checkCallback);
  return [...callbacks];
}

function checkCallback(callback: unknown): void {
  if (typeof callback !== "object" || callback === null || Array.isArray(callback)) {
    throw new TypeError(
      `Cannot fit: a callback must be an object, got ${describeValue(callback)}${
        Array.isArray(callback) ? "; put its callbacks into the list itself" : ""
      }`,
    );
  }
  if (typeof (callback as { then?: unknown }).then === "function") {
    throw new TypeError(`Cannot fit: a callback must be an object, got ${describeValue(callback)}; await it`);
  }
  const names = listNames(callback);
  for (const name of names) {
    const hook = findHook(name);
    if (hook !== name) {
      if (hook === undefined && !/^on[A-Z_]/.test(name)) continue; // something of the user's own
      const nearest = hook ?? nearestName(name, CALLBACK_HOOKS);
      const hint = nearest === undefined ? ";" : `; did you mean "${nearest}"?`;
      throw new TypeError(
        `Cannot fit: a callback has no ${describeValue(name)}${hint} there are ${CALLBACK_HOOKS.join(", ")}`,
      );
    }
    const given = (callback as Record<string, unknown>)[name];
    if (given !== undefined && typeof given !== "function") {
      throw new TypeError(`Cannot fit: ${name} of a callback must be a function, got ${describeValue(given)}`);
    }
  }
  const isEmpty = names.length === 0 && Object.getPrototypeOf(callback) === Object.prototype;
  if (isEmpty || names.some((name) => findHook(name) !== undefined)) return;
  throw new TypeError(
    `Cannot fit: a callback must have at least one of ${CALLBACK_HOOKS.join(", ")}, got ${describeValue(callback)}`,
  );
}

/** The hook that a name is, or that it is in another spelling: `on_epoch_end`, `OnEpochEnd`. */
function findHook(name: string): string | undefined {
  const plain = (text: string): string => text.toLowerCase().replaceAll("_", "");
  return CALLBACK_HOOKS.find((hook) => plain(hook) === plain(name));
}

/** All names of an object, those of its class included. */
function listNames(object: object): string[] {
  const names = new Set<string>();
  for (let at: object | null = object; at !== null && at !== Object.prototype; at = Object.getPrototypeOf(at)) {
    for (const name of Object.getOwnPropertyNames(at)) names.add(name);
  }
  names.delete("constructor");
  return [...names];
}
