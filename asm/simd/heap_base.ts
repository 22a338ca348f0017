/** The first byte of the memory that the module's own constants do not use. */
export function heapBase(): usize {
  return __heap_base;
}
