import type { DataInputs, SampleInputs } from "../../data/data_input.ts";
import type { Tensor } from "../../tensor/tensor.ts";
import type { Goal } from "../../training/objective.ts";
import { type AnyModel, internalsOf } from "../trace/internals_of.ts";

/** What a model answers for samples, beside their labels. */
export interface Answers {
  /** The share of answers that are right: over 0.5 where the label is, or the largest at the right class; null where labels are other numbers. */
  readonly right: number | null;
  /** The loss of answering with the mean of the labels, always; penalties do not count. */
  readonly baseline: number;
  /** The predictions of the first output that is trained. */
  readonly predictions: Float32Array;
  /** Its labels. */
  readonly labels: Float32Array;
}

/** A loss below this share of the baseline counts as solved where no answer is right or wrong. */
const SOLVED = 0.05;

/** Whether a model with such answers and this loss has solved its task. */
export function isSolved({ right, baseline }: Answers, loss: number): boolean {
  return right === null ? loss <= SOLVED * baseline : right === 1;
}

/** Looks at the answers of a model. @param what what is done, for messages */
export function judgeAnswers(what: string, model: AnyModel, x: SampleInputs, y: DataInputs): Answers {
  const { samplesFor, Graph, evaluateGraph } = internalsOf(what, model);
  const { targets } = samplesFor(model, x, y, undefined);
  const given: unknown = model.predict(x);
  const outputs =
    (Array.isArray(given) ? given : "data" in Object(given) ? [given] : Object.values(given as object)) as Tensor[];
  const { goals } = model.trainer.compiled.objective;
  let baseline = 0;
  const shares = goals.map((goal, i): number | null => {
    const { loss, lossWeight, output } = goal;
    const { shape } = outputs[output];
    const labels = targets[i].data;
    const means = meanAnswer(goal, labels, shape[shape.length - 1] ?? 1, outputs[output].data.length);
    const graph = new Graph({ batch: shape[0] });
    const values = loss.call(graph, graph.input("y", targets[i].shape), graph.input("p", shape));
    const [losses] = evaluateGraph(
      [values],
      ({ attributes }) => attributes.name === "y" ? Float64Array.from(labels) : means,
    );
    const sum = losses.reduce((a, b) => a + b, 0);
    baseline += lossWeight * (loss.reduction === "sum" ? sum : sum / losses.length);
    return shareOfRight(goal, labels, outputs[output]);
  });
  const right = shares.includes(null) ? null : shares.reduce<number>((sum, each) => sum + each!, 0) / shares.length;
  return { right, baseline, predictions: outputs[goals[0].output].data, labels: targets[0].data };
}

/** For every prediction the mean of its column's labels, as the loss wants it. */
function meanAnswer({ loss: { target, link } }: Goal, labels: Float32Array, width: number, size: number): Float64Array {
  const means = new Float64Array(width);
  const isIndex = target === "class_index";
  const rows = isIndex ? labels.length : labels.length / width;
  labels.forEach((label, i) => means[isIndex ? label : i % width] += (isIndex ? 1 : label) / rows);
  const answers = means.map((p) => {
    if (link === undefined) return p;
    // Certain answers have no finite logit; 15 stands for it.
    return Math.max(-15, Math.min(15, link === "sigmoid" ? Math.log(p / (1 - p)) : Math.log(p)));
  });
  return new Float64Array(size).map((_, i) => answers[i % width]);
}

/** The share of labels that are answered right; null where they are no classes. */
function shareOfRight(
  { loss: { target, link, axis = -1 } }: Goal,
  labels: Float32Array,
  { data, shape }: Tensor,
): number | null {
  const width = shape[shape.length - 1] ?? 1;
  if (target === "class_index" || target === "distribution" && width > 1) {
    if (axis !== -1 && axis !== shape.length - 1) return null;
    const rows = data.length / width;
    const largest = (of: Float32Array, row: number): number => {
      let best = 0;
      for (let i = 1; i < width; i++) if (of[row * width + i] > of[row * width + best]) best = i;
      return best;
    };
    let right = 0;
    for (let row = 0; row < rows; row++) {
      if (largest(data, row) === (target === "class_index" ? labels[row] : largest(labels, row))) right++;
    }
    return right / rows;
  }
  const [low, high] = target === "hinge" && labels.includes(-1) ? [-1, 1] : [0, 1];
  if (data.length !== labels.length || !labels.every((label) => label === low || label === high)) return null;
  const middle = link === "sigmoid" || target === "hinge" ? 0 : 0.5;
  return data.reduce((sum, p, i) => sum + Number(p > middle === (labels[i] === high)), 0) / data.length;
}
