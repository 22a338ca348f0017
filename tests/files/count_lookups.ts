/** What looks something up among others by its key: one step. */
const BY_KEY: readonly (readonly [object, readonly string[]])[] = [
  [Set.prototype, ["add", "has"]],
  [Map.prototype, ["get", "has", "set"]],
  [Object, ["hasOwn"]],
];
/** What may look at all that there is: as many steps. */
const BY_SEARCH: readonly (readonly [object, readonly string[]])[] = [
  [Array.prototype, ["includes", "indexOf", "find", "findIndex", "some", "every"]],
  [String.prototype, ["includes", "indexOf"]],
];

/**
 * Runs `action` and returns how many steps its lookups took at most: one for a lookup by key, the length of what is searched for a search.
 * It is the work of a check that must not grow with the square of a file, counted without a clock.
 */
export function countLookups(action: () => void): number {
  let steps = 0;
  const restores: (() => void)[] = [];
  const watch = (home: object, name: string, stepsOf: (self: { length: number }) => number): void => {
    const methods = home as Record<string, (...args: unknown[]) => unknown>;
    const original = methods[name];
    methods[name] = function (this: { length: number }, ...args: unknown[]): unknown {
      steps += stepsOf(this);
      return Reflect.apply(original, this, args);
    };
    restores.push(() => methods[name] = original);
  };
  for (const [home, names] of BY_KEY) for (const name of names) watch(home, name, () => 1);
  for (const [home, names] of BY_SEARCH) for (const name of names) watch(home, name, ({ length }) => length);
  try {
    action();
    return steps;
  } finally {
    for (const restore of restores) restore();
  }
}
