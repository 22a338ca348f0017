import type { OpenShape } from "../tensor/open_shape.ts";
import type { Shape } from "../tensor/shape.ts";

/** Where data go into a model, or come out of it: plain data. */
export interface Port {
  /** What users call it: the key of a record, or the name of its layer. */
  readonly name: string;
  /** The layer that it belongs to, for messages. */
  readonly layer: string;
  /** The shape of one sample; null for an axis whose length each batch brings along. */
  readonly shape: OpenShape;
  /** Of an output that has a mask: the shape of one sample's mask. */
  readonly mask?: OpenShape;
  /** Of an input that layers take for numbers of rows: which numbers they know. */
  readonly indices?: readonly IndexLimit[];
}

/** What a layer asks of an input: integers from 0 to limit − 1. */
export interface IndexLimit {
  /** The layer; with its place, where it is inside another one. */
  readonly layer: string;
  readonly limit: number;
}

/** The shapes of one sample at all ports, for batches that bring lengths along: each is known. */
export interface PortShapes {
  /** Equal for equal shapes, and for no others of the same model. */
  readonly key: string;
  readonly inputs: readonly Shape[];
  readonly outputs: readonly Shape[];
}

/** How ports were given: one, a list, or a record by their names. */
export type PortForm = "one" | "list" | "record";

/** What a model takes and gives. */
export interface Signature {
  readonly inputs: readonly Port[];
  readonly outputs: readonly Port[];
  readonly inputForm: PortForm;
  /** The form of predictions, too. */
  readonly outputForm: PortForm;
}
