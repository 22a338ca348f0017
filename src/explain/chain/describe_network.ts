import { mathsText } from "../../drawing/maths_text.ts";
import type { Trace, TraceNode } from "../trace/trace.ts";
import { chooseLargest } from "./choose_largest.ts";
import { unravel } from "./names.ts";
import type { Writing } from "./find_path.ts";

/** Units of a layer, and weights, that are shown at most. */
const MOST_UNITS = 8;
const MOST_WEIGHTS = 12;

/** A value of a layer for the shown sample: one number a unit. */
export interface UnitRow {
  /** `z`, `a`, `ŷ`, `x`, `y`, `∂E/∂z`, … */
  readonly name: string;
  /** The numbers. */
  readonly values: readonly number[];
}

/** One weight. */
export interface WeightRow {
  /** Its name. */
  readonly name: string;
  /** Its value. */
  readonly value: number;
  /** ∂E/∂w; null for a weight that no gradient flows to. */
  readonly gradient: number | null;
}

/** What is shown of a layer. */
export interface LayerRows {
  /** The layer's name. */
  readonly layer: string;
  /** The layer's number, from 1; 0 for an input. */
  readonly number: number;
  /** The activation's name; null if there is none. */
  readonly activation: string | null;
  /** How many numbers it gives for a sample. */
  readonly units: number;
  /** The first of them, under each other. */
  readonly rows: readonly UnitRow[];
  /** All its weights, or those with the largest gradients. */
  readonly weights: readonly WeightRow[];
  /** How many weights are not shown. */
  readonly moreWeights: number;
}

/** The network for one sample: inputs, then layers in the order of the pass. */
export function describeNetwork(writing: Writing, sample: number): LayerRows[] {
  const { chain, names } = writing;
  const { trace } = chain;
  const shown: LayerRows[] = trace.nodes.filter(({ op, name }) => op === "input" && /^[xy](?:\/|$)/.test(name)).map(
    (node) => {
      const [symbol] = node.name;
      return {
        layer: node.name.replace(/\/0$/, ""),
        number: 0,
        activation: null,
        units: ofSample(trace, node, node.value, sample).length,
        rows: [first(symbol, ofSample(trace, node, node.value, sample))],
        weights: [],
        moreWeights: 0,
      };
    },
  );
  const seen = new Set<number>();
  const described = new Set<string>();
  for (const { layer, call, z, a, activation } of trace.calls) {
    const own = described.has(layer) ? { weights: [], moreWeights: 0 } : listWeights(writing, layer);
    described.add(layer);
    if (seen.has(a) && own.weights.length === 0) continue;
    seen.add(a);
    const given = chain.node(a);
    const rows: UnitRow[] = [];
    const note = (symbol: string, node: TraceNode): void => {
      rows.push(first(symbol, ofSample(trace, node, node.value, sample)));
    };
    const noteBack = (symbol: string, node: TraceNode): void => {
      if (node.gradient !== null) rows.push(first(`∂E/∂${symbol}`, ofSample(trace, node, node.gradient, sample)));
    };
    const symbol = trace.outputs.includes(a) ? "ŷ" : "a";
    if (z !== a) note("z", chain.node(z));
    note(symbol, given);
    if (z !== a) noteBack("z", chain.node(z));
    noteBack(symbol, given);
    shown.push({
      layer: call === 0 ? layer : `${layer}#${call + 1}`,
      number: names.numberOf(layer) ?? 0,
      activation,
      units: ofSample(trace, given, given.value, sample).length,
      rows,
      ...own,
    });
  }
  return shown;
}

/** The part of a value that belongs to one sample; all of it where it has none. */
function ofSample({ samples }: Trace, { shape }: TraceNode, values: ArrayLike<number>, sample: number): number[] {
  const all = Array.from(values);
  if (shape[0] !== samples) return all;
  const each = all.length / samples;
  return all.slice(sample * each, (sample + 1) * each);
}

function first(name: string, values: readonly number[]): UnitRow {
  return { name, values: values.slice(0, MOST_UNITS) };
}

/** All weights of a layer and of what lies inside it, or those with the largest gradients, in their order. */
function listWeights({ chain, names }: Writing, layer: string): Pick<LayerRows, "weights" | "moreWeights"> {
  const calls = new Set(chain.trace.calls.map((call) => call.layer));
  const owned = chain.trace.parameters.filter(({ name }) => ownerOf(name, calls) === layer)
    .map(({ node, name }) => ({ ...chain.node(node), name }));
  const chosen = chooseLargest(
    owned.map(({ gradient, value }) => gradient ?? new Uint8Array(value.length)),
    MOST_WEIGHTS,
  );
  const weights = chosen.map(({ list, index }): WeightRow => {
    const { name, shape, value, gradient } = owned[list];
    return {
      name: mathsText(names.weightName(name, unravel(index, shape))),
      value: value[index],
      gradient: gradient === null ? null : gradient[index],
    };
  });
  return { weights, moreWeights: owned.reduce((sum, { value }) => sum + value.length, -weights.length) };
}

/** The innermost call that a weight belongs to: its name begins with that of the layer. */
function ownerOf(name: string, calls: ReadonlySet<string>): string | null {
  let owner = name;
  while (owner.includes("/")) {
    owner = owner.slice(0, owner.lastIndexOf("/"));
    if (calls.has(owner)) return owner;
  }
  return null;
}
