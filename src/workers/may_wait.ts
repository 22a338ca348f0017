/** Whether this thread may sleep: all but a browser's main thread. */
export function mayWait(scope: object = globalThis): boolean {
  return (scope as { document?: unknown }).document === undefined;
}
