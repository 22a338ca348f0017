import { opNamed } from "../ops/table.ts";
import type { Symbolic } from "../tensor/symbolic.ts";

/**
 * The nodes that are computed along with their only input: reader's id → the input.
 *
 * @param order the nodes of a program, in order
 * @param kept the ids of nodes whose values are read after the run
 */
export function fuseNodes(order: readonly Symbolic[], kept: ReadonlySet<number>): Map<number, Symbolic> {
  const readers = new Map<number, number>();
  for (const { inputs } of order) for (const { id } of inputs) readers.set(id, (readers.get(id) ?? 0) + 1);
  const fusions = new Map<number, Symbolic>();
  for (const reader of order) {
    const node = reader.inputs[0];
    if (reader.inputs.length !== 1 || readers.get(node.id) !== 1 || kept.has(node.id)) continue;
    if (opNamed(node.op).fuses?.(node, reader)) fusions.set(reader.id, node);
  }
  return fusions;
}
