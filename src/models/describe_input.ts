import type { Port } from "../data/signature.ts";
import type { LayerGraph } from "../layers/layer_graph.ts";

/** What a port says of an input besides its name and its shape: what layers ask of its numbers, and what makes numbers of its strings. */
export function describeInput(graph: LayerGraph, input: number): Pick<Port, "indices" | "raw"> {
  const port = graph.inputs[input];
  if (port.dtype === "float32") {
    const indices = graph.limitsOf(port);
    return indices.length === 0 ? {} : { indices };
  }
  const feeds = graph.feeds.flatMap(({ input: from, output, encoder }) =>
    from === input && encoder !== null ? [{ encoder, indices: graph.limitsOf(output) }] : []
  );
  return { raw: { dtype: port.dtype, feeds } };
}
