import { placeParts } from "../tensor/place_parts.ts";
import { type Argument, at, byBatch, count, type Lowering, none, ofRank, read, write } from "../ops/op.ts";
import { namedInputs, recurrentSizes } from "../ops/recurrent_geometry.ts";
import { TRACED_ROWS } from "./inference_graph.ts";
import { recurrentCells } from "./is_recurrence.ts";

/** Elements of working memory that a cell takes besides what is multiplied. */
const CELL_WORK = 80;

/**
 * A recurrent layer in operations of the edge runtime, whose loader packs the recurrent kernel.
 *
 * @throws {RangeError} for activations that it has not
 */
export function lowerRecurrence({ node, output, inputs: [z, kernel, ...others], call, scratch }: Lowering): void {
  const { attributes } = node;
  const cell = recurrentCells[node.op], { hasCell, hasInner } = cell, hasGates = cell.gates > 1;
  const sizes = recurrentSizes(cell, node.inputs[0].shape, node.inputs[1].shape, attributes);
  const { steps, units, outputs } = sizes;
  const rows = sizes.rows / TRACED_ROWS, width = cell.gates * units;
  const work = CELL_WORK + (cell.products.length > 1 ? 2 * width + units : width);
  const { offsets } = placeParts(node.parts!);
  const given = namedInputs(attributes, others);
  const input = (name: string, stride: number): Argument => {
    const ref = given(name);
    return ref === undefined ? none : read(ref, stride);
  };
  const isPlain = (name: string, usual: string): number => {
    const activation = attributes[name] as { readonly formula: string } | null;
    if (activation === null) return 1;
    if (activation.formula === usual) return 0;
    throw new RangeError(
      `Cannot compile model: ${node.op} of layer "${node.layer}" must have ${usual} or linear as its ${name} there, got ${activation.formula}`,
    );
  };
  call(node.op, [
    write(at(output, offsets[0]), rows * outputs * units),
    write(at(output, offsets[1]), rows * units),
    ...hasCell ? [write(at(output, offsets[2]), rows * units)] : [],
    read(z, rows * steps * width),
    read(kernel, 0),
    ...hasInner ? [input("bias", 0)] : [],
    input("h0", rows * units),
    ...hasCell ? [input("c0", rows * units)] : [],
    input("mask", rows * steps),
    ofRank(scratch(work), work),
    count(rows),
    steps,
    units,
    ...hasGates ? [width] : [],
    outputs,
    isPlain("activation", "tanh"),
    ...hasGates ? [isPlain("recurrentActivation", "sigmoid")] : [],
    attributes.reverse ? 1 : 0,
    attributes.zeroOutput ? 1 : 0,
  ], byBatch(TRACED_ROWS));
}
