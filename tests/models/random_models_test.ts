import { assert, assertEquals } from "@std/assert";
import fc from "fast-check";
import { loadModel, type Predictions, type Tensor } from "../../mod.ts";
import { differentiate } from "../../src/graph/differentiate.ts";
import { evaluateGraph } from "../../src/graph/evaluate_graph.ts";
import { Graph } from "../../src/graph/graph.ts";
import { measureSlope } from "../../src/models/measure_slope.ts";
import type { Symbolic } from "../../src/tensor/symbolic.ts";
import { TracedPrograms } from "../../src/training/traced_programs.ts";
import { drawNumbers } from "./draw_numbers.ts";
import { makeModel, type ModelChoices, modelChoices } from "./random_model.ts";

// A dozen layers in float32 beside float64: errors relative to the largest element, or to 1. Measured below 1e-5 for the seeds 1
// to 5; a loss weight, a penalty or one of two calls of a shared layer left out shows at 1e-2.
const TOLERANCE = 2e-5;

/** Compares predictions, losses and gradients of a model with those of its graph in float64, and these with a difference quotient. */
function compare(choices: ModelChoices): void {
  const { rows, inputs, seed } = choices;
  const m = makeModel(choices);
  const { network, trainer, signature } = m;
  const { targets } = trainer.compiled.objective;
  const x = inputs.map((width, i) => drawNumbers(rows, width, seed + i));
  const labels = targets.map(({ shape }, i) => drawNumbers(rows, shape[0]!, seed + 10 + i));
  const y = signature.outputs.map((_, i) => labels[targets.findIndex(({ output }) => output === i)] ?? null);
  const sampleWeight = drawNumbers(rows, 1, seed + 20).map(([w]) => w + 1.5);

  // Prediction: dropout is off.
  const values = new Map<string, Float64Array>([["cell step", Float64Array.of(trainer.step)]]);
  x.forEach((data, i) => values.set(`input x/${i}`, Float64Array.from(data.flat())));
  for (const v of network.variables) values.set(`variable ${v.name}`, Float64Array.from(network.values(v)));
  const leaf = ({ op, attributes }: Symbolic): Float64Array => values.get(`${op} ${attributes.name}`)!;
  const plain = new Graph({ batch: rows });
  const outputs = evaluateGraph(network.trace(plain, network.addInputs(plain, { rows, shapes: null }), false), leaf);
  const predicted = m.predict(x) as readonly Tensor[];
  const near = (found: ArrayLike<number>, expected: Float64Array, scale: number, what: string): void => {
    assertEquals(found.length, expected.length, what);
    for (let i = 0; i < expected.length; i++) {
      const error = Math.abs(found[i] - expected[i]) / scale;
      assert(error <= TOLERANCE, `${what} ${i}: ${found[i]}, float64 ${expected[i]}`);
    }
  };
  outputs.forEach((expected, i) => near(predicted[i].data, expected, largest(expected), `output ${i}`));

  // A training step: dropout as in the program, weights of samples, losses of their weights, penalties.
  const { loss, gradients } = m.gradients(x, y, { sampleWeight });
  const program = trainer.program("train", rows);
  for (const name of Object.keys(program.program.inputs)) {
    values.set(`input ${name}`, Float64Array.from(program.input(name)));
  }
  const graph = new Graph({ batch: rows });
  const traced = new TracedPrograms(network, trainer.compiled).traceLoss(graph, { rows, shapes: null }, true).loss;
  const trained = network.variables.filter(({ slot }) => slot >= 0);
  const nodes = differentiate(graph, traced, trained.map((v) => network.variableNode(graph, v)));
  const [expected, ...slopes] = evaluateGraph([traced, ...nodes.filter((node) => node !== null)], leaf);
  near([loss], expected, largest(expected), "loss");
  const scale = Math.max(...slopes.map(largest));
  const byName = new Map<string, Float64Array>();
  trained.forEach(({ name, elements }, i) => {
    byName.set(name, nodes[i] === null ? new Float64Array(elements) : slopes.shift()!);
  });
  for (const [name, slope] of byName) near(gradients[name].data, slope, scale, `gradient of ${name}`);

  // Along one direction: what the loss does there is what the gradients say.
  const lossAt = (h: number): number => {
    const moved = new Map(values);
    trained.forEach(({ name }, k) => {
      moved.set(`variable ${name}`, values.get(`variable ${name}`)!.map((w, i) => w + h * direction(k, i)));
    });
    return evaluateGraph([traced], ({ op, attributes }) => moved.get(`${op} ${attributes.name}`)!)[0][0];
  };
  const slope = trained.reduce((sum, { name }, k) => {
    return sum + byName.get(name)!.reduce((part, g, i) => part + g * direction(k, i), 0);
  }, 0);
  const { slope: quotient } = measureSlope(lossAt, 0, slope); // takes smaller steps where maximum or huber has a kink
  assert(Math.abs(quotient - slope) <= 1e-5 * Math.max(1, scale), `slope ${slope}, difference quotient ${quotient}`);
}

function direction(k: number, i: number): number {
  return Math.sin(7 * k + 3 * i + 1);
}

function largest(values: Float64Array): number {
  return values.reduce((most, value) => Math.max(most, Math.abs(value)), 1);
}

Deno.test("500 random models of several inputs and outputs: predictions, losses and gradients as in float64", () => {
  fc.assert(fc.property(modelChoices, compare), { numRuns: 500, seed: 1 });
});

Deno.test("random models come back from their files", async () => {
  await fc.assert(
    fc.asyncProperty(modelChoices, async (choices) => {
      if (choices.calls.some(({ kind }) => kind === 10)) return; // a layer of one's own needs its factory
      const m = makeModel(choices);
      const loaded = await loadModel<Predictions>(m.toBytes());
      const x = choices.inputs.map((width, i) => drawNumbers(choices.rows, width, i));
      assertEquals(loaded.predict(x), m.predict(x));
      assertEquals(loaded.toBytes(), m.toBytes());
    }),
    { numRuns: 60, seed: 1 },
  );
});
