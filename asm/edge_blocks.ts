// What the module of `retroprop/edge/blocks` exports besides its memory: as edge.ts.
export { run, version } from "./gen/edge_blocks_dispatch";
export { heapBase } from "./edge";
