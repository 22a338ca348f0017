import type { Layer } from "../layers/layer.ts";
import type { Network, Variable } from "../training/network.ts";
import { setWeights } from "./set_weights.ts";

/**
 * What layers have to do with their weights in one model: they set them (`adapt`), and hear of it when others do.
 *
 * Layers hold what sets their weights weakly, so the model keeps this object as long as it lives.
 */
export class LayerWeights {
  readonly #network: Network;
  readonly #assigns: readonly Parameters<Layer["bind"]>[0][];

  /** Binds the layers of a built network. */
  constructor(network: Network) {
    this.#network = network;
    this.#assigns = network.layers.map((layer) => (weight, values) => {
      setWeights(network, { [this.#find(layer, weight).name]: [...values] });
    });
    network.layers.forEach((layer, i) => layer.bind(this.#assigns[i]));
  }

  /** Tells the layers that their weights may have other values: one that other models have too passes them on. */
  note(): void {
    const network = this.#network;
    for (const layer of network.layers) {
      layer.noteWeights((weight) => network.values(this.#find(layer, weight)).slice());
    }
  }

  #find(layer: Layer, weight: string): Variable {
    const variable = this.#network.variables.find((v) => v.layer === layer && v.spec.name === weight);
    if (variable === undefined) throw new Error(`Layer "${layer.name}" has no weight "${weight}"`);
    return variable;
  }
}
