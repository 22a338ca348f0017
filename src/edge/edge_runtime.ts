import { edgeOperations, edgeVersion } from "../kernels/gen/edge_kernels.ts";
import { edgeActions } from "./gen/actions.ts";
import { edgeWasm } from "./gen/wasm.ts";
import { readOperations } from "./operations.ts";
import type { Runtime } from "./runtime.ts";

/** What `retroprop/edge` knows. */
export const edgeRuntime: Runtime = {
  ...readOperations(edgeOperations),
  actions: edgeActions,
  wasm: edgeWasm,
  version: edgeVersion,
  hint: `; "retroprop/edge/blocks" knows more, "retroprop/edge/sequences" all`,
  modules: {},
};
