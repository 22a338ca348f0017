// What the compiled module exports: run(code) and heapBase(). The kernels are reached through run's function table.
export { run } from "./gen/dispatch";

/** The first byte of the memory that the module's own constants do not use. */
export function heapBase(): usize {
  return __heap_base;
}
