import type { LayerShape, ReplyBody, Request } from "../protocol.ts";
import { explain } from "../../../src/explain/chain/explain.ts";
import { pickSamples } from "./pick_samples.ts";
import type { Situation } from "./situation.ts";

/** The chain of factors of one weight for the batch that is begun or comes next, or for samples that are named. */
export function explainChain(
  { weight, samples }: Request & { readonly kind: "chain" },
  { session, language }: Situation,
): ReplyBody {
  const parameter = session.parameters.findLast(({ offset }) => offset <= weight);
  if (parameter === undefined || !Number.isInteger(weight) || weight >= session.weights().length) {
    throw new RangeError(`There is no weight ${weight}`);
  }
  const { name, shape, offset } = parameter;
  const index = weight - offset;
  const place = shape.length === 2 ? [Math.floor(index / shape[1]), index % shape[1]] : [index];
  const rows = samples ?? [...session.loop.rows];
  const [x, y] = pickSamples(session.train.samples, rows);
  const path = explain(session.model, x, y, { language, training: true, order: "lecture" }).path(
    `${name}[${place.map((at) => at + 1).join(",")}]`,
  );
  return {
    kind: "chain",
    weight,
    html: path.toHTML(),
    text: String(path),
    latex: path.toLatex() ?? "",
    edges: listEdges(session.layers, session.layers.findIndex((layer) => layer.name === parameter.layer), place),
  };
}

/** The edges that the paths of a weight go along, as [layer, from, to]: its own, those from its neuron, and all behind these. */
function listEdges(layers: readonly LayerShape[], at: number, place: readonly number[]): Uint32Array {
  const edges: number[] = [];
  if (layers[at]?.type === "dense" && place.length === 2) edges.push(at, ...place);
  let from = [place[place.length - 1]];
  for (let i = at + 1; i < layers.length; i++) {
    if (layers[i].type !== "dense") continue; // one neuron behind the other
    const to = Array.from({ length: layers[i].units }, (_, unit) => unit);
    for (const start of from) for (const end of to) edges.push(i, start, end);
    from = to;
  }
  return Uint32Array.from(edges);
}
