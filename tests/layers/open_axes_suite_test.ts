import { assert, assertEquals } from "@std/assert";
import { type FunctionalModel, input, model, type OpenShape } from "../../mod.ts";
import type { LayerOutput } from "../../src/layers/layer_output.ts";
import { drawNumbers } from "../models/draw_numbers.ts";
import type { LayerSample } from "./layer_sample.ts";
import { layerSamples } from "./samples.ts";
import { stageInputs } from "./stage_sample.ts";

// Every layer on samples of which one axis, or all but the last, have unknown lengths: it gives what the layer gives that was built for the
// lengths, to the bit, or says why it cannot.

const ROWS = 3;

/** Why a layer may refuse unknown lengths: its weights depend on them, or it was told the lengths. */
const REFUSALS = /depends on an axis of unknown length|where \d+ stands for every length/;

/** Layers whose samples have a weight for every element. */
const NEVER = new Set(["prelu", "rms_normalization"]);

function build({ create }: LayerSample, shapes: readonly OpenShape[]): FunctionalModel {
  const x = shapes.map((shape, i) => input({ shape, name: `x${i}` }));
  const y = create().apply<LayerOutput | readonly LayerOutput[]>(x.length === 1 ? x[0] : x);
  return model({ inputs: x, outputs: [y].flat()[0] as LayerOutput }, { seed: 5 });
}

const predict = (m: FunctionalModel, sample: LayerSample) => {
  const x = sample.inputs.map((shape, i) => {
    const width = shape.reduce((a, b) => a * b, 1);
    const data = Float32Array.from(stageInputs(sample, drawNumbers(ROWS, width, i)).flat());
    return { data, shape: [ROWS, ...shape] };
  });
  return [m.predict(x)].flat()[0];
};

/** Shapes with null for the axes that `isOpen` says; what is repeated along an axis of length 1 stays as it is. */
function openAxes(
  inputs: LayerSample["inputs"],
  isOpen: (axis: number, rank: number) => boolean,
): readonly OpenShape[] {
  return inputs.map((shape) => shape.map((length, axis) => length > 1 && isOpen(axis, shape.length) ? null : length));
}

for (const [type, samples] of Object.entries(layerSamples)) {
  const ranked = samples.filter(({ inputs }) => inputs.some((shape) => shape.length > 1));
  if (ranked.length === 0) continue;
  Deno.test(`${type} over axes of unknown length`, () => {
    let taken = 0;
    for (const sample of ranked) {
      const { inputs } = sample;
      const open = [0, 1, 2].map((at) => openAxes(inputs, (axis) => axis === at));
      for (const shapes of [openAxes(inputs, (axis, rank) => axis < rank - 1), ...open]) {
        if (!shapes.some((shape) => shape.includes(null))) continue;
        let m: FunctionalModel;
        try {
          m = build(sample, shapes);
        } catch (error) {
          assert(error instanceof Error && REFUSALS.test(error.message), (error as Error).message);
          continue;
        }
        const known = build(sample, inputs);
        known.setWeights(m.getWeights());
        assertEquals(predict(m, sample), predict(known, sample));
        taken++;
      }
    }
    assertEquals(taken > 0, !NEVER.has(type));
  });
}
