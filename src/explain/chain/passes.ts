import {
  call,
  group,
  joined,
  type Maths,
  name,
  number,
  partial,
  row,
  signedNumber,
  word,
} from "../../drawing/maths.ts";
import { typesetExpression } from "../../drawing/typeset_expression.ts";
import type { Symbolic } from "../../tensor/symbolic.ts";
import type { TraceNode } from "../trace/trace.ts";
import type { ChainRule, Station } from "./chain_rule.ts";
import { otherFactor } from "./factor_formula.ts";
import { describeLevel, largestFirst, MOST_OPENED, writeLevel, type Writing } from "./find_path.ts";
import { PassStep } from "./pass_step.ts";
import { rangeOf } from "./range_of.ts";

/** The forward pass for one sample, one op at a time. */
export function* passForward(writing: Writing, sample: number): Generator<PassStep, void, undefined> {
  const { chain } = writing;
  for (const node of chain.trace.nodes) {
    if (node.inputs.length === 0 || !chain.reachesLoss(node.id) && !isPrediction(chain, node)) continue;
    const at = firstOf(chain, node, sample);
    yield new PassStep(writing, { direction: "forward", node, sample, ...writeForward(writing, node, at) });
  }
}

/** The backward pass, one value at a time: from the loss to the inputs and weights. */
export function* passBackward(writing: Writing, sample: number): Generator<PassStep, void, undefined> {
  const { chain, names } = writing;
  for (const node of chain.trace.nodes.toReversed()) {
    const { gradient } = node;
    if (gradient === null || node.id === chain.loss.node || !chain.reachesLoss(node.id)) continue;
    const at = largestOf(chain, node, sample);
    const hops = largestFirst(chain, chain.hopsFrom(at));
    const of = names.nameOrNumber(at);
    const spansSamples = chain.trace.samples > 1 && chain.sampleOf(at) === null;
    const [formula, numbers] = hops.length === 0
      ? [row(partial(name("E"), of), "=", number(0)), null]
      : splitLines(writeLevel(writing, describeLevel(writing, at, hops, chain.gradientOf(at), of, spansSamples)));
    yield new PassStep(writing, { direction: "backward", node, sample, formula, numbers });
  }
}

/** Formula and numbers of a level; of one that is a single factor its number is in the same line. */
function splitLines([formula, numbers]: readonly Maths[]): [Maths, Maths | null] {
  return [formula, numbers ?? null];
}

/** The prediction is shown though a fused loss does not read it. */
function isPrediction(chain: ChainRule, { id }: TraceNode): boolean {
  return chain.trace.outputs.includes(id);
}

function firstOf(chain: ChainRule, node: TraceNode, sample: number): Station {
  return { node: node.id, element: rangeOf(chain, node, sample)[0] };
}

/** The element of a sample whose derivative is largest. */
function largestOf(chain: ChainRule, node: TraceNode, sample: number): Station {
  const [from, to] = rangeOf(chain, node, sample);
  let best = from;
  for (let i = from; i < to; i++) {
    if (Math.abs(node.gradient![i]) > Math.abs(node.gradient![best])) best = i;
  }
  return { node: node.id, element: best };
}

/** How an element is computed: with names, and with numbers. */
function writeForward(writing: Writing, { id }: TraceNode, at: Station): { formula: Maths; numbers: Maths } {
  const { chain, names, digits } = writing;
  const node = chain.traced.graph.nodes[id];
  const of = names.nameOrNumber(at);
  const result = number(chain.valueOf(at), digits);
  const written = node.op === "map"
    ? writeFormula(writing, node, at)
    : node.op === "matmul"
    ? writeProduct(writing, node, at)
    : null;
  if (written !== null) {
    return { formula: row(of, "=", written.formula), numbers: row("=", written.numbers, "=", result) };
  }
  const inputs = node.inputs.filter((input) => input.op !== "cell").map(({ id }) => arrayName(chain, id));
  return { formula: row(of, "=", call(node.op, ...inputs)), numbers: row("=", result) };
}

/** A value as a whole, by the name that the trace has for it; of one with several results by its number. */
function arrayName(chain: ChainRule, id: number): Maths {
  return word(chain.trace.nodes.find((node) => node.id === id)?.name ?? `%${id}`);
}

function writeFormula(
  { chain, names, digits }: Writing,
  { inputs, attributes }: Symbolic,
  { element }: Station,
): { formula: Maths; numbers: Maths } {
  const { forward } = chain.traced.internals.formulaRowOf(attributes.formula as string);
  const scalars = (attributes.scalars ?? {}) as Readonly<Record<string, number>>;
  const stationOf = (text: string): Station | null => {
    const slot = forward.vectors.indexOf(text);
    return slot < 0 ? null : { node: inputs[slot].id, element };
  };
  const numberOf = (text: string): Maths => {
    const station = stationOf(text);
    if (station !== null) return signedNumber(chain.valueOf(station), digits);
    return text in scalars ? signedNumber(scalars[text], digits) : name(text);
  };
  const nameOf = (text: string): Maths => {
    const station = stationOf(text);
    return station === null ? numberOf(text) : names.nameOrNumber(station);
  };
  const { y } = forward.outputs;
  return { formula: typesetExpression(y, nameOf), numbers: typesetExpression(y, numberOf) };
}

/** Σ a · b + bias: the first terms, and what the others add. */
function writeProduct(
  { chain, names, digits, words }: Writing,
  node: Symbolic,
  { element }: Station,
): { formula: Maths; numbers: Maths } {
  const [, b, bias] = node.inputs;
  const length = node.attributes.transposeB === true ? b.shape[1] : b.shape[0];
  const width = node.shape[node.shape.length - 1];
  const formulas: Maths[] = [];
  const numbers: Maths[] = [];
  const shown = length > MOST_OPENED + 1 ? MOST_OPENED : length;
  let rest = 0;
  for (let k = 0; k < length; k++) {
    const ofB = {
      node: b.id,
      element: node.attributes.transposeB === true ? element % width * length + k : k * width + element % width,
    };
    const ofA = otherFactor(node, 1, ofB.element, element);
    if (k >= shown) {
      rest += chain.valueOf(ofA) * chain.valueOf(ofB);
      continue;
    }
    formulas.push(row(names.nameOrNumber(ofA), "·", names.nameOrNumber(ofB)));
    const first = chain.valueOf(ofA);
    numbers.push(
      row(k === 0 ? number(first, digits) : signedNumber(first, digits), "·", signedNumber(chain.valueOf(ofB), digits)),
    );
  }
  if (length > shown) {
    formulas.push(group(word(words.more(length - shown))));
    numbers.push(signedNumber(rest, digits));
  }
  if (bias !== undefined) {
    const ofBias = { node: bias.id, element: element % width };
    formulas.push(names.nameOrNumber(ofBias));
    numbers.push(signedNumber(chain.valueOf(ofBias), digits));
  }
  return { formula: joined("+", formulas), numbers: joined("+", numbers) };
}
