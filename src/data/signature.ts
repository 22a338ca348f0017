import type { Shape } from "../tensor/shape.ts";

/** Where data go into a model, or come out of it: plain data. */
export interface Port {
  /** What users call it: the key of a record, or the name of its layer. */
  readonly name: string;
  /** The layer that it belongs to, for messages. */
  readonly layer: string;
  /** The shape of one sample. */
  readonly shape: Shape;
}

/** What a model takes and gives. */
export interface Signature {
  readonly inputs: readonly Port[];
  readonly outputs: readonly Port[];
  /** How the outputs were given, and so how predictions are: one, a list, or a record by the names of the ports. */
  readonly outputForm: "one" | "list" | "record";
}
