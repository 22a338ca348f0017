import { type FunctionalModel, input, layers, model, type Numerics } from "../../mod.ts";
import type { LayerSample } from "./layer_sample.ts";

/** The width of a sample of every staged model. */
export const STAGE_WIDTH = 10;
/** The width of its output. */
export const STAGE_OUTPUTS = 3;

/**
 * A model that gives a layer its inputs and learns from its result: dense layers before it, one for each input, and one behind it. A layer
 * that is an input itself begins the model.
 */
export function stageSample(
  sample: LayerSample,
  options: { readonly seed?: number; readonly numerics?: Numerics } = {},
): FunctionalModel {
  const { x, y } = sample.inputs.length === 0 ? beginWith(sample) : applyTo(sample);
  const flat = layers.flatten({ name: "flat" }).apply(y);
  const outputs = layers.dense({ units: STAGE_OUTPUTS, name: "head" }).apply(flat);
  return model({ inputs: x, outputs }, { seed: 3, name: "staged", ...options });
}

interface Ends {
  readonly x: layers.LayerOutput;
  readonly y: layers.LayerOutput;
}

function beginWith({ create }: LayerSample): Ends {
  const x = (create() as ReturnType<typeof layers.inputLayer>).open();
  return { x, y: x };
}

/** Samples for a staged model, made of numbers from −1 to 1. */
export function stageInputs({ rows }: LayerSample, numbers: readonly (readonly number[])[]): number[][] {
  return numbers.map((sample) => sample.map((v) => rows === undefined ? v : Math.floor((v + 1) / 2 * rows)));
}

function applyTo({ create, inputs, rows }: LayerSample): Ends {
  const x = input({ shape: [STAGE_WIDTH], name: "x" });
  if (rows !== undefined) {
    const [targetShape] = inputs;
    const given = targetShape.length === 1 ? x : layers.reshape({ targetShape, name: "shaped0" }).apply(x);
    return { x, y: create().apply(given) };
  }
  const given = inputs.map((targetShape, i) => {
    const units = targetShape.reduce((a, b) => a * b);
    const h = layers.dense({ units, activation: "tanh", name: `before${i}` }).apply(x);
    return targetShape.length === 1 ? h : layers.reshape({ targetShape, name: `shaped${i}` }).apply(h);
  });
  return { x, y: create().apply(given.length === 1 ? given[0] : given) as layers.LayerOutput };
}
