import { namePorts } from "../data/name_ports.ts";
import type { Port } from "../data/signature.ts";
import { describeValue } from "../errors/describe_value.ts";
import { differentiate } from "../graph/differentiate.ts";
import { Graph } from "../graph/graph.ts";
import { callLoss } from "../losses/call_loss.ts";
import { classLayout } from "../losses/class_layout.ts";
import { isPopulation } from "../optimizers/population_optimizer.ts";
import type { Loss } from "../losses/loss.ts";
import type { Reduction } from "../losses/reduction.ts";
import type { LabelChange } from "../layers/tracing.ts";
import { compileProgram } from "../program/compile_program.ts";
import type { ModelPlace, Program } from "../program/program.ts";
import { formatShape } from "../tensor/format_shape.ts";
import { moveLast } from "../tensor/move_last.ts";
import { map, type Symbolic } from "../tensor/symbolic.ts";
import { compileUpdate, type UpdatePrograms } from "../update/compile_update.ts";
import { compileMember } from "./compile_member.ts";
import { hasPoints } from "../update/has_points.ts";
import { UpdateLayout } from "../update/update_layout.ts";
import { carryOn } from "./carry_on.ts";
import { explainNonFinite, type LossPart } from "./explain_non_finite.ts";
import { nameTask } from "./name_task.ts";
import { nameValues } from "./name_values.ts";
import type { Network } from "./network.ts";
import type { Goal } from "./objective.ts";
import type { NonFiniteError } from "./non_finite_error.ts";
import type { BatchKind, FailedBatch, ProgramSource, StepKind } from "./program_source.ts";
import type { LayerCall } from "./trace_results.ts";
import { traceTouched } from "./trace_touched.ts";
import type { Compilation } from "./trainer.ts";

/** The loss of a batch in a graph. */
export interface TracedLoss {
  /** What is made small. */
  readonly loss: Symbolic;
  /** The loss of each output that is trained, without its weight. */
  readonly losses: readonly Symbolic[];
  /** These outputs, and their labels as the loss sees them. */
  readonly outputs: readonly Symbolic[];
  readonly labels: readonly Symbolic[];
  /** Their masks, one value a row; null where there is none. */
  readonly masks: readonly (Symbolic | null)[];
  readonly inputs: readonly Symbolic[];
  /** What parts of the loss are: losses of outputs, and penalties. */
  readonly parts: readonly LossPart[];
  /** The calls of the network's layers. */
  readonly calls: readonly LayerCall[];
}

/** The programs of a network with a loss and an optimizer, traced from its layers. */
export class TracedPrograms implements ProgramSource {
  readonly #network: Network;
  readonly #compiled: Compilation;

  constructor(network: Network, compiled: Compilation) {
    this.#network = network;
    this.#compiled = compiled;
  }

  /**
   * Adds the loss of a batch to a graph. Its inputs are called `x/i` (those of the network), `y/i` (labels), `scale/i` (what every
   * value of a loss counts, beside a mask), and for an output with a mask whose loss leaves rows out `counts/i` (which rows those are).
   */
  traceLoss(
    graph: Graph,
    { rows, shapes }: BatchKind,
    training: boolean,
    assigned: Map<string, Symbolic> = new Map(),
  ): TracedLoss {
    const network = this.#network;
    const { objective } = this.#compiled;
    const { goals } = objective;
    const x = network.addInputs(graph, { rows, shapes });
    const labelShapes = objective.labelShapes(network.settle(shapes));
    const y = namePorts("y", goals.length).map((name, i) => graph.input(name, [rows, ...labelShapes[i]]));
    const added: Symbolic[] = [];
    const changes: LabelChange[] = [];
    const known = new Map<Symbolic, Symbolic>();
    const calls: LayerCall[] = [];
    const outputs = network.trace(graph, x, training, { assigned, losses: added, changes, masks: known, calls });
    const labels = y.map((given, i) => changeLabels(given, changes, goals[i].loss));
    const [scaleNames, countNames] = [namePorts("scale", goals.length), namePorts("counts", goals.length)];
    const scales: Symbolic[] = [];
    const masks = goals.map(({ output }) => known.get(outputs[output]) ?? null);
    const parts: LossPart[] = [];
    const partOf = <T>(about: Pick<LossPart, "name" | "layer" | "predictions">, trace: () => T): T => {
      const from = graph.nodes.length;
      const traced = trace();
      parts.push({ ...about, from, to: graph.nodes.length });
      return traced;
    };
    const traceGoal = (goal: Goal, i: number): Symbolic => {
      const { loss, output } = goal;
      const what = nameTask("loss", loss.id, goal.port);
      const values = callLoss(what, loss, graph, labels[i], outputs[output]);
      const scale = graph.input(scaleNames[i], values.shape);
      scales.push(scale);
      const mask = checkMask(what, goal.port, masks[i], values);
      if (mask === null) return graph.apply("weighted_sum", [values, scale]);
      const counts = loss.rowWeights === undefined ? [] : [graph.input(countNames[i], values.shape)];
      for (const each of counts) scales.push(each);
      const divisor = DIVISORS[loss.reduction];
      return graph.apply("weighted_sum", [values, graph.apply("mask_weights", [scale, mask, ...counts], { divisor })]);
    };
    const losses = goals.map((goal, i) => {
      const name = objective.isNamed ? `the loss of output "${goal.port.name}"` : "the loss";
      return partOf({ name, layer: null, predictions: outputs[goal.output] }, () => traceGoal(goal, i));
    });
    let loss = losses.map((each, i) => weigh(graph, each, goals[i].lossWeight))
      .reduce((sum, each) => map(graph, "add", [sum, each]));
    for (const value of added) loss = map(graph, "add", [loss, value]);
    for (const variable of network.variables) {
      if (!variable.trainable || !variable.spec.regularizer) continue; // what is frozen is not penalised, as in Keras
      const { name, spec: { regularizer } } = variable;
      const about = {
        name: `the penalty on "${name}"`,
        layer: name.slice(0, name.lastIndexOf("/")),
        predictions: null,
      };
      const penalty = partOf(about, () => regularizer.penalty(graph, network.variableNode(graph, variable)));
      loss = map(graph, "add", [loss, penalty]);
    }
    const trained = goals.map(({ output }) => outputs[output]);
    return { loss, losses, outputs: trained, labels, masks, inputs: [...x, ...y, ...scales], parts, calls };
  }

