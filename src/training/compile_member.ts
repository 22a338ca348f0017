import { MEMBER } from "../program/compose_members.ts";
import { type GraphRequest, lowerGraph } from "../program/lower_graph.ts";
import { ProgramBuilder } from "../program/program_builder.ts";
import type { Program } from "../program/program.ts";
import { applyConstraints } from "../update/apply_constraints.ts";
import type { Network } from "./network.ts";

/**
 * The program of one member of a population, for one thread: constraints move its weights, then come forward pass and loss. Its weights are
 * in the block `MEMBER`, in the layout of gradients.
 */
export function compileMember(network: Network, request: GraphRequest): Program {
  const builder = new ProgramBuilder();
  const trained = network.variables.filter(({ slot }) => slot >= 0);
  const constraints = new Map(trained.flatMap((v) => v.spec.constraint ? [[v.name, v.spec.constraint] as const] : []));
  // Only the place is another one: what lies in a row has no name of its own.
  const places = trained.map((variable) => ({ ...variable, block: MEMBER as "weights", offset: variable.slot }));
  applyConstraints(builder, places, constraints);
  const ports = lowerGraph(builder, {
    ...request,
    locate: (leaf) => {
      const variable = leaf.op === "variable" ? network.variableNamed(leaf.attributes.name as string) : null;
      if (variable === null || variable.slot < 0) return request.locate(leaf);
      return { block: MEMBER, offset: variable.slot };
    },
  });
  return builder.build(ports);
}
