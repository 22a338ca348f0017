import type { Dataset } from "../../data/dataset.ts";
import { sizeOf } from "../../tensor/size_of.ts";
import type { AnyModel } from "./internals_of.ts";
import type { TracedGraph } from "./traced_graph.ts";

/** The inputs of a traced batch, by name, filled with samples: `x/0`, `y/0`, `scale/0`, … */
export function fillInputs(
  { trainer }: AnyModel,
  { graph }: TracedGraph,
  samples: Dataset,
): ReadonlyMap<string, Float32Array> {
  const inputs = new Map(
    graph.nodes.filter(({ op }) => op === "input")
      .map(({ attributes, shape }) => [attributes.name as string, new Float32Array(sizeOf(shape))]),
  );
  const buffers = {
    holdsInputs: false,
    // What no value depends on has no node.
    input: (name: string): Float32Array => inputs.get(name)!,
    output: (): never => {
      throw new Error("nothing was computed");
    },
    hasOutput: () => false,
  };
  trainer.compiled.objective.fillScale(buffers, samples.fill(buffers, null, 0, samples.count), false);
  return inputs;
}