  /**
   * The program of a step. Outputs: `loss`; where the model has several outputs, `loss/i` of those that are trained; where metrics want them,
   * these themselves, `output/i`, with the classes along the last axis, and `labels/i` where labels were moved as well, or changed by layers; the
   * values of composed metrics, `output/i/name`; and `mask/i` where one has a mask.
   */
  compileStep(kind: StepKind, batch: BatchKind, ranks: number): Program {
    const network = this.#network;
    const { goals, isNamed, selection } = this.#compiled.objective;
    const graph = new Graph({ batch: batch.rows });
    const assigned = new Map<string, Symbolic>();
    const { loss, losses, outputs: predicted, labels, masks, inputs } = this.traceLoss(
      graph,
      batch,
      kind === "train",
      assigned,
    );
    const outputs: { name: string; node: Symbolic; place?: { block: string; offset: number } }[] = [
      { name: "loss", node: loss },
    ];
    const [lossNames, outputNames, labelNames, maskNames] = (["loss", "output", "labels", "mask"] as const).map((
      kind,
    ) => namePorts(kind, goals.length));
    if (isNamed) losses.forEach((node, i) => outputs.push({ name: lossNames[i], node }));
    goals.forEach(({ metrics, weightedMetrics, loss, port }, i) => {
      const all = [...metrics, ...weightedMetrics];
      const chosen = kind === "train" && selection.goal === i ? selection.metric : null;
      if (chosen !== null && !all.some(({ name }) => name === chosen.name)) all.push(chosen);
      const isSeen = kind === "train" && !selection.isLoss && selection.metric === null;
      const mask = masks[i];
      if (mask !== null && all.length > 0) outputs.push({ name: maskNames[i], node: mask });
      const { moved } = classLayout(loss, port.shape);
      const last = (x: Symbolic): Symbolic => moved === null ? x : moveLast(x, moved);
      if (isSeen || all.some(({ call }) => call === undefined)) {
        outputs.push({ name: outputNames[i], node: last(predicted[i]) });
        const seen = loss.target === "class_index" ? labels[i] : last(labels[i]);
        if (seen.op !== "input") outputs.push({ name: labelNames[i], node: seen });
      }
      for (const { name, call } of all) {
        if (call === undefined) continue;
        const what = nameTask("metric", name, port);
        const node = callLoss(what, { call }, graph, labels[i], predicted[i]);
        checkMask(what, port, mask, node);
        outputs.push({ name: nameValues(outputNames[i], name), node });
      }
    });
    const { optimizer } = this.#compiled;
    const addAssigned = (): void => {
      for (const [name, node] of assigned) {
        const { offset } = network.variableNamed(name);
        outputs.push({ name: `next ${name}`, node, place: { block: "state_next", offset } });
      }
    };
    if (kind === "train" && isPopulation(optimizer)) {
      addAssigned();
      return compileMember(network, { outputs, inputs, locate: (leaf) => network.locate(leaf) });
    }
    if (kind === "train") {
      const trained = network.variables.filter((v) => v.trainable);
      const gradients = differentiate(graph, loss, trained.map((v) => network.variableNode(graph, v)));
      trained.forEach((variable, i) => {
        const { name, shape, slot, touched } = variable;
        const found = gradients[i];
        const place = { block: "gradients", offset: slot };
        if (touched === undefined) {
          outputs.push({ name: `d ${name}`, node: found ?? graph.constant(0, shape), place });
          return;
        }
        const { gradient, flags } = traceTouched(graph, name, shape, found);
        outputs.push({ name: `touched ${name}`, node: flags, place: { block: "touched", offset: touched } });
        if (gradient !== null) outputs.push({ name: `d ${name}`, node: gradient, place });
      });
      addAssigned();
    }
    const locate = kind === "train" ? this.#locateTrained() : (leaf: Symbolic) => network.locate(leaf);
    if (kind !== "train") { for (const carried of carryOn(network, assigned)) outputs.push(carried); }
    return compileProgram({ outputs, inputs, locate, ranks });
  }

