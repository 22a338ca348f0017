/**
 * The entry of an object whose names come from outside; undefined if it has none, also where all objects inherit something of that name:
 * `constructor`, `toString`.
 *
 * @param object The object.
 * @param name Any name.
 */
export function findEntry<T>(object: Readonly<Record<string, T>>, name: string): T | undefined {
  return Object.hasOwn(object, name) ? object[name] : undefined;
}
