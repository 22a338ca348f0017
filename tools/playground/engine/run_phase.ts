import type { Phase, PhaseResult } from "../protocol.ts";
import type { Session } from "./session.ts";

/**
 * Runs one phase of a training step: what the batch gives in every layer, its loss, the gradients of all weights, and then all weights at
 * once. The numbers are those of the step as it is taken without looking.
 *
 * @throws {TypeError} If the optimizer uses no gradients
 */
export function runPhase(session: Session, phase: Phase): PhaseResult {
  if (!session.hasGradients) {
    throw new TypeError("An optimizer without gradients tries whole sets of weights: a step of it has no phases");
  }
  const { loop, train } = session;
  const { rows, order } = loop;
  const [from, to] = loop.span;
  const { layers, loss } = session.tracer.run(train.dataset, { order, from, to, training: true });
  const features = session.configuration.features.length;
  const inputs = new Float32Array(rows.length * features);
  rows.forEach((row, i) =>
    inputs.set(train.samples.inputs.subarray(row * features, (row + 1) * features), i * features)
  );
  const isBack = phase === "backward" || phase === "replace";
  if (isBack) session.findGradients();
  const found = isBack ? session.gradients() : null;
  const exact = loop.loss;
  const before = phase === "replace" ? session.weights() : null;
  if (phase === "replace") session.replaceWeights();
  return {
    phase,
    rows,
    inputs,
    layers: isBack ? layers : layers.map((layer) => ({ ...layer, dz: null, da: null })),
    loss: phase === "forward" ? null : exact ?? loss,
    gradients: found,
    before,
    after: before === null ? null : session.weights(),
  };
}
