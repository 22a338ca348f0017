/** What the values of a layer are like, over a batch and all units. */
export interface ValueStatistics {
  /** The mean. */
  readonly mean: number;
  /** The standard deviation, √(mean of (x − mean)²). */
  readonly sd: number;
  /** √(mean of x²). */
  readonly rms: number;
  /** The least value. */
  readonly min: number;
  /** The largest value. */
  readonly max: number;
  /** The share of values that are 0, from 0 to 1. */
  readonly zeros: number;
}

/** What a call of a layer computed in a probe batch, and what reached its weights. Norms are Euclidean, over all trained weights of the layer. */
export interface LayerStatistics {
  /** The layer's name; inside a model `<model>/<layer>`, for a second call `<layer>#2`. */
  readonly layer: string;
  /** ‖∂E/∂w‖; null where nothing is trained or no gradient flows. */
  readonly gradientNorm: number | null;
  /** ‖w‖; null where nothing is trained. */
  readonly weightNorm: number | null;
  /** ‖Δw‖ of one step of the optimizer; null where nothing is trained or no step was measured. */
  readonly updateNorm: number | null;
  /** ‖Δw‖ / ‖w‖, of the weights before that step; null without it, or for ‖w‖ = 0. */
  readonly updateRatio: number | null;
  /**
   * The share of weights, from 0 to 1, that the step left as they were: their update was less than half a unit in the last place of float32.
   * Weights with one axis, such as biases, count only where there are no others.
   */
  readonly frozenShare: number | null;
  /** What goes into the activation; the same as `a` where there is none. */
  readonly z: ValueStatistics;
  /** What the layer gives. */
  readonly a: ValueStatistics;
  /** The root mean square of ∂E/∂z; null where nothing flows back to trained weights. */
  readonly dz: number | null;
  /** The root mean square of ∂E/∂a; null as `dz`, and where the loss is fused with the activation, so that nothing flows to a. */
  readonly da: number | null;
  /**
   * The share of (unit, sample) where the activation's slope is below 5 % of its maximum (sigmoid: |z| > 4.36, tanh: |z| > 2.18); null for
   * activations that are not bounded on both sides.
   */
  readonly saturatedShare: number | null;
  /** The share of units that give nothing above 0 for any sample; null for activations that are not 0 for all negative z, as relu is. */
  readonly deadShare: number | null;
}

/** What a probe batch says of all layers. */
export interface EpochStatistics {
  /** After which epoch, counted from 0; −1: before the first step. */
  readonly epoch: number;
  /** The loss of the probe batch, penalties included. */
  readonly loss: number;
  /** rms(∂E/∂z) of the first layer with trained weights over that of the last; null for less than two, or where the last is 0. */
  readonly attenuation: number | null;
  /** The layers, in the order of their calls. */
  readonly layers: readonly LayerStatistics[];
}
