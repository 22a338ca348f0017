// What the compiled module exports. The kernels are reached through run's function table.
export { run } from "./gen/dispatch";
export { launch, serve } from "./team";

export { heapBase } from "./simd/heap_base";
