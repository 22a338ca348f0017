import { type Expression, substitute, vector } from "../../formula/expression.ts";
import type { ReferenceValue } from "../../ops/op.ts";
import { placeParts } from "../../tensor/place_parts.ts";
import type { Shape } from "../../tensor/shape.ts";
import { sizeOf } from "../../tensor/size_of.ts";
import type { Symbolic } from "../../tensor/symbolic.ts";
import type { TracedGraph } from "../trace/traced_graph.ts";

/** Ops by the inputs that they are affine in: y changes by what the op makes of the change alone. */
const AFFINE: Readonly<Record<string, readonly number[] | "all">> = {
  average_pool: [0],
  batch_matmul: "all",
  broadcast_columns: [0],
  broadcast_rows: [0],
  concatenate: "all",
  conv: "all",
  conv_input: "all",
  depthwise: "all",
  depthwise_input: "all",
  dropout: [0],
  flip: [0],
  gather: [0],
  interpolate: [0],
  noise: [0],
  pad: [0],
  part: [0],
  repeat: [0],
  reshape: [0],
  scale_by: "all",
  scale_columns: "all",
  scale_rows: "all",
  slice: [0],
  sum_all: [0],
  sum_columns: [0],
  sum_repeats: [0],
  sum_rows: [0],
  transpose: [0],
  weighted_sum: "all",
};

/** Those that are products of their first two inputs, and linear in each. */
export const PRODUCTS: ReadonlySet<string> = new Set([
  "batch_matmul",
  "conv",
  "conv_input",
  "depthwise",
  "depthwise_input",
  "matmul",
  "scale_by",
  "scale_columns",
  "scale_rows",
  "weighted_sum",
]);

/** With more outputs than so many to look at one by one, derivatives of an op that is not affine are taken by differences. */
const MOST_ROWS = 64;

/** How far apart the points of a difference lie, for values around 1: the error is of the order of its fourth power. */
const STEP = 1e-3;

/** A direction in which a value moves, and the places that can move in it, even if they do not at the values that there are. */
export interface Tangent {
  readonly moves: Float64Array;
  readonly reached: Uint8Array;
}

/** The derivative of an elementwise formula by one of its vectors; it may name the result, `y`. */
export function slopeOf({ internals }: Pick<TracedGraph, "internals">, formula: string, by: string): Expression | null {
  const { forward, by: differentiable, gradients } = internals.formulaRowOf(formula);
  if (!differentiable.includes(by)) return null;
  const y = forward.outputs["y"];
  return gradients[by] ?? substitute(internals.derive(y, by), y, vector("y"));
}

/**
 * How the result of one op moves when its inputs move, in float64 at given values.
 *
 * Elementwise formulas are derived. An op that is affine in the input is evaluated for the movement. Of the others one output after the other is
 * asked for its derivatives, by the op's own backward pass for a unit gradient; where there are many, a difference of five points is taken.
 */
export class LocalDerivatives {
  readonly #traced: TracedGraph;
  readonly #values: ReadonlyMap<number, Float64Array>;
  readonly #reachesLoss: (id: number) => boolean;
  /** The backward passes of ops that were asked for, by the number of the node: what flows in, and out to each input. */
  readonly #backward: Map<number, { dy: readonly (Symbolic | null)[]; back: readonly (Symbolic | null)[] }> = new Map();

  /**
   * @param values of the nodes of the forward pass
   * @param reachesLoss whether the loss depends on a node: to results of an op that it does not depend on nothing can flow back
   */
  constructor(
    traced: TracedGraph,
    values: ReadonlyMap<number, Float64Array>,
    reachesLoss: (id: number) => boolean,
  ) {
    this.#traced = traced;
    this.#values = values;
    this.#reachesLoss = reachesLoss;
  }

  /** The movement of a node, from those of its inputs; null for one that does not move. */
  push(node: Symbolic, tangents: readonly (Tangent | null)[]): Tangent {
    if (node.op === "map") return this.#pushFormula(node, tangents);
    if (node.op === "matmul") return this.#pushProduct(node, tangents);
    const affine = AFFINE[node.op] ?? [];
    const size = sizeOf(node.shape);
    const moves = new Float64Array(size);
    const reached = new Uint8Array(size);
    const others = tangents.map((tangent, slot) => {
      if (tangent === null) return null;
      if (affine !== "all" && !affine.includes(slot)) return tangent;
      this.#pushAffine(node, slot, tangent).forEach((move, i) => moves[i] += move);
      const ones = (at: number, data: Float64Array): Float64Array =>
        at !== slot && (affine === "all" || affine.includes(at)) ? data.map(() => 1) : data;
      this.#pushAffine(node, slot, { ...tangent, moves: Float64Array.from(tangent.reached) }, ones)
        .forEach((move, i) => reached[i] |= move === 0 ? 0 : 1);
      return null;
    });
    if (others.some((each) => each !== null)) {
      const further = this.#pushAny(node, others);
      further.forEach((move, i) => {
        moves[i] += move;
        if (move !== 0) reached[i] = 1;
      });
    }
    return { moves, reached };
  }

