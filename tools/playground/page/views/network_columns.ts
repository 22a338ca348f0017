import type { LayerShape } from "../../protocol.ts";
import type { ReplyOf } from "../state/store.ts";
import type { Strings } from "../../strings/en.ts";

/** One column of the drawing: the inputs or a layer. */
export interface Column {
  readonly title: string;
  readonly names: readonly string[];
  /** Where its maps begin, in neurons. */
  readonly firstMap: number;
  readonly layer: LayerShape | null;
}

/** A line of the drawing, or a dot: a weight, or where a layer without weights hands a value on. */
export interface Edge {
  /** The column that it ends in. */
  readonly column: number;
  /** Null: a bias or another weight of one neuron alone. */
  readonly from: number | null;
  readonly to: number;
  /** Its number among all weights; null: none. */
  readonly weight: number | null;
  readonly name: string;
}

/** The drawing's columns and lines. */
export interface NetworkShape {
  readonly columns: readonly Column[];
  /** The lines and dots that end in each column. */
  readonly edges: readonly (readonly Edge[])[];
}

/** The name of a hidden layer or the output. */
export function layerTitle(words: Strings, index: number, count: number): string {
  return index === count - 1 ? words.outputLayer : words.layer(String(index + 1));
}

/** Finds columns and lines of a network. */
export function networkColumns(network: ReplyOf<"configured">, words: Strings): NetworkShape {
  const features = network.configuration.features;
  const names = features.map((feature) => {
    const symbol = words.featureNames[feature];
    const own = feature === "x1" ? network.axes[0] : feature === "x2" ? network.axes[1] : feature;
    return own === feature ? symbol : `${symbol}, ${own}`;
  });
  const inputs: Column = { title: words.inputs, names, firstMap: 0, layer: null };
  const columns: Column[] = [inputs];
  const edges: Edge[][] = [[]];
  network.layers.forEach((layer, index) => {
    const title = layerTitle(words, index, network.layers.length);
    const column: Column = {
      title,
      names: Array.from({ length: layer.units }, (_, unit) => words.neuron(title, String(unit + 1))),
      firstMap: layer.firstMap,
      layer,
    };
    const before = columns[index];
    const found: Edge[] = [];
    let hasMatrix = false;
    for (const number of layer.parameters) {
      const { shape, offset, isTrained } = network.parameters[number];
      if (!isTrained) continue;
      if (shape.length === 2) {
        hasMatrix = true;
        for (let from = 0; from < shape[0]; from++) {
          for (let to = 0; to < shape[1]; to++) {
            const name = words.weightName(nameOf(before, from, words), column.names[to]);
            found.push({ column: index + 1, from, to, weight: offset + from * shape[1] + to, name });
          }
        }
      } else if (shape.length === 1 && shape[0] === layer.units) {
        const own = network.parameters[number].name.split("/").at(-1)!;
        for (let to = 0; to < shape[0]; to++) {
          const name = own === "bias" ? words.biasName(column.names[to]) : `${own}, ${column.names[to]}`;
          found.push({ column: index + 1, from: null, to, weight: offset + to, name });
        }
      }
    }
    if (!hasMatrix) {
      for (let to = 0; to < Math.min(layer.units, before.names.length); to++) {
        found.push({ column: index + 1, from: to, to, weight: null, name: "" });
      }
    }
    columns.push(column);
    edges.push(found);
  });
  return { columns, edges };
}

function nameOf(column: Column, unit: number, words: Strings): string {
  return column.layer === null ? words.inputName(column.names[unit]) : column.names[unit];
}

/** The line of a weight. */
export function edgeOf(shape: NetworkShape, weight: number): Edge | null {
  for (const edges of shape.edges) for (const edge of edges) if (edge.weight === weight) return edge;
  return null;
}
