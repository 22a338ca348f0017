import { group, joined, type Maths, number, row } from "../../drawing/maths.ts";
import { typesetExpression } from "../../drawing/typeset_expression.ts";
import { type Expression, keyOf, namesIn, substitute, vector } from "../../formula/expression.ts";
import type { PrimitiveName } from "../../formula/primitives.ts";
import type { Symbolic } from "../../tensor/symbolic.ts";
import type { ChainRule, Station } from "./chain_rule.ts";
import { PRODUCTS, slopeOf } from "./local_derivatives.ts";
import type { Names } from "./names.ts";

/** Ops that hand elements on as they are. */
const HANDING: ReadonlySet<string> = new Set([
  "broadcast_columns",
  "concatenate",
  "flip",
  "pad",
  "part",
  "repeat",
  "reshape",
  "slice",
  "sum_all",
  "sum_columns",
  "sum_repeats",
  "transpose",
]);

/** What is multiplied: a formula with its value. */
interface Part {
  readonly maths: Maths | null;
  readonly value: number;
}

/**
 * The formula of ∂to/∂from, of the kernels' own source: `a · (1 − a)`, the weight that is multiplied with, `ŷ − y`. null where elements take several
 * ways, or an op has no short form.
 */
export function factorFormula(
  chain: ChainRule,
  names: Names,
  from: Station,
  to: Station,
  factor: number,
): Maths | null {
  const parts: Part[] = [];
  let current: Symbolic = chain.traced.graph.nodes[from.node];
  let element: number | null = from.element;
  while (current.id !== to.node) {
    const readers = chain.readersOf(current.id).filter(({ id }) => leadsTo(chain, id, to.node));
    const [reader] = readers;
    if (readers.length !== 1) return null;
    const slots = reader.inputs.flatMap((input, slot) => input === current ? [slot] : []);
    if (slots.length !== 1) return null;
    const reached: number | null = reader.id === to.node ? to.element : elementBehind(reader, element);
    const found = describeOp(chain, names, reader, slots[0], element, reached);
    if (found === null) return null;
    for (const part of found) parts.push(part);
    [current, element] = [reader, reached];
  }
  const value = parts.reduce((product, part) => product * part.value, 1);
  // Whatever is shown must be what is computed.
  if (!(Math.abs(value - factor) <= 1e-6 * Math.max(Math.abs(value), Math.abs(factor)))) return null;
  const constant = parts.reduce((product, part) => part.maths === null ? product * part.value : product, 1);
  const shown = parts.flatMap(({ maths }) => maths === null ? [] : [maths]).toReversed();
  if (shown.length === 0) return number(constant);
  const isOne = Math.abs(constant - 1) < 1e-12;
  const all = isOne ? shown : [...shown, number(constant)];
  return all.length === 1 ? all[0] : joined("·", all.map((maths) => isSum(maths) ? group(maths) : maths));
}

/** Whether a node is the one looked for, or leads to it through values without names. */
function leadsTo(chain: ChainRule, id: number, target: number): boolean {
  if (id === target) return true;
  if (chain.isStation(id) || id > target) return false;
  return chain.readersOf(id).some((reader) => leadsTo(chain, reader.id, target));
}

/** Which element of a node an element of its input goes to, where that is plain. */
function elementBehind({ op, inputs, shape }: Symbolic, element: number | null): number | null {
  if (element === null) return null;
  if (op === "map" || op === "reshape") return element;
  if (op === "sum_rows" || op.endsWith("softmax_crossentropy")) {
    return Math.floor(element / (inputs[0].shape.at(-1) ?? 1));
  }
  return shape.length === 0 ? 0 : null;
}

/** ∂output/∂input of an op at an element as things to multiply: constants without a formula. null where nothing short can be said. */
function describeOp(
  chain: ChainRule,
  names: Names,
  node: Symbolic,
  slot: number,
  element: number | null,
  reached: number | null,
): Part[] | null {
  const { op, inputs, attributes } = node;
  if (op === "map") return reached === null ? null : describeFormula(chain, names, node, slot, reached);
  if (HANDING.has(op)) return [];
  if (op === "sum_rows") return [{ maths: null, value: (attributes.scale as number | undefined) ?? 1 }];
  if (op === "weighted_sum" && slot === 0 && element !== null) {
    return [{ maths: null, value: chain.node(inputs[1].id).value[element] }];
  }
  if (op.endsWith("softmax_crossentropy") && slot === 0 && element !== null) {
    return describeSoftmax(chain, names, node, element);
  }
  if (PRODUCTS.has(op) && element !== null && reached !== null) {
    if (slot === 2) return [];
    const other = op === "matmul"
      ? otherFactor(node, slot, element, reached)
      : chain.partnerOf(node, slot, element, reached);
    return other === null
      ? null
      : [{ maths: names.nameOf(other) ?? number(chain.valueOf(other)), value: chain.valueOf(other) }];
  }
  return null;
}

