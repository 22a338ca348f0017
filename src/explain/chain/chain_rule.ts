import type { Symbolic } from "../../tensor/symbolic.ts";
import type { Trace, TraceNode } from "../trace/trace.ts";
import type { TracedGraph } from "../trace/traced_graph.ts";
import { LocalDerivatives, type Tangent } from "./local_derivatives.ts";

/** One element of a value that has a name: a weight, an input, what goes into an activation, what a layer gives, the loss. */
export interface Station {
  /** The number of its node. */
  readonly node: number;
  /** Its place in the flat value. */
  readonly element: number;
}

/** From one station to the next ones that it flows into: ∂to/∂from, along all ways that touch no other station. */
export interface Leap {
  readonly to: Station;
  readonly factor: number;
}

/** A way to the loss: stations, and the factor between each two. */
export interface Route {
  readonly stations: readonly Station[];
  /** ∂stations[i + 1]/∂stations[i] */
  readonly factors: readonly number[];
  /** Their product: what the way adds to ∂loss/∂stations[0]. */
  readonly product: number;
}

/**
 * The chain rule over the values of a pass that have names: ∂loss/∂station = Σ ∂next/∂station · ∂loss/∂next over the next stations.
 */
export class ChainRule {
  readonly trace: Trace;
  readonly traced: TracedGraph;
  readonly loss: Station;
  readonly #nodes: ReadonlyMap<number, TraceNode>;
  readonly #values: ReadonlyMap<number, Float64Array>;
  readonly #stations: ReadonlySet<number>;
  readonly #reaching: readonly boolean[];
  readonly #readers: ReadonlyMap<number, readonly Symbolic[]>;
  readonly #local: LocalDerivatives;
  readonly #leaps: Map<string, readonly Leap[]> = new Map();

  constructor(trace: Trace, traced: TracedGraph) {
    this.trace = trace;
    this.traced = traced;
    this.loss = { node: traced.loss.id, element: 0 };
    this.#nodes = new Map(trace.nodes.map((node) => [node.id, node]));
    this.#values = new Map(trace.nodes.map(({ id, value }) => [id, Float64Array.from(value)]));
    this.#stations = new Set([traced.loss.id, ...trace.calls.flatMap(({ z, a }) => [z, a])]);
    const nodes = traced.graph.nodes.slice(0, traced.forwardCount);
    const reaching: boolean[] = nodes.map(({ id }) => id === traced.loss.id);
    const readers = new Map<number, Symbolic[]>();
    for (const node of nodes.toReversed()) {
      if (!reaching[node.id]) continue;
      for (const { id } of new Set(node.inputs)) {
        reaching[id] = true;
        readers.set(id, [...readers.get(id) ?? [], node]);
      }
    }
    this.#reaching = reaching;
    this.#readers = readers;
    this.#local = new LocalDerivatives(traced, this.#values, (id) => this.reachesLoss(id));
  }

  /** A node of the trace. */
  node(id: number): TraceNode {
    return this.#nodes.get(id)!;
  }

  /** Whether a value has a place in the chain. */
  isStation(id: number): boolean {
    return this.#stations.has(id);
  }

  /** Whether the loss depends on a value. */
  reachesLoss(id: number): boolean {
    return this.#reaching[id] === true;
  }

  /** The nodes that read a value, of those that the loss depends on; the last one first. */
  readersOf(id: number): readonly Symbolic[] {
    return this.#readers.get(id) ?? [];
  }

  /** The value of an element. */
  valueOf({ node, element }: Station): number {
    return this.node(node).value[element];
  }

  /** ∂loss/∂element as the pass found it; 0 where nothing flows back. */
  gradientOf({ node, element }: Station): number {
    return node === this.loss.node ? 1 : this.node(node).gradient?.[element] ?? 0;
  }

  /** The number of the sample that an element belongs to; null if it belongs to none alone. */
  sampleOf({ node, element }: Station): number | null {
    const { shape, value, op } = this.node(node);
    const { samples } = this.trace;
    if (op === "variable" || shape.length === 0 || shape[0] % samples !== 0) return null;
    return Math.floor(element / (value.length / samples));
  }

  /** Of a product, what an element of one factor is multiplied with for an output; null where that is no single element. */
  partnerOf(node: Symbolic, slot: number, element: number, output: number): Station | null {
    const found = this.#local.partnerOf(node, slot, element, output);
    return found === null ? null : { node: node.inputs[1 - slot].id, element: found };
  }

  /** The next stations that an element flows into, and the factors to them; also those that are 0 for these values alone. */
  leapsFrom({ node, element }: Station): readonly Leap[] {
    const key = `${node} ${element}`;
    let leaps = this.#leaps.get(key);
    if (leaps === undefined) this.#leaps.set(key, leaps = this.#find(node, element, (id) => this.isStation(id)));
    return leaps;
  }

  /** As `leapsFrom`, to the values that are computed next, whether they have names or not. */
  hopsFrom({ node, element }: Station): readonly Leap[] {
    return this.#find(node, element, (id) => this.#nodes.has(id));
  }

  #find(from: number, element: number, isEnd: (id: number) => boolean): Leap[] {
    const leaps: Leap[] = [];
    const tangents = new Map<number, Tangent>([[from, unit(this.node(from).value.length, element)]]);
    const { graph, forwardCount } = this.traced;
    const waiting = new Set(this.readersOf(from).map(({ id }) => id));
    for (let id = from + 1; id < forwardCount && waiting.size > 0; id++) {
      if (!waiting.delete(id)) continue;
      const node = graph.nodes[id];
      const tangent = this.#local.push(node, node.inputs.map((input) => tangents.get(input.id) ?? null));
      if (isEnd(id)) {
        tangent.reached.forEach((reached, i) => {
          if (reached !== 0) leaps.push({ to: { node: id, element: i }, factor: tangent.moves[i] });
        });
      } else {
        tangents.set(id, tangent);
        for (const reader of this.readersOf(id)) waiting.add(reader.id);
      }
    }
    return leaps;
  }

  /** All ways from a station to the loss; null if there are more than `most`. */
  routesFrom(from: Station, most: number): readonly Route[] | null {
    if (from.node === this.loss.node) return [{ stations: [from], factors: [], product: 1 }];
    const routes: Route[] = [];
    const leaps = this.leapsFrom(from);
    if (leaps.length > most) return null;
    for (const { to, factor } of leaps) {
      const further = this.routesFrom(to, most - routes.length);
      if (further === null) return null;
      for (const { stations, factors, product } of further) {
        routes.push({ stations: [from, ...stations], factors: [factor, ...factors], product: factor * product });
      }
    }
    return routes.length > most ? null : routes;
  }
}

/** A movement of one element by 1. */
function unit(size: number, element: number): Tangent {
  const moves = new Float64Array(size);
  const reached = new Uint8Array(size);
  moves[element] = 1;
  reached[element] = 1;
  return { moves, reached };
}
