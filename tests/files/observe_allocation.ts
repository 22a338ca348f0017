const BUFFERS = ["ArrayBuffer", "SharedArrayBuffer"] as const;
const ARRAYS = [
  ...["Uint8Array", "Int8Array", "Uint16Array", "Int16Array", "Uint32Array", "Int32Array"],
  ...["Float32Array", "Float64Array", "BigInt64Array", "BigUint64Array"],
];

/**
 * Runs `action` and returns how many bytes it allocated: the growth of the JavaScript heap, with the garbage that is
 * not collected yet, plus the size of every array buffer it made (those lie outside the heap).
 *
 * Buffers are seen because the global constructors are replaced by proxies while `action` runs, so memory that is
 * asked for is counted even when it is never touched.
 */
export function observeAllocation(action: () => void): number {
  const scope = globalThis as unknown as Record<string, new (...args: unknown[]) => { byteLength: number }>;
  const originals = new Map<string, typeof scope[string]>();
  let bufferBytes = 0;
  for (const name of [...BUFFERS, ...ARRAYS]) {
    const original = scope[name];
    originals.set(name, original);
    scope[name] = new Proxy(original, {
      construct(target, args, newTarget) {
        const made = Reflect.construct(target, args, newTarget === scope[name] ? target : newTarget);
        if (!(args[0] instanceof ArrayBuffer || args[0] instanceof SharedArrayBuffer)) bufferBytes += made.byteLength;
        return made;
      },
    });
  }
  const before = Deno.memoryUsage().heapUsed;
  try {
    action();
    return Math.max(0, Deno.memoryUsage().heapUsed - before) + bufferBytes;
  } finally {
    for (const [name, original] of originals) scope[name] = original;
  }
}
