type Ask = (descriptor: { name: "read" | "write"; path: string | URL }) => { readonly state: string };

/** The part of Deno that knows permissions; undefined in other runtimes, which have none. */
function findPermissions(): { readonly querySync: Ask; readonly requestSync: Ask } | undefined {
  return (globalThis as { Deno?: { permissions?: { querySync: Ask; requestSync: Ask } } }).Deno?.permissions;
}

/** Whether this process may read or write a path, without asking anybody. */
export function isGranted(name: "read" | "write", path: string | URL): boolean {
  return (findPermissions()?.querySync({ name, path }).state ?? "granted") === "granted";
}

/** The same; Deno asks on a terminal where it is not decided. */
export function requestPermission(name: "read" | "write", path: string | URL): boolean {
  return isGranted(name, path) || findPermissions()!.requestSync({ name, path }).state === "granted";
}
