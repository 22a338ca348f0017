import type { Dtype } from "../tensor/dtype.ts";
import type { OpenShape } from "../tensor/open_shape.ts";
import { type CallOptionsOf, listTensors } from "./call_options.ts";

/** Options of one call of a layer, whose tensors are what layers give. */
export type CallOptions = CallOptionsOf<LayerOutput>;

/** A layer as its calls know it. */
export interface CalledLayer {
  /** The layer's name in its model; empty until the model or the options give one. */
  readonly name: string;
  /** The name in the table of layers. */
  readonly type: string;
}

/** One call of a layer: what it was given and what it gives. */
export interface LayerNode {
  /** The layer that was called. */
  readonly layer: CalledLayer;
  /** What it was given. */
  readonly inputs: readonly LayerOutput[];
  /** The options of this call. */
  readonly options: Readonly<CallOptions>;
  /** What it gives: one result, or several. */
  readonly outputs: readonly LayerOutput[];
  /** Inputs that it takes for numbers of rows. */
  readonly indices: readonly IndexUse[];
}

/** An input that a call takes for numbers of rows: integers from 0 to limit − 1. */
export interface IndexUse {
  /** Which of the call's inputs. */
  readonly input: number;
  /** How many rows there are. */
  readonly limit: number;
  /** Where inside the layer they are used, `/<inner layer>`; empty for the layer itself. */
  readonly within: string;
  /** The layer's option that says how many rows there are. Default `inputDim`. */
  readonly option?: string;
}

/** All that a call reads: its inputs, and the tensors among its options. */
export function sourcesOf({ inputs, options }: LayerNode): readonly LayerOutput[] {
  return [...inputs, ...listTensors(options).map(({ tensor }) => tensor)];
}

/** What a layer gives, before there are data: its shape, and the call that it comes from. */
export class LayerOutput {
  /** The call that it comes from. */
  readonly node: LayerNode;
  /** Which of the call's results it is. */
  readonly index: number;
  /** The shape of one sample; null for an axis of unknown length. */
  readonly sampleShape: OpenShape;
  /** The shape of one sample's mask; null where it has none. */
  readonly sampleMask: OpenShape | null;
  /** What its values are: of an input, as it was told; of everything else numbers, `"float32"`. */
  readonly dtype: Dtype;

  /** @ignore */
  constructor(
    node: LayerNode,
    index: number,
    sampleShape: OpenShape,
    sampleMask: OpenShape | null = null,
    dtype: Dtype = "float32",
  ) {
    this.node = node;
    this.index = index;
    this.sampleShape = Object.freeze([...sampleShape]);
    this.sampleMask = sampleMask === null ? null : Object.freeze([...sampleMask]);
    this.dtype = dtype;
    Object.freeze(this);
  }

  /** Its shape with the batch axis, whose size is not known: null, as are other axes of unknown length. */
  get shape(): OpenShape {
    return [null, ...this.sampleShape];
  }

  /** The name of the layer that it comes from. */
  get name(): string {
    return this.node.layer.name;
  }
}
