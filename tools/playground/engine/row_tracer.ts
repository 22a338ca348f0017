import type { LayerValues } from "../protocol.ts";
import type { Dataset } from "../../../src/data/dataset.ts";
import type { Sequential } from "../../../src/models/sequential.ts";
import type { Symbolic } from "../../../src/tensor/symbolic.ts";
import { Tracer } from "../../../src/explain/trace/tracer.ts";
import { sizeOf } from "../../../src/tensor/size_of.ts";

/** How many programs are kept: of the batch, of the last and smaller one, of single samples. */
const MOST_TRACERS = 4;

/** The values of all layers for some samples. */
export interface TracedRows {
  readonly loss: number;
  readonly layers: readonly LayerValues[];
}

/** Traces samples through a model: what every layer gets and gives, and what flows back to it. */
export class RowTracer {
  readonly #model: Sequential;
  readonly #tracers: Map<string, Tracer> = new Map();

  constructor(model: Sequential) {
    this.#model = model;
  }

  /**
   * Runs samples `from` … `to` of `order`.
   *
   * @param training whether dropout and the like are on, as in the step that comes next
   */
  run(
    samples: Dataset,
    { order, from, to, training }: {
      readonly order: Uint32Array | null;
      readonly from: number;
      readonly to: number;
      readonly training: boolean;
    },
  ): TracedRows {
    const tracer = this.#tracerFor(to - from, training);
    tracer.run(samples, order, from, to);
    const { calls, loss } = tracer.traced;
    const rows = to - from;
    const copy = (node: Symbolic): Float32Array => tracer.valueOf(node)!.slice();
    const back = (node: Symbolic): Float32Array | null => tracer.gradientOf(node)?.slice() ?? null;
    return {
      loss: tracer.valueOf(loss)![0],
      layers: calls.map(({ layer, z, a }) => ({
        layer,
        units: sizeOf(a.shape) / rows,
        z: z === a ? null : copy(z),
        a: copy(a),
        dz: back(z),
        da: back(a),
      })),
    };
  }

  #tracerFor(rows: number, training: boolean): Tracer {
    const key = `${rows} ${training}`;
    let tracer = this.#tracers.get(key);
    if (tracer !== undefined) return tracer;
    for (const [oldest, old] of this.#tracers) {
      if (this.#tracers.size < MOST_TRACERS) break;
      old.close();
      this.#tracers.delete(oldest);
    }
    tracer = new Tracer(this.#model, { rows, shapes: null }, { what: "trace a step", training, by: "layers" });
    this.#tracers.set(key, tracer);
    return tracer;
  }
}
