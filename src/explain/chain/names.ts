import { type Maths, name, word } from "../../drawing/maths.ts";
import type { Shape } from "../../tensor/shape.ts";
import type { Trace } from "../trace/trace.ts";
import type { ChainRule, Station } from "./chain_rule.ts";

/**
 * How elements are numbered and named. `"library"`: layers by name, from 0, weights as `dense/kernel[from,to]`. `"lecture"`: layers by number, from
 * 1, the kernels of dense layers as `w[layer][to][from]` and their biases as `b[layer][to]`.
 */
export type IndexOrder = "library" | "lecture";

/** Where an element of a flat value stands. */
export function unravel(element: number, shape: Shape): number[] {
  const index: number[] = [];
  let rest = element;
  for (let axis = shape.length - 1; axis >= 0; axis--) {
    index.unshift(rest % shape[axis]);
    rest = Math.floor(rest / shape[axis]);
  }
  return index;
}

/** What the values of a pass are called in formulas. */
export class Names {
  readonly order: IndexOrder;
  readonly #chain: ChainRule;
  /** Symbol and layer of the values that layers give and of what goes into their activations, by node. */
  readonly #symbols: Map<number, { symbol: string; label: string }> = new Map();
  readonly #numbers: Map<string, number> = new Map();

  constructor(chain: ChainRule, order: IndexOrder) {
    this.order = order;
    this.#chain = chain;
    const { calls, outputs } = chain.trace;
    calls.forEach(({ layer, call, z, a }) => {
      if (!this.#numbers.has(layer)) this.#numbers.set(layer, this.#numbers.size + 1);
      const label = order === "lecture" ? `${this.#numbers.get(layer)}` : layer;
      const of = call === 0 ? label : `${label}#${call + 1}`;
      // A value that is handed on, by a layer that does nothing, keeps its first name.
      if (!this.#symbols.has(a)) this.#symbols.set(a, { symbol: "a", label: of });
      if (!this.#symbols.has(z)) this.#symbols.set(z, { symbol: "z", label: of });
    });
    for (const [input, known] of listInputs(chain.trace)) this.#symbols.set(input, known);
    for (const output of outputs) {
      this.#symbols.set(output, {
        symbol: "ŷ",
        label: outputs.length === 1 ? "" : this.#symbols.get(output)?.label ?? "",
      });
    }
  }

  /** The number of a layer, from 1 in the order of the pass; undefined for one that is not in it. */
  numberOf(layer: string): number | undefined {
    return this.#numbers.get(layer);
  }

  /**
   * The name of an element; null for one that has none.
   *
   * @param withSample whether the number of the sample is shown, as `#1`
   */
  nameOf(station: Station, withSample = false): Maths | null {
    const { node, element } = station;
    if (node === this.#chain.loss.node) return name("E");
    const { op, name: text, shape } = this.#chain.node(node);
    if (op === "variable") return this.weightName(text, unravel(element, shape));
    const known = this.#symbols.get(node);
    if (known === undefined) return null;
    const place = this.#place(station, withSample);
    const below = known.label === "" ? place : [known.label, ...place];
    return name(known.symbol, ...below);
  }

  /** The name of an element; of a value without one `u`, with the number of its node. */
  nameOrNumber(station: Station, withSample = false): Maths {
    return this.nameOf(station, withSample) ?? name("u", station.node, ...this.#place(station, withSample));
  }

  /** The name of an element of a weight. */
  weightName(text: string, index: readonly number[]): Maths {
    if (this.order === "lecture") {
      const [layer, kind] = splitName(text);
      const number = this.#numbers.get(layer);
      const shown = index.map((each) => each + 1);
      if (number !== undefined && kind === "kernel" && index.length === 2) return name("w", number, shown[1], shown[0]);
      if (number !== undefined && kind === "bias" && index.length === 1) return name("b", number, shown[0]);
      return word(`${text}[${shown.join(",")}]`);
    }
    return word(index.length === 0 ? text : `${text}[${index.join(",")}]`);
  }

  /** The index of an element within its sample, as text: none, or one with commas. */
  #place({ node, element }: Station, withSample: boolean): string[] {
    const { shape, value } = this.#chain.node(node);
    const isOfSample = this.#chain.sampleOf({ node, element }) !== null && shape[0] === this.#chain.trace.samples;
    const own = isOfSample ? shape.slice(1) : shape;
    const size = isOfSample ? value.length / shape[0] : value.length;
    const index = unravel(element % size, own).map((each) => this.order === "lecture" ? each + 1 : each);
    const place = index.length === 0 ? [] : [index.join(",")];
    const sample = withSample ? this.#chain.sampleOf({ node, element }) : null;
    return sample === null ? place : [...place, `#${this.order === "lecture" ? sample + 1 : sample}`];
  }
}

/** What the model is fed with: `x` or `y`, and where there are several of them their numbers. */
function listInputs({ nodes }: Trace): [node: number, name: { symbol: string; label: string }][] {
  const found = nodes.flatMap(({ id, op, name }) => {
    const parts = op === "input" ? /^([xy])\/(\d+)$/.exec(name) : null;
    return parts === null ? [] : [{ id, symbol: parts[1], label: parts[2] }];
  });
  return found.map(({ id, symbol, label }) => {
    const isOnly = found.filter((each) => each.symbol === symbol).length === 1;
    return [id, { symbol, label: isOnly ? "" : label }];
  });
}

/** The layer of a weight, and what the weight is to it. */
export function splitName(text: string): [layer: string, kind: string] {
  const at = text.lastIndexOf("/");
  return [text.slice(0, Math.max(at, 0)), text.slice(at + 1)];
}
