import { differentiate } from "../graph/differentiate.ts";
import { Graph } from "../graph/graph.ts";
import { compileProgram } from "../program/compile_program.ts";
import type { Program } from "../program/program.ts";
import { map, type Symbolic } from "../tensor/symbolic.ts";
import { compileUpdate, type UpdatePrograms } from "../update/compile_update.ts";
import { explainNonFinite } from "./explain_non_finite.ts";
import type { Network } from "./network.ts";
import type { NonFiniteError } from "./non_finite_error.ts";
import type { FailedBatch, ProgramSource, StepKind } from "./program_source.ts";
import type { Compiled } from "./trainer.ts";

/** The programs of a network with a loss and an optimizer, traced from its layers. */
export class TracedPrograms implements ProgramSource {
  readonly #network: Network;
  readonly #compiled: Compiled;

  constructor(network: Network, compiled: Compiled) {
    this.#network = network;
    this.#compiled = compiled;
  }

  /** Adds loss and output for `rows` samples to a graph. */
  traceLoss(
    graph: Graph,
    rows: number,
    training: boolean,
    assigned: Map<string, Symbolic> = new Map(),
  ): { loss: Symbolic; output: Symbolic; inputs: Symbolic[] } {
    const network = this.#network;
    const { loss: rule } = this.#compiled;
    const { inputShape, outputShape } = network;
    const x = graph.input("x", [rows, ...inputShape]);
    const y = graph.input("y", [rows, ...(rule.target === "class_index" ? outputShape.slice(0, -1) : outputShape)]);
    const losses: Symbolic[] = [];
    const [output] = network.trace(graph, [x], training, { assigned, losses });
    const values = rule.call(graph, y, output);
    const scale = graph.input("scale", values.shape);
    let loss = graph.apply("weighted_sum", [values, scale]);
    for (const added of losses) loss = map(graph, "add", [loss, added]);
    for (const variable of network.variables) {
      if (!variable.trainable || !variable.spec.regularizer) continue; // what is frozen is not penalised, as in Keras
      const penalty = variable.spec.regularizer.penalty(graph, network.variableNode(graph, variable));
      loss = map(graph, "add", [loss, penalty]);
    }
    return { loss, output, inputs: [x, y, scale] };
  }

  compileStep(kind: StepKind, rows: number, ranks: number): Program {
    const network = this.#network;
    const { metrics, weightedMetrics } = this.#compiled;
    const graph = new Graph({ batch: rows });
    const assigned = new Map<string, Symbolic>();
    const { loss, output, inputs } = this.traceLoss(graph, rows, kind === "train", assigned);
    const outputs: { name: string; node: Symbolic; place?: { block: string; offset: number } }[] = [
      { name: "loss", node: loss },
    ];
    if (metrics.length + weightedMetrics.length > 0) outputs.push({ name: "output", node: output });
    if (kind === "train") {
      const trained = network.variables.filter((v) => v.trainable);
      const gradients = differentiate(graph, loss, trained.map((v) => network.variableNode(graph, v)));
      trained.forEach((variable, i) => {
        const node = gradients[i] ?? graph.constant(0, variable.shape);
        outputs.push({ name: `d ${variable.name}`, node, place: { block: "gradients", offset: variable.slot } });
      });
      for (const [name, node] of assigned) {
        const { offset } = network.variableNamed(name);
        outputs.push({ name: `next ${name}`, node, place: { block: "state_next", offset } });
      }
    }
    return compileProgram({ outputs, inputs, locate: (leaf) => network.locate(leaf), ranks });
  }

  compileUpdate(ranks: number): UpdatePrograms {
    const { variables } = this.#network;
    const constraints = new Map(
      variables.flatMap((v) => v.spec.constraint ? [[v.name, v.spec.constraint] as const] : []),
    );
    return compileUpdate(this.#compiled.optimizer, variables, constraints, ranks);
  }

  explain(failed: FailedBatch): NonFiniteError {
    return explainNonFinite(this.#network, (graph) => this.traceLoss(graph, failed.rows, true).loss, failed);
  }
}
