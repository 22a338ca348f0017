import type { SampleInputs } from "../data/data_input.ts";
import { isStream } from "../data/is_stream.ts";
import { checkInteger } from "../errors/check_integer.ts";
import { checkOptions } from "../errors/check_options.ts";
import { cleanText } from "../errors/clean_text.ts";
import { describeValue } from "../errors/describe_value.ts";
import type { LayerNode } from "../layers/layer_output.ts";
import { FunctionalModel } from "../models/functional_model.ts";
import type { ModelBase } from "../models/model_base.ts";
import { formatShape } from "../tensor/format_shape.ts";
import type { Tensor } from "../tensor/tensor.ts";
import { channelPanels } from "./channel_panels.ts";
import type { PictureSection } from "./panel.ts";
import { Picture } from "./picture.ts";
import { PICTURE_OPTIONS, type PictureOptions, readRange, readStyle } from "./picture_options.ts";

/** Options of `plot.activations`. */
export interface ActivationsPlotOptions extends PictureOptions {
  /** The name of the only layer to show. Default: all whose outputs are images. */
  layer?: string;
  /** Which sample of `x`, an integer >= 0. Default 0. */
  sample?: number;
  /** The most channels of a layer, an integer >= 1. Default 16. */
  count?: number;
}

const WHAT = "plot activations";

/**
 * What the layers of a model give for one sample, where that is an image [height, width, channels]: a grey picture a channel, of each layer
 * from its least to its largest number. The model computes as in prediction.
 *
 * ```ts
 * import { layers, plot, sequential } from "retroprop";
 *
 * const model = sequential([
 *   layers.upSampling2d({ size: 2, interpolation: "bilinear", inputShape: [4, 4, 1] }),
 *   layers.flatten(),
 *   layers.dense({ units: 2 }),
 * ]);
 * const image = Array.from({ length: 4 }, (_, i) => Array.from({ length: 4 }, (_, j) => [i + j]));
 * console.log(plot.activations(model, [image]));
 * ```
 *
 * @param model A model that is built.
 * @param x Samples, as `predict` takes them.
 * @param options Which layer, which sample, how many channels, layout, range and colours.
 * @returns What `console.log` and notebooks show, and `String()` makes text of.
 * @throws {TypeError | RangeError} If no layer gives images, there is no such layer or sample, or an option is unknown or out of range.
 */
export function activations(model: ModelBase, x: SampleInputs, options: ActivationsPlotOptions = {}): Picture {
  checkOptions(WHAT, options, ["layer", "sample", "count", ...PICTURE_OPTIONS]);
  const style = readStyle(WHAT, options);
  const sample = checkInteger(WHAT, "sample", options.sample ?? 0, { min: 0 });
  const most = checkInteger(WHAT, "count", options.count ?? 16, { min: 1 });
  const nodes = findNodes(model, options.layer);
  const shown = nodes.map(({ outputs }) => outputs[0]);
  // With the model's own outputs, so that none of its inputs is left over.
  const outputs = [...shown, ...model.outputs.filter((output) => !shown.includes(output))];
  const { inputs: ports, inputForm } = model.signature;
  // The same form as the model's, so that it takes the same data.
  const inputs = inputForm === "record"
    ? Object.fromEntries(ports.map(({ name }, i) => [name, model.inputs[i]]))
    : inputForm === "one"
    ? model.inputs[0]
    : model.inputs;
  if (isStream(x)) throw new TypeError(`Cannot ${WHAT}: x must be samples in memory, got a stream`);
  const found = new FunctionalModel<readonly Tensor[]>({ inputs, outputs }).predict(x);
  const sections = found.slice(0, shown.length).map(({ data, shape: [samples, ...shape] }, i): PictureSection => {
    if (sample >= samples) {
      throw new RangeError(`Cannot ${WHAT}: sample must be one of ${samples} samples, got ${sample}`);
    }
    const size = data.length / samples;
    const image = { data: data.subarray(sample * size, (sample + 1) * size), shape };
    const panels = channelPanels(image, most, readRange(WHAT, options.range, [image.data]), String);
    const left = shape[2] - panels.length;
    return {
      title: cleanText(`${nodes[i].layer.name} ${formatShape(shape)}`),
      panels,
      note: left > 0 ? `… and ${left} more` : "",
    };
  });
  return new Picture(sections, style);
}

/** The calls whose results are images. */
function findNodes(model: ModelBase, layer: string | undefined): readonly LayerNode[] {
  if (typeof model?.getLayer !== "function") {
    throw new TypeError(`Cannot ${WHAT}: it takes a model, got ${describeValue(model)}`);
  }
  const nodes = model.network.graph.nodes.filter(({ outputs }) => outputs[0].sampleShape.length === 3);
  const found = nodes.filter((node) => layer === undefined || node.layer.name === layer);
  if (found.length > 0) return found;
  const names = nodes.map((node) => node.layer.name).join(", ");
  throw new RangeError(
    `Cannot ${WHAT}: ${
      layer === undefined ? "no layer" : `no layer called ${describeValue(layer)}`
    } gives images [height, width, channels]${names === "" ? "" : `; these do: ${names}`}`,
  );
}
