import {
  blocksOperations,
  edgeOperations,
  sequencesOperations,
  sequencesVersion,
} from "../kernels/gen/edge_kernels.ts";
import { findFault } from "./find_fault.ts";
import { edgeActions } from "./gen/actions.ts";
import { blocksActions } from "./gen/blocks_actions.ts";
import { sequencesActions } from "./gen/sequences_actions.ts";
import { sequencesWasm } from "./gen/sequences_wasm.ts";
import { readOperations } from "./operations.ts";
import { reachOfWalk } from "./reach_of_walk.ts";
import type { Runtime } from "./runtime.ts";

/** What `retroprop/edge/sequences` knows: all operations of compiled models. */
export const sequencesRuntime: Runtime = {
  ...readOperations(edgeOperations + blocksOperations + sequencesOperations, reachOfWalk),
  actions: [...edgeActions, ...blocksActions, ...sequencesActions],
  wasm: sequencesWasm,
  version: sequencesVersion,
  findFault,
  hint: "",
  modules: {},
};
