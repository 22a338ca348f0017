/** What is used of `process`. */
interface NodeProcess {
  readonly getBuiltinModule?: (id: string) => unknown;
  readonly versions?: { readonly node?: string };
}

/**
 * A module of Node's, which Deno and Bun have too. It is asked for at run time and never named in an import, so that bundlers for browsers
 * need not know of it.
 *
 * @param name The module.
 * @returns The module.
 * @throws {Error} Where there is none, as in a browser.
 */
export async function loadNodeModule<T>(name: `node:${string}`): Promise<T> {
  const { process } = globalThis as { process?: NodeProcess };
  const found = process?.getBuiltinModule?.(name);
  if (found !== undefined) return found as T;
  if (typeof process?.versions?.node !== "string") throw new Error(`There is no ${name} in this runtime`);
  const specifier: string = name; // Node before 20.16
  return await import(/* @vite-ignore */ /* webpackIgnore: true */ specifier) as T;
}
