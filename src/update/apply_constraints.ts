import type { Constraint } from "../constraints/constraint.ts";
import { Graph } from "../graph/graph.ts";
import { lowerGraph } from "../program/lower_graph.ts";
import type { ProgramBuilder } from "../program/program_builder.ts";
import type { VariablePlace } from "../program/variable_place.ts";
import { formatShape } from "../tensor/format_shape.ts";

/**
 * Adds the projection of every variable that has a constraint.
 *
 * @param constraints by the variable's name
 * @throws {TypeError} If a constraint changes the shape.
 */
export function applyConstraints(
  builder: ProgramBuilder,
  variables: readonly VariablePlace[],
  constraints: ReadonlyMap<string, Constraint>,
): void {
  for (const variable of variables) {
    const constraint = constraints.get(variable.name);
    if (constraint === undefined) continue;
    const { name, shape, block, offset } = variable;
    const graph = new Graph();
    const node = constraint.project(graph, graph.variable(name, shape));
    if (formatShape(node.shape) !== formatShape(shape)) {
      const found = `${formatShape(node.shape)} for ${name} ${formatShape(shape)}`;
      throw new TypeError(`Cannot apply constraint ${constraint.id}: the shape must stay, got ${found}`);
    }
    const place = { block, offset };
    lowerGraph(builder, { outputs: [{ name, node, place }], locate: () => place });
  }
}
