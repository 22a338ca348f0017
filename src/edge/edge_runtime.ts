import { edgeOperations, edgeVersion } from "../kernels/gen/edge_kernels.ts";
import { actions } from "./gen/actions.ts";
import { edgeWasm } from "./gen/wasm.ts";
import { readOperations } from "./operations.ts";
import type { Runtime } from "./runtime.ts";

/** What `retroprop/edge` knows. */
export const edgeRuntime: Runtime = {
  ...readOperations(edgeOperations),
  actions,
  wasm: edgeWasm,
  version: edgeVersion,
  hint: `; "retroprop/edge/blocks" knows more than "retroprop/edge"`,
  modules: {},
};
