import { Graph } from "../graph/graph.ts";
import { probeLengths } from "../layers/probe_lengths.ts";
import { callLoss } from "../losses/call_loss.ts";
import { classLayout } from "../losses/class_layout.ts";
import { lossTable } from "../losses/gen/table.ts";
import { fillShape } from "../tensor/fill_shape.ts";
import { isKnown } from "../tensor/is_known.ts";
import { nameTask } from "./name_task.ts";
import type { Goal, Objective } from "./objective.ts";

/** How many samples the losses are composed for: a number that no axis has, so that none is taken for the batch. */
const ROWS = 7919;

/**
 * Composes losses and metrics of the user's own once, on a graph that nobody computes, so that what is wrong with them is found before there
 * are data.
 *
 * @throws {TypeError} If one gives no value for each row; what it throws, with its name and that of the output before it
 */
export function checkOwnParts({ goals }: Objective): void {
  for (const goal of goals) {
    const calls = listOwn(goal);
    if (calls.length === 0) continue;
    const { port, loss } = goal;
    const trace = (length: number): void => {
      const graph = new Graph({ batch: ROWS, shapesOnly: true });
      const shape = fillShape(port.shape, length);
      const labels = graph.input("y", [ROWS, ...classLayout(loss, shape).labels]);
      const predictions = graph.input("output", [ROWS, ...shape]);
      for (const { what, call } of calls) callLoss(what, { call }, graph, labels, predictions);
    };
    probeLengths(!isKnown(port.shape), trace, () => {});
  }
}

/** The loss and the metrics of an output that are compositions of the user's own. */
function listOwn({ port, loss, metrics, weightedMetrics }: Goal) {
  const composed = [...metrics, ...weightedMetrics].flatMap(({ name, call }) => {
    return call === undefined ? [] : [{ what: nameTask("metric", name, port), call }];
  });
  return Object.hasOwn(lossTable, loss.id) ? composed : [
    { what: nameTask("loss", loss.id, port), call: loss.call.bind(loss) },
    ...composed,
  ];
}
