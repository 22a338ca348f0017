import type { Configuration } from "../configuration/configuration.ts";
import type { LayerShape, Parameter, Samples } from "../protocol.ts";
import type { Loss } from "../../../src/losses/loss.ts";
import { Normalization } from "../../../src/layers/normalization.ts";
import type { Layer } from "../../../src/layers/layer.ts";
import { Sequential } from "../../../src/models/sequential.ts";
import type { OptimizerSpec } from "../../../src/optimizers/resolve_optimizer.ts";
import { sizeOf } from "../../../src/tensor/size_of.ts";
import { Tensor } from "../../../src/tensor/tensor.ts";
import { isKnown } from "../../../src/tensor/is_known.ts";
import { makeCall } from "./plan/make_call.ts";
import { planOf } from "./plan/plan_of.ts";

/**
 * The compiled model of a configuration. Its numerics are the portable ones: an address gives the same bits on every machine.
 *
 * @throws {TypeError | RangeError} What the library says of a configuration that it cannot take
 */
export function makeNetwork(configuration: Configuration, samples: Samples, outputs: number): Sequential {
  const inputs = configuration.features.length;
  const plan = planOf(configuration, inputs, outputs);
  const layers = plan.layers.map((call) => makeCall(call) as Layer);
  const [first] = layers;
  if (first instanceof Normalization) first.adapt(new Tensor(samples.inputs, [samples.count, inputs]));
  const model = new Sequential(layers, { seed: configuration.seed, numerics: "portable" });
  model.compile({ optimizer: makeCall(plan.optimizer) as OptimizerSpec, loss: makeCall(plan.loss) as Loss });
  if (configuration.weights !== null) setWeights(model, configuration.weights);
  return model;
}

/** Sets all weights from one list. @throws {RangeError} If there are not as many */
function setWeights(model: Sequential, values: readonly number[]): void {
  const count = model.countParams();
  if (values.length !== count) {
    throw new RangeError(`The network has ${count} weights, but the configuration has values for ${values.length}`);
  }
  let at = 0;
  model.setWeights(model.weights.map(({ shape }) => {
    const size = sizeOf(shape);
    at += size;
    return new Tensor(Float32Array.from(values.slice(at - size, at)), shape);
  }));
}

/** All weights of a model, in the library's order. */
export function listParameters({ network }: Sequential): Parameter[] {
  let offset = 0;
  return network.variables.map(({ name, shape, elements, slot, layer }) => {
    offset += elements;
    return { name, layer: layer.name, shape, offset: offset - elements, isTrained: slot >= 0 };
  });
}

/** The layers of a model as the page draws them. */
export function listLayerShapes(
  model: Sequential,
  { layers: hidden, output, features }: Configuration,
  parameters: readonly Parameter[],
): LayerShape[] {
  let firstMap = features.length;
  return model.network.graph.nodes.map(({ layer, outputs: [output0] }, i) => {
    const { type, name } = layer as Layer;
    const shape = output0.sampleShape;
    const units = isKnown(shape) ? sizeOf(shape) : 0;
    const options = i < hidden.length ? hidden[i].options : output;
    firstMap += units;
    return {
      type,
      name,
      units,
      activation: typeof options.activation === "string" ? options.activation : null,
      options,
      firstMap: firstMap - units,
      parameters: parameters.flatMap(({ layer }, k) => layer === name ? [k] : []),
    };
  });
}