  /** Where a training step reads leaves: an optimizer may have it done at other weights than those of the model. */
  #locateTrained(): (leaf: Symbolic) => ModelPlace {
    const network = this.#network;
    const { optimizer } = this.#compiled;
    if (!hasPoints(optimizer)) return (leaf) => network.locate(leaf);
    const layout = new UpdateLayout(optimizer, network.variables);
    return (leaf) => {
      if (leaf.op !== "variable") return network.locate(leaf);
      const point = layout.pointOf(network.variableNamed(leaf.attributes.name as string));
      return point === null ? network.locate(leaf) : { block: point.block, offset: point.offset };
    };
  }

  compileUpdate(ranks: number): UpdatePrograms {
    const { variables } = this.#network;
    const constraints = new Map(
      variables.flatMap((v) => v.spec.constraint ? [[v.name, v.spec.constraint] as const] : []),
    );
    const { optimizer } = this.#compiled;
    if (!isPopulation(optimizer)) return compileUpdate(optimizer, variables, constraints, ranks);
    return optimizer.inner === null ? {} : compileUpdate(optimizer.inner, variables, constraints, ranks);
  }

  explain(failed: FailedBatch): NonFiniteError {
    const trace = (graph: Graph): TracedLoss => this.traceLoss(graph, failed, true);
    return explainNonFinite(this.#network, trace, failed, this.#locateTrained());
  }
}

/**
 * Labels as the layers of a training step change them.
 *
 * @throws {TypeError} If they are numbers of classes
 */
function changeLabels(labels: Symbolic, changes: readonly LabelChange[], { id, target }: Loss): Symbolic {
  if (changes.length === 0) return labels;
  if (target === "class_index") {
    throw new TypeError(
      `Cannot train with layer "${
        changes[0].layer
      }": it changes labels, which must not be numbers of classes, as loss ${
        describeValue(id)
      } takes them; give one-hot labels and use "categorical_crossentropy"`,
    );
  }
  return changes.reduce((changed, { change }) => change(changed), labels);
}

/** What the losses of the rows that count are divided by. */
const DIVISORS: Readonly<Record<Reduction, "none" | "counts" | "weights">> = {
  sum: "none",
  none: "none",
  sum_over_batch_size: "counts",
  mean: "counts",
  mean_with_sample_weight: "weights",
};

/**
 * The mask of an output beside the values of its loss, or of a metric.
 *
 * @param what what is done, for the message
 * @throws {TypeError} If it has another shape, or is there in training alone or in prediction alone
 */
function checkMask(what: string, port: Port, mask: Symbolic | null, { shape }: Symbolic): Symbolic | null {
  if (mask === null && port.mask === undefined) return null;
  const start = `Cannot ${what}: its mask must`;
  if (mask === null || port.mask === undefined) {
    throw new TypeError(`${start} be there in training and in prediction alike; a layer sets it in one only`);
  }
  if (formatShape(mask.shape) === formatShape(shape)) return mask;
  const [found, wanted] = [mask.shape, shape].map((all) => formatShape([null, ...all.slice(1)]));
  throw new TypeError(`${start} have the shape of the values of the rows, ${wanted}, got ${found}`);
}

/** The loss of an output as it counts in the sum. */
function weigh(graph: Graph, loss: Symbolic, weight: number): Symbolic {
  return weight === 1 ? loss : map(graph, "mul", [loss, graph.constant(weight)]);
}
