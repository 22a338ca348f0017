// What the module of `retroprop/edge/blocks` exports besides its memory: as edge.ts, but its own operations alone.
export { run, version } from "./gen/edge_blocks_dispatch";
export { heapBase } from "./simd/heap_base";