  #pushFormula(node: Symbolic, tangents: readonly (Tangent | null)[]): Tangent {
    const { inputs, attributes } = node;
    const { formulaRowOf, evaluate } = this.#traced.internals;
    const { forward } = formulaRowOf(attributes.formula as string);
    const y = this.#valueOf(node);
    const moves = new Float64Array(y.length);
    const reached = new Uint8Array(y.length);
    const values: Record<string, number> = { ...(attributes.scalars as Record<string, number> | undefined) };
    const cells = inputs.slice(forward.vectors.length).flatMap((input) => [...this.#valueOf(input)]);
    forward.cells.forEach((name, i) => values[name] = cells[i]);
    const vectors = inputs.slice(0, forward.vectors.length).map((input) => this.#valueOf(input));
    tangents.forEach((tangent, slot) => {
      const slope = tangent === null
        ? null
        : slopeOf(this.#traced, attributes.formula as string, forward.vectors[slot]);
      if (tangent === null || slope === null) return;
      for (let i = 0; i < y.length; i++) {
        if (tangent.reached[i] === 0) continue;
        forward.vectors.forEach((name, j) => values[name] = vectors[j][i]);
        values.y = y[i];
        const factor = evaluate(slope, values);
        // What does not move stays where it is, however steep it is there.
        if (tangent.moves[i] !== 0) moves[i] += factor * tangent.moves[i];
        reached[i] = 1;
      }
    });
    return { moves, reached };
  }

  /** A product of matrices, of which only what moves is computed: that is one element, mostly. */
  #pushProduct(node: Symbolic, tangents: readonly (Tangent | null)[]): Tangent {
    const { inputs: [a, b], attributes: { transposeA, transposeB }, shape } = node;
    const width = shape[shape.length - 1];
    const size = sizeOf(shape);
    const [rows, inner] = [size / width, sizeOf(b.shape) / width];
    const [valuesA, valuesB] = [this.#valueOf(a), this.#valueOf(b)];
    const moves = new Float64Array(size);
    const reached = new Uint8Array(size);
    const add = (at: number, move: number): void => {
      moves[at] += move;
      reached[at] = 1;
    };
    tangents.forEach((tangent, slot) =>
      tangent?.moves.forEach((move, e) => {
        if (tangent.reached[e] === 0) return;
        if (slot === 0) {
          const [row, k] = transposeA ? [e % rows, Math.floor(e / rows)] : [Math.floor(e / inner), e % inner];
          for (let j = 0; j < width; j++) {
            add(row * width + j, move * valuesB[transposeB ? j * inner + k : k * width + j]);
          }
          return;
        }
        const [k, j] = transposeB ? [e % inner, Math.floor(e / inner)] : [Math.floor(e / width), e % width];
        for (let row = 0; row < rows; row++) {
          const by = slot === 2 ? 1 : valuesA[transposeA ? k * rows + row : row * inner + k];
          add(row * width + (slot === 2 ? e : j), move * by);
        }
      })
    );
    return { moves, reached };
  }

  /** op(… movement …) − op(… 0 …): what of an affine op is not moved goes out again. */
  #pushAffine(
    node: Symbolic,
    slot: number,
    { moves }: Tangent,
    change: (at: number, data: Float64Array) => Float64Array = (_, data) => data,
  ): Float64Array {
    const inputs = node.inputs.map((input, at): ReferenceValue => {
      return { shape: input.shape, data: at === slot ? moves : change(at, this.#valueOf(input)) };
    });
    const op = this.#traced.internals.opNamed(node.op);
    const result = op.evaluate(inputs, node);
    const isLinear = node.inputs.length === 1 ? node.op !== "pad" : node.inputs.length === 2 && PRODUCTS.has(node.op);
    if (isLinear) return result;
    inputs[slot] = { ...inputs[slot], data: new Float64Array(moves.length) };
    const rest = op.evaluate(inputs, node);
    return result.map((each, i) => each - rest[i] || 0); // NaN where a row is missing
  }

  /** The movement of an op that may be anything. */
  #pushAny(node: Symbolic, tangents: readonly (Tangent | null)[]): Float64Array {
    const values = node.inputs.map((input) => this.#valueOf(input));
    const op = this.#traced.internals.opNamed(node.op);
    let largest = 0;
    for (const tangent of tangents) tangent?.moves.forEach((move) => largest = Math.max(largest, Math.abs(move)));
    const moved = new Float64Array(sizeOf(node.shape));
    if (largest === 0) return moved;
    const step = STEP / largest;
    const at = (steps: number): Float64Array =>
      op.evaluate(
        node.inputs.map(({ shape }, slot) => {
          const moves = tangents[slot]?.moves;
          return {
            shape,
            data: moves === undefined ? values[slot] : values[slot].map((v, i) => v + steps * step * moves[i]),
          };
        }),
        node,
      );
    const [before, here, behind] = [at(-1), at(0), at(1)];
    const rows = [...here.keys()].filter((i) => before[i] !== here[i] || behind[i] !== here[i]);
    if (rows.length <= MOST_ROWS) {
      for (const row of rows) moved[row] = this.#moveOfRow(node, row, tangents);
      return moved;
    }
    const [farBefore, farBehind] = [at(-2), at(2)];
    return moved.map((_, i) => (8 * (behind[i] - before[i]) - (farBehind[i] - farBefore[i])) / (12 * step));
  }

  /**
   * The element of the other factor that an element of one is multiplied with for an output of a product; null if there are several, or none.
   *
   * @param slot 0 or 1: the factor that the element belongs to
   */
  partnerOf(node: Symbolic, slot: number, element: number, output: number): number | null {
    const { dy, back } = this.#backwardOf(node);
    const gradient = back[1 - slot];
    if (gradient === null || gradient === undefined) return null;
    const unit = (size: number, at: number): Float64Array => {
      const values = new Float64Array(size);
      values[at] = 1;
      return values;
    };
    const known = new Map([[dy[0]!.id, unit(sizeOf(node.shape), output)]]);
    known.set(node.inputs[slot].id, unit(sizeOf(node.inputs[slot].shape), element));
    const found = [...this.#evaluate(gradient, known).entries()].filter(([, each]) => each !== 0);
    return found.length === 1 && found[0][1] === 1 ? found[0][0] : null;
  }

  /** The backward pass of a node: what flows in, and out to each input. */
  #backwardOf(node: Symbolic): { dy: readonly (Symbolic | null)[]; back: readonly (Symbolic | null)[] } {
    const { graph, internals } = this.#traced;
    let made = this.#backward.get(node.id);
    if (made === undefined) {
      const op = internals.opNamed(node.op);
      const unit = (part: number, shape: Shape): Symbolic => graph.input(`unit/${node.id}/${part}`, shape);
      let dy: (Symbolic | null)[];
      let back: readonly (Symbolic | null)[];
      if ("shapes" in op) {
        dy = node.parts!.map((shape, part) => this.#isPartRead(node, part) ? unit(part, shape) : null);
        back = op.differentiate(graph, node, dy);
      } else {
        dy = [unit(0, node.shape)];
        back = op.differentiate(graph, node, dy[0]!);
      }
      made = { dy, back };
      this.#backward.set(node.id, made);
    }
    return made;
  }

  /** ∂output/∂inputs of one output of a node, by its backward pass, times the movement. */
  #moveOfRow(node: Symbolic, row: number, tangents: readonly (Tangent | null)[]): number {
    const { dy, back } = this.#backwardOf(node);
    const known = new Map<number, Float64Array>();
    const { offsets } = placeParts(node.parts ?? [node.shape]);
    dy.forEach((each, part) => {
      if (each === null) return;
      const unit = new Float64Array(sizeOf(each.shape));
      if (row >= offsets[part] && row < offsets[part] + unit.length) unit[row - offsets[part]] = 1;
      known.set(each.id, unit);
    });
    let move = 0;
    tangents.forEach((tangent, slot) => {
      const gradient = back[slot];
      if (tangent === null || gradient === null || gradient === undefined) return;
      const derivatives = this.#evaluate(gradient, known);
      tangent.moves.forEach((each, i) => {
        if (each !== 0) move += each * derivatives[i];
      });
    });
    return move;
  }

  /** Whether the loss depends on this one of a node's results. */
  #isPartRead(node: Symbolic, part: number): boolean {
    const { graph, forwardCount } = this.#traced;
    return graph.nodes.slice(node.id, forwardCount).some(({ id, op, inputs, attributes }) =>
      op === "part" && inputs[0] === node && attributes.index === part && this.#reachesLoss(id)
    );
  }

  /** The float64 value of a node of the forward pass. */
  #valueOf(node: Symbolic): Float64Array {
    return this.#values.get(node.id) ?? this.#evaluate(node, new Map());
  }

  #evaluate(node: Symbolic, known: Map<number, Float64Array>): Float64Array {
    const found = known.get(node.id) ?? this.#values.get(node.id);
    if (found !== undefined) return found;
    const inputs = node.inputs.map((input): ReferenceValue => ({
      shape: input.shape,
      data: this.#evaluate(input, known),
    }));
    const value = this.#traced.internals.opNamed(node.op).evaluate(inputs, node);
    known.set(node.id, value);
    return value;
  }
}
