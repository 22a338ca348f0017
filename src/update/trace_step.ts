import { describeValue } from "../errors/describe_value.ts";
import { Graph } from "../graph/graph.ts";
import type { TracedOptimizer } from "../optimizers/optimizer.ts";
import { type GraphRequest, lowerGraph } from "../program/lower_graph.ts";
import type { ModelPlace } from "../program/program.ts";
import type { ProgramBuilder } from "../program/program_builder.ts";
import { formatShape } from "../tensor/format_shape.ts";
import type { Shape } from "../tensor/shape.ts";
import type { Symbolic } from "../tensor/symbolic.ts";
import type { UpdateGroup, UpdateLayout } from "./update_layout.ts";

/**
 * Adds weight decay and step of an optimizer that is traced, for every variable. New values are written where the old ones are as soon as
 * nothing reads those any more.
 *
 * @throws {TypeError} If the step leaves a slot out or changes a shape.
 */
export function traceStep(
  builder: ProgramBuilder,
  layout: UpdateLayout,
  optimizer: TracedOptimizer,
  { variables, cells: begin, commonCells }: UpdateGroup,
): void {
  const graph = new Graph();
  const places = new Map<string, ModelPlace>();
  const leaf = (name: string, shape: Shape, block: string, offset: number): Symbolic => {
    places.set(name, { block, offset });
    return graph.variable(name, shape);
  };
  const outputs: GraphRequest["outputs"][number][] = [];
  const cells = leaf("cells", [optimizer.cellCount], "cells", begin);
  for (const variable of variables) {
    const { name, shape, slot, block, offset, elements } = variable;
    if (elements === 0) continue;
    const decay = optimizer.decayOf === undefined ? optimizer.common.weightDecay : optimizer.decayOf(variable);
    let w = leaf(name, shape, block, offset);
    if (decay !== null) {
      const rate = leaf("learning rate", [], "cells", commonCells + 2);
      w = graph.apply("map", [w, rate], { formula: "decay_weights", scalars: { decay }, axis: "parameter" });
    }
    const dw = leaf(`d ${name}`, shape, "gradients", slot);
    const parts = layout.slotsOf(variable).map((own) => [own.name, layout.partAt(`slot/${own.name}`, slot)] as const);
    const slots = Object.fromEntries(
      parts.map(([own, part]) => [own, leaf(`${part.block} ${name}`, part.shape, part.block, part.offset)]),
    );
    const next = optimizer.step(graph, { name, shape, w, dw, slots, cells });
    const put = (what: string, node: unknown, rule: Shape, place: ModelPlace): void => {
      const found = graph.has(node) ? `shape ${formatShape(node.shape)}` : describeValue(node);
      if (!graph.has(node) || formatShape(node.shape) !== formatShape(rule)) {
        throw new TypeError(
          `Cannot trace the step of optimizer ${
            describeValue(optimizer.id)
          }: ${what} of "${name}" must be a tensor of shape ${formatShape(rule)}, got ${found}`,
        );
      }
      outputs.push({ name: `${what} ${name}`, node, place });
    };
    put("w", next?.w, shape, { block, offset });
    for (const [own, { block, shape, offset }] of parts) {
      put(`slot ${own}`, next.slots?.[own], shape, { block, offset });
    }
  }
  lowerGraph(builder, { outputs, locate: ({ attributes }) => places.get(attributes.name as string)! });
}
