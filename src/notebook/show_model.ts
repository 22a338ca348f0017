import { type Box, drawBoxes } from "../drawing/draw_boxes.ts";
import { element, type Markup } from "../drawing/markup.ts";
import type { LayerGraph } from "../layers/layer_graph.ts";
import { type LayerNode, sourcesOf } from "../layers/layer_output.ts";
import { isGraph, layerTable } from "../models/layer_table.ts";
import type { Model } from "../models/model.ts";
import { formatShape } from "../tensor/format_shape.ts";
import { type DisplayBundle, displayBundle } from "../drawing/display_bundle.ts";

/** A drawing of more calls than these cannot be read; the table says what is connected. */
const MOST_BOXES = 60;

/** A model as a notebook shows it: the table of its layers, and if it is more than a chain, a drawing of what is connected. */
export function showModel(model: Model): DisplayBundle {
  const { title, rows, notes } = layerTable(model);
  const nodes = model.isBuilt ? listNodes(model.network.graph) : [];
  const isDrawn = nodes.length <= MOST_BOXES && model.isBuilt && isGraph(model.network.graph);
  const line = (tag: "th" | "td", cells: readonly string[]): Markup => {
    return element(
      "tr",
      {},
      cells.map((cell, i) => element(tag, { style: i === 2 ? undefined : "text-align:left" }, cell)),
    );
  };
  return displayBundle({
    text: String(model),
    html: element(
      "div",
      {},
      element(
        "table",
        {},
        element("caption", { style: "text-align:left" }, title),
        element("thead", {}, line("th", rows[0])),
        element("tbody", {}, rows.slice(1).map((row) => line("td", row))),
      ),
      notes.map((note) => element("div", {}, note)),
      isDrawn ? drawBoxes(nodes.map((node) => describeNode(node, nodes)), title) : null,
    ).text,
    data: {
      kind: "model",
      version: 1,
      name: model.name,
      layers: model.layers.map((layer) => ({
        name: layer.name,
        type: layer.type,
        trainable: layer.trainable,
        params: model.isBuilt ? layer.countParams() : null,
      })),
      calls: nodes.map((node) => ({
        layer: node.layer.name,
        inputs: sourcesOf(node).map(({ name }) => name),
        outputShapes: node.outputs.map(({ shape }) => shape),
      })),
    },
  });
}

/** The calls of layers, those of input layers first. */
function listNodes({ inputs, nodes }: LayerGraph): LayerNode[] {
  return [...new Set([...inputs.map(({ node }) => node), ...nodes])];
}

function describeNode(node: LayerNode, nodes: readonly LayerNode[]): Box {
  const { layer: { name, type }, outputs } = node;
  const shapes = outputs.map(({ shape }) => formatShape(shape)).join(", ");
  return {
    lines: [name, type, shapes],
    sources: [...new Set(sourcesOf(node).map((source) => nodes.indexOf(source.node)))].filter((source) => source >= 0),
  };
}
