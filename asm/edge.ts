// What the edge runtime's module exports besides its memory: run(code), version() and heapBase().
export { run, version } from "./gen/edge_dispatch";

/** The first byte of the memory that the module's own constants do not use. */
export function heapBase(): usize {
  return __heap_base;
}
