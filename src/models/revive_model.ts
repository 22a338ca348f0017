import { mapTensors } from "../layers/call_options.ts";
import { HostLayer } from "../layers/host_layer.ts";
import { InputLayer } from "../layers/input_layer.ts";
import type { Layer } from "../layers/layer.ts";
import type { LayerOutput } from "../layers/layer_output.ts";
import type { Predictions } from "./form_outputs.ts";
import { FunctionalModel } from "./functional_model.ts";
import { ModelLayer } from "./model_layer.ts";
import type { SavedInnerLayer } from "./create_part_resolver.ts";
import {
  DEEPEST,
  type GraphDescription,
  type ModelDescription,
  readSavedLayer,
  type SavedForm,
  type SavedLayer,
  type SavedOutput,
} from "./read_model_description.ts";
import type { Json } from "../tensor/json.ts";
import type { ModelFile } from "./read_model_file.ts";
import type { LayerOutputs } from "./read_ports.ts";
import { quoteName } from "../files/quote_name.ts";
import { savedJson } from "./saved_json.ts";
import { Sequential } from "./sequential.ts";

/**
 * Makes the model that a file describes, and the models in it.
 *
 * @param make makes a layer that is no model; `makeInner` makes the layers inside it
 * @param file brings the values of the weights: nothing is drawn, and nothing is allocated before they are found
 * @param inner of a model inside another one: the layers that are there by their paths, and what its paths begin with
 */
export function reviveModel(
  description: ModelDescription,
  make: (layer: SavedLayer, makeInner: (saved: SavedInnerLayer) => Layer) => Layer,
  file: ModelFile,
  { made = new Map<string, Layer>(), within = "" } = {},
): Sequential | FunctionalModel<Predictions> {
  const revive = (saved: SavedLayer, path: string, depth: number): Layer => {
    const { model, config } = saved;
    const first = file.shared.get(path);
    if (first !== undefined) {
      return made.get(first) ?? savedJson.fail(`${quoteName(path)} must share a layer that stands before it`);
    }
    const layer = model === null
      ? restoreState(
        make(saved, (inner) => {
          const found = readInner(inner, path, depth);
          return revive(found, `${path}/${found.config.name}`, depth + 1);
        }),
        file,
        path.slice(within.length),
      )
      : new ModelLayer(
        reviveModel(model, make, innerFile(file, model, path.slice(within.length)), { made, within: `${path}/` }),
        config as { name?: string; trainable?: boolean },
      );
    made.set(path, layer);
    return layer;
  };
  const layers = description.layers.map((saved) => revive(saved, `${within}${saved.config.name}`, 0));
  if (description.type === "functional") return reviveGraph(description, layers, file);
  return new Sequential(layers, description.options, file);
}

/** What a file says of a layer inside another one, which stands at `path`. */
function readInner({ type, config }: SavedInnerLayer, path: string, depth: number): SavedLayer {
  const at = `the layer inside ${quoteName(path)}`;
  if (depth > DEEPEST) savedJson.fail(`layers must not lie more than ${DEEPEST} deep in each other`);
  if (typeof type !== "string") return savedJson.fail(`the type of ${at} must be a string`);
  return readSavedLayer(type, savedJson.object(config as Json, `the config of ${at}`), { at, version: 2, depth });
}

/** What a file says of a model inside the one that it describes: the values of its weights alone. */
function innerFile(file: ModelFile, model: ModelDescription, layer: string): ModelFile {
  const { readValues } = file;
  return {
    model,
    isCompiled: false,
    frozen: null,
    shared: file.shared,
    readCompile: () => null,
    readValues: readValues && (({ name, shape }) => readValues({ name: `${layer}/${name}`, shape })),
    readState: () => null,
    readTensor: (name) => file.readTensor(`${layer}/${name}`),
  };
}

/** A layer with what it has learnt, where it keeps that beside its weights. */
function restoreState(layer: Layer, file: ModelFile, path: string): Layer {
  if (layer instanceof HostLayer) layer.readState((name) => file.readTensor(`${path}/${name}`))();
  return layer;
}

function reviveGraph(
  { options, inputs, nodes, outputs, forms }: GraphDescription,
  layers: readonly Layer[],
  file: ModelFile,
): FunctionalModel<Predictions> {
  const given = inputs.map((input) => new InputLayer(input).open());
  const results: (readonly LayerOutput[])[] = [];
  const refer = ([node, output]: SavedOutput): LayerOutput => {
    if (node < 0) return given[-1 - node];
    return results[node][output] ?? savedJson.fail(`call ${node} has no result ${output}`);
  };
  for (const { layer, inputs, options } of nodes) {
    const call = mapTensors(options, ({ node, output }) => refer([node, output]));
    const given = layers[layer].apply<LayerOutput | readonly LayerOutput[]>(inputs.map(refer), call);
    results.push([given].flat() as readonly LayerOutput[]);
  }
  const ends = {
    inputs: formOf(forms.inputs, given),
    outputs: formOf(forms.outputs, outputs.map(refer)),
  };
  return new FunctionalModel(ends, options, file);
}

function formOf(form: SavedForm, ports: readonly LayerOutput[]): LayerOutputs {
  if (form === "one") return ports[0];
  return form === "list" ? ports : Object.fromEntries(form.map((name, i) => [name, ports[i]]));
}
