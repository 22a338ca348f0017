import type { layers } from "../../mod.ts";

/** A layer to try: what `layer_suite_test.ts` holds to all that is asked of every layer. */
export interface LayerSample {
  readonly create: () => layers.Layer;
  /** The shapes of the inputs' samples. None for a layer that is an input itself. */
  readonly inputs: readonly (readonly number[])[];
  /** The shape of a sample of its result. */
  readonly output: readonly number[];
  /** Where the inputs are numbers of rows: how many rows there are. There is one input then, with as many elements as a staged sample has. */
  readonly rows?: number;
  /** Where the edge runtime cannot compute it: a part of the error that says so. */
  readonly notAtEdge?: string;
}
