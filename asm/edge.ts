// What the edge runtime's module exports besides its memory: run(code), version() and heapBase().
export { run, version } from "./gen/edge_dispatch";
export { heapBase } from "./simd/heap_base";