/** ŷ − y, for a crossentropy that is computed along with the softmax before it. */
function describeSoftmax(
  chain: ChainRule,
  names: Names,
  { op, inputs: [z, y] }: Symbolic,
  element: number,
): Part[] | null {
  const call = chain.trace.calls.find((call) => call.z === z.id && call.activation === "softmax");
  if (call === undefined) return null;
  const prediction: Station = { node: call.a, element };
  const width = z.shape[z.shape.length - 1];
  const label: Station = { node: y.id, element };
  const wanted = op === "softmax_crossentropy"
    ? chain.valueOf(label)
    : Number(chain.node(y.id).value[Math.floor(element / width)] === element % width);
  const shown = op === "softmax_crossentropy" ? names.nameOf(label) ?? number(wanted, 6) : number(wanted, 6);
  const maths = row(names.nameOf(prediction) ?? number(chain.valueOf(prediction), 6), "−", shown);
  return [{ maths, value: chain.valueOf(prediction) - wanted }];
}

/** What an element of a factor of a product is multiplied with for an element of the result. */
export function otherFactor(
  { inputs: [a, b], attributes, shape }: Symbolic,
  slot: number,
  element: number,
  to: number,
): Station {
  const width = shape[shape.length - 1];
  const [row, column] = [Math.floor(to / width), to % width];
  const [ofA, ofB] = [a.shape[a.shape.length - 1], b.shape[1]];
  const isTurned = slot === 0 ? attributes.transposeA === true : attributes.transposeB === true;
  const k = slot === 0
    ? isTurned ? Math.floor(element / ofA) : element % ofA
    : isTurned
    ? element % ofB
    : Math.floor(element / ofB);
  return slot === 0
    ? { node: b.id, element: attributes.transposeB === true ? column * ofB + k : k * ofB + column }
    : { node: a.id, element: attributes.transposeA === true ? k * ofA + row : row * ofA + k };
}

function describeFormula(chain: ChainRule, names: Names, node: Symbolic, slot: number, element: number): Part[] | null {
  const { internals } = chain.traced;
  const { inputs, attributes } = node;
  const { forward } = internals.formulaRowOf(attributes.formula as string);
  let slope = slopeOf(chain.traced, attributes.formula as string, forward.vectors[slot]);
  if (slope === null || forward.cells.length > 0) return null;
  const sources = new Map<string, Station>(forward.vectors.map((each, i) => [each, { node: inputs[i].id, element }]));
  sources.set("y", { node: node.id, element });
  // Behind a sigmoid a loss may work on what goes into it: what it shows of that is the prediction.
  for (const { z, a, activation } of chain.trace.calls) {
    if (activation !== "sigmoid" || z !== inputs[slot].id || chain.reachesLoss(a)) continue;
    slope = substitute(slope, applied("sigmoid", vector(forward.vectors[slot])), vector("ŷ"));
    sources.set("ŷ", { node: a, element });
  }
  const values: Record<string, number> = { ...(attributes.scalars as Record<string, number> | undefined) };
  for (const each of namesIn(slope, "vector")) {
    const station = sources.get(each)!;
    if (!chain.traced.graph.nodes[station.node] || chain.node(station.node) === undefined) return null;
    values[each] = chain.valueOf(station);
  }
  const { constant, rest } = takeConstant(slope);
  const nameOf = (text: string): Maths => {
    const station = sources.get(text);
    return station === undefined ? number(values[text] ?? NaN, 6) : names.nameOf(station) ?? number(values[text], 6);
  };
  const parts: Part[] = [{ maths: null, value: constant }];
  if (rest !== null) {
    // A number that is a tensor, as the weight of a loss, is a number all the same.
    const source = rest.kind === "vector" ? sources.get(rest.name) : undefined;
    const isNumber = source !== undefined && chain.node(source.node).op === "constant";
    parts.push({ maths: isNumber ? null : typesetExpression(rest, nameOf), value: internals.evaluate(rest, values) });
  }
  return parts;
}

/** A primitive of operands, as it is. */
function applied(primitive: PrimitiveName, ...operands: readonly Expression[]): Expression {
  return { kind: "apply", primitive, operands };
}

/** An expression as a number times what is left; twice the same is 2 times it. */
function takeConstant(e: Expression): { constant: number; rest: Expression | null } {
  if (e.kind === "constant") return { constant: e.value, rest: null };
  if (e.kind !== "apply") return { constant: 1, rest: e };
  const [a, b] = e.operands;
  if (e.primitive === "neg") {
    const taken = takeConstant(a);
    return { ...taken, constant: -taken.constant };
  }
  if (e.primitive === "add" && keyOf(a) === keyOf(b)) {
    const taken = takeConstant(a);
    return { ...taken, constant: 2 * taken.constant };
  }
  if (e.primitive === "mul") {
    const [left, right] = [takeConstant(a), takeConstant(b)];
    const rest = left.rest === null
      ? right.rest
      : right.rest === null
      ? left.rest
      : applied("mul", left.rest, right.rest);
    return { constant: left.constant * right.constant, rest };
  }
  return { constant: 1, rest: e };
}

/** Whether a formula is more than one thing, so that it stands in parentheses as one of several factors. */
export function isCompound(maths: Maths): boolean {
  return isSum(maths) || maths.kind === "row" && maths.items.some((item) => item.kind === "sign" && item.text === "·");
}

/** Whether a formula must stand in parentheses within a product. */
function isSum(maths: Maths): boolean {
  return maths.kind === "row" &&
    maths.items.some((item) => item.kind === "sign" && (item.text === "+" || item.text === "−"));
}
