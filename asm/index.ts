// What the compiled module exports. The kernels are reached through run's function table.
export { run } from "./gen/dispatch";
export { launch, serve } from "./team";

/** The first byte of the memory that the module's own constants do not use. */
export function heapBase(): usize {
  return __heap_base;
}
