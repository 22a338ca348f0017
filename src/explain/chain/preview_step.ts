import type { Trace } from "../trace/trace.ts";
import type { Explained } from "./explained.ts";

/** One weight before and after a step. */
export interface ReplacedWeight {
  /** Its name. */
  readonly name: string;
  /** The shape. */
  readonly shape: readonly number[];
  /** Before the step. */
  readonly old: Float32Array;
  /** ∂E/∂w, as the training step finds it. */
  readonly gradient: Float32Array;
  /** After the step. */
  readonly new: Float32Array;
}

/** One step of the model's own optimizer. */
export interface PreviewedStep {
  /** The optimizer's name: `sgd`. */
  readonly optimizer: string;
  /** The learning rate of this step. */
  readonly learningRate: number;
  /** The loss before the step. */
  readonly loss: number;
  /** The weights. */
  readonly weights: readonly ReplacedWeight[];
}

/**
 * Takes the step that `trainOnBatch` would take, and takes it back: weights, state of the optimizer and counters are as before.
 *
 * @throws {Error} If the model is no longer the one that was traced; TypeError for an optimizer without gradients
 */
export function previewStep({ model, x, y, sampleWeight }: Explained, trace: Trace): PreviewedStep {
  const { network, trainer } = model;
  for (const { name, node } of trace.parameters) {
    const traced = trace.nodes.find(({ id }) => id === node)!.value;
    const now = network.values(network.variableNamed(name));
    if (traced.length !== now.length || traced.some((value, i) => !Object.is(value, now[i]))) {
      throw new Error(
        `Cannot show a step: weight "${name}" has changed since the model was explained; explain it again`,
      );
    }
  }
  const views = (): Float32Array[] => [
    ...network.variables.map((variable) => network.values(variable)),
    ...trainer.stateBlocks.map((block) => trainer.viewOf(block)),
  ];
  const { iteration, step, epochs, learningRate: rate } = trainer;
  const before = views().map((view) => view.slice());
  try {
    const { loss, gradients } = model.gradients(x, y, sampleWeight === undefined ? {} : { sampleWeight });
    const old = network.variables.map((variable) => network.values(variable).slice());
    trainer.runUpdate();
    const weights = network.variables.flatMap((variable, i): ReplacedWeight[] => {
      if (!Object.hasOwn(gradients, variable.name)) return [];
      const { name, shape } = variable;
      return [{ name, shape, old: old[i], gradient: gradients[name].data, new: network.values(variable).slice() }];
    });
    const optimizer = trainer.compiled.optimizer.id;
    return { optimizer, learningRate: typeof rate === "number" ? rate : rate.at(step), loss, weights };
  } finally {
    views().forEach((view, i) => view.set(before[i]));
    Object.assign(trainer, { iteration, step, epochs });
  }
}
