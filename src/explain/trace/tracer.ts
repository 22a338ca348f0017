import type { Dataset } from "../../data/dataset.ts";
import type { Symbolic } from "../../tensor/symbolic.ts";
import type { BatchKind } from "../../training/program_source.ts";
import type { LoadedProgram } from "../../workers/loaded_program.ts";
import type { AnyModel } from "./internals_of.ts";
import { type TracedGraph, traceGraph } from "./traced_graph.ts";

/** What a tracer computes, and how. */
export interface TracerOptions {
  /** What is done, for messages: `trace a model`. */
  readonly what: string;
  /** Whether dropout and the like are on, as in a training step. */
  readonly training: boolean;
  /** `all` values and ∂loss/∂value of each; those of the weights and of what `layers` give; or of the latter the values alone, and `none`. */
  readonly by: "all" | "layers" | "none";
}

/** A program of a model's loss and its derivatives for batches of one size, which keeps the values. The model does not change. */
export class Tracer {
  readonly traced: TracedGraph;
  readonly #model: AnyModel;
  readonly #names: ReadonlyMap<number, string>;
  #program: LoadedProgram | null = null;
  readonly #compile: () => LoadedProgram;

  constructor(model: AnyModel, batch: BatchKind, { what, training, by }: TracerOptions) {
    this.#model = model;
    const traced = traceGraph(what, model, batch, { training, by });
    this.traced = traced;
    const { calls, gradients, loss, losses, outputs, inputs, graph, forwardCount } = traced;
    const kept = by === "all"
      ? graph.nodes.slice(0, forwardCount).filter(({ parts }) => parts === undefined)
      : [loss, ...losses, ...calls.flatMap(({ z, a }) => [z, a])];
    const back = [...gradients.values()].filter((node) => node !== null);
    const nodes = [...new Set([...kept, ...outputs, ...back])];
    this.#names = new Map(nodes.map(({ id }) => [id, `node ${id}`]));
    this.#compile = () => {
      const program = traced.internals.compileProgram({
        outputs: nodes.map((node) => ({ name: `node ${node.id}`, node })),
        inputs,
        locate: (leaf) => model.network.locate(leaf),
      });
      return model.network.load(program);
    };
  }

  /** The program, in the memory that there is now: a model that gets other weights or another optimizer may have moved. */
  #loaded(): LoadedProgram {
    const { memory } = this.#model.network;
    if (this.#program !== null && this.#memory === memory) return this.#program;
    this.#memory = memory;
    return this.#program = this.#compile();
  }
  #memory: object | null = null;

  /** Computes all of it for samples `from` … `to` (of `order`, where it is given): as many as the batch has. */
  run(samples: Dataset, order: Uint32Array | null = null, from = 0, to: number = samples.count): void {
    const { trainer } = this.#model;
    const program = this.#loaded();
    const weights = samples.fill(program, order, from, to);
    trainer.compiled.objective.fillScale(program, weights, false);
    trainer.writeStep();
    program.run();
  }

  /** The value of a node after a run: a view, which the next run overwrites; null where it was not kept. */
  valueOf({ id }: Symbolic): Float32Array | null {
    const name = this.#names.get(id);
    return name === undefined ? null : this.#loaded().output(name);
  }

  /** ∂loss/∂value of a node after a run, a view; null where nothing flows back or nobody asked for it. */
  gradientOf({ id }: Symbolic): Float32Array | null {
    const node = this.traced.gradients.get(id) ?? null;
    return node === null ? null : this.valueOf(node);
  }

  /** Gives the memory back. The tracer can be used again. */
  close(): void {
    if (this.#program !== null && this.#memory === this.#model.network.memory) {
      this.#model.network.memory.unload(this.#program);
    }
    this.#program = null;
  }
}
