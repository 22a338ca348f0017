/**
 * Throws an `Error` on a big-endian machine, where typed arrays do not have the byte order of our files.
 *
 * Every machine that Deno, Node, Bun, Cloudflare and the browsers run on today (x86-64, arm64, riscv64) is
 * little-endian, and so is WebAssembly's memory; s390x builds of Node are the exception that this is for.
 */
export function assertLittleEndian(): void {
  if (new Uint8Array(Uint16Array.of(1).buffer)[0] === 1) return;
  throw new Error("Cannot read or write tensors: the machine must be little-endian, but this one is big-endian");
}
