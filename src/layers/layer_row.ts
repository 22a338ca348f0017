import type { Row } from "../tables/row.ts";
import type { Layer } from "./layer.ts";
import type { PartResolver } from "./part_resolver.ts";

/** One row of the table of layers. Its id is the type that a saved model names. */
export interface LayerRow extends Row<object, Layer> {
  /** Makes the layer; `parts` makes what it consists of. */
  create(options?: object, parts?: PartResolver): Layer;
}
