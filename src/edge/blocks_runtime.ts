import { blocksOperations, blocksVersion, edgeOperations } from "../kernels/gen/edge_kernels.ts";
import { edgeActions } from "./gen/actions.ts";
import { blocksActions } from "./gen/blocks_actions.ts";
import { blocksWasm } from "./gen/blocks_wasm.ts";
import { readOperations } from "./operations.ts";
import { findFault } from "./find_fault.ts";
import { reachOfWalk } from "./reach_of_walk.ts";
import type { Runtime } from "./runtime.ts";

/** What `retroprop/edge/blocks` knows: all that `retroprop/edge` does, and more. */
export const blocksRuntime: Runtime = {
  ...readOperations(edgeOperations + blocksOperations, reachOfWalk),
  actions: [...edgeActions, ...blocksActions],
  wasm: blocksWasm,
  version: blocksVersion,
  findFault,
  hint: `; "retroprop/edge/sequences" knows more`,
  modules: {},
};
