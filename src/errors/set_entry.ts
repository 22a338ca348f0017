/**
 * Sets an entry of an object whose names come from outside, as `object[name] = value` does, but also where the name is one that all objects
 * inherit: `__proto__` would set the object's prototype.
 *
 * @param object The object.
 * @param name Any name.
 * @param value Its value.
 */
export function setEntry<T>(object: Record<string, T>, name: string, value: T): void {
  Object.defineProperty(object, name, { value, writable: true, enumerable: true, configurable: true });
}
