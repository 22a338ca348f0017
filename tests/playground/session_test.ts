import { assert, assertAlmostEquals, assertEquals, assertThrows } from "@std/assert";
import type { Configuration } from "../../tools/playground/configuration/configuration.ts";
import { DATA_NAMES } from "../../tools/playground/configuration/data_names.ts";
import { DEFAULT_CONFIGURATION, dense } from "../../tools/playground/configuration/default_configuration.ts";
import { PRESETS } from "../../tools/playground/configuration/presets.ts";
import { drawSamples } from "../../tools/playground/engine/data/draw_samples.ts";
import { makeNetwork } from "../../tools/playground/engine/network.ts";
import { runPhase } from "../../tools/playground/engine/run_phase.ts";
import { Session } from "../../tools/playground/engine/session.ts";
import type { Phase } from "../../tools/playground/protocol.ts";
import { Tensor } from "../../src/tensor/tensor.ts";

const PHASES: readonly Phase[] = ["forward", "loss", "backward", "replace"];
const WISHES = { boundary: 10, maps: 10, statistics: false, language: "en" } as const;
const { data } = DEFAULT_CONFIGURATION;

const moons: Configuration = {
  ...DEFAULT_CONFIGURATION,
  data: { ...data, name: "moons", samples: 50 },
  layers: [
    dense(5, "tanh"),
    { name: "dropout", options: { rate: 0.3 } },
    { name: "batch_normalization", options: {} },
    dense(4, "relu"),
  ],
  optimizer: { name: "adam", options: { clipnorm: 0.5 } },
  learningRate: 0.05,
  batchSize: 8,
};

function presetOf(id: string): Configuration {
  return PRESETS.find((preset) => preset.id === id)!.configuration;
}

/** Weights after some epochs of `fit`. */
async function fit(configuration: Configuration, epochs: number): Promise<{ weights: number[]; losses: number[] }> {
  const session = new Session(configuration);
  const { samples } = session.train;
  const model = makeNetwork(configuration, samples, session.data.outputs);
  const [x, y] = [samples.inputs, samples.labels].map((values) =>
    new Tensor(values, [samples.count, values.length / samples.count])
  );
  const { history } = await model.fit(x, y, {
    epochs,
    batchSize: configuration.batchSize ?? samples.count,
    shuffle: configuration.shuffle,
    verbose: 0,
    workers: 1,
  });
  return { weights: model.getWeights().flatMap(({ data }) => [...data]), losses: history.loss };
}

Deno.test("playground: steps, phases and frames in any order give the bits of fit", async () => {
  for (
    const configuration of [moons, DEFAULT_CONFIGURATION, {
      ...moons,
      shuffle: false,
      optimizer: { name: "cma_es", options: {} },
    }]
  ) {
    const session = new Session(configuration);
    for (let epoch = 0, turn = 0; epoch < 4; turn++) {
      if (turn % 3 === 1) session.frame(WISHES);
      if (turn % 4 === 2 && session.hasGradients) {
        for (const phase of PHASES.slice(0, 3)) runPhase(session, phase);
        if (turn % 8 === 2) {
          session.tracer.run(session.train.dataset, { order: null, from: 0, to: 1, training: false });
          session.frame(WISHES, "backward");
        }
        const { batch } = session.loop;
        runPhase(session, "replace");
        if (session.loop.batch <= batch) epoch++;
      } else if (session.step()) epoch++;
    }
    const { weights, losses } = await fit(configuration, 4);
    assertEquals([...session.weights()], weights);
    assertEquals([...session.curves().loss], losses.map(Math.fround));
  }
});

Deno.test("playground: the phases of the worked example have the lecture's numbers", () => {
  const session = new Session(presetOf("worked_example"));
  const [forward, loss, backward, replace] = PHASES.map((phase) => runPhase(session, phase));
  const near = (found: Float32Array | null, wanted: readonly number[]): void => {
    assertEquals(found!.length, wanted.length);
    wanted.forEach((value, i) => assertAlmostEquals(found![i], value, 2e-6));
  };
  const [hidden, output] = backward.layers;
  near(forward.layers[0].z, [0.41, 0.47]);
  assertEquals([forward.loss, forward.layers[0].dz, forward.gradients], [null, null, null]);
  near(output.da, [0.684929, -0.170446]);
  near(output.dz, [0.13343, -0.029291]);
  near(hidden.dz, [0.011081, 0.013402]);
  assertAlmostEquals(loss.loss!, 0.249090, 1e-5);
  assertEquals(loss.gradients, null);
  // ∂E/∂w[1][1][1] = 0.0011, and all weights are replaced together.
  assertAlmostEquals(backward.gradients![0], 0.0011081, 1e-7);
  const { before, after, gradients } = replace;
  before!.forEach((value, i) => assertEquals(after![i], Math.fround(value - Math.fround(0.5 * gradients![i]))));
  assertEquals([...session.weights()], [...after!]);
});

Deno.test("playground: maps are what the network predicts, neuron by neuron", () => {
  const configuration: Configuration = {
    ...moons,
    features: ["x1", "x2", "x1_x2"],
    data: { ...data, name: "iris" },
    output: { activation: "softmax" },
    loss: { name: "categorical_crossentropy", options: {} },
  };
  const session = new Session(configuration);
  for (let i = 0; i < 5; i++) session.step();
  const size = 6;
  const { boundary, maps, answers } = session.frame({ ...WISHES, boundary: size, maps: size });
  const { x1, x2 } = session.data.domain;
  const place = ([low, high]: readonly [number, number], i: number): number => low + (high - low) * (i + 0.5) / size;
  const points = Array.from({ length: size * size }, (_, i) => {
    const [a, b] = [place(x1, i % size), place(x2, size - 1 - Math.floor(i / size))];
    return [a, b, a * b];
  });
  const predicted = session.model.predict(points);
  for (let unit = 0; unit < 3; unit++) {
    points.forEach((_, i) => {
      assertEquals(boundary!.values[unit * size * size + i], predicted.data[i * 3 + unit]);
      assertEquals(maps!.values[(maps!.planes - 3 + unit) * size * size + i], predicted.data[i * 3 + unit]);
      assertEquals(maps!.values[unit * size * size + i], Math.fround(points[i][unit]));
    });
  }
  // The first hidden neuron, by its weights.
  const [kernel, bias] = session.model.getWeights();
  const z = points[7].reduce((sum, value, i) => sum + value * kernel.data[i * 5], bias.data[0]);
  assertAlmostEquals(maps!.values[session.layers[0].firstMap * size * size + 7], Math.tanh(z), 1e-5);
  const { samples } = session.train;
  assertEquals([...answers], [...session.model.predict(new Tensor(samples.inputs, [samples.count, 3])).data]);
  // A boundary of another size is a program of its own.
  const other = session.frame({ ...WISHES, boundary: 4, maps: size });
  assertEquals(other.boundary!.values.length, 3 * 16);
});

Deno.test("playground: a frame tells what the last step was", () => {
  const session = new Session(moons);
  const first = session.frame(WISHES);
  assertEquals([first.gradients, first.updates, first.step, first.batches], [null, null, 0, 5]);
  session.step();
  const before = session.weights();
  session.step();
  const { weights, updates, gradients, step, batch } = session.frame(WISHES);
  assertEquals([step, batch], [2, 2]);
  session.parameters.forEach(({ offset, shape, isTrained, name }) => {
    const count = shape.reduce((product, size) => product * size, 1);
    for (let i = offset; i < offset + count; i++) {
      if (isTrained) assertEquals(updates![i], Math.fround(weights[i] - before[i]), name);
      else assertEquals(gradients![i], 0, name);
    }
  });
  assert(updates!.some((value) => value !== 0));
});

Deno.test("playground: data sets are drawn by the seed, in their domains, and split", () => {
  for (const name of DATA_NAMES) {
    const draw = (seed: number, testShare = 0.25) =>
      drawSamples({ data: { ...data, name, seed, testShare, samples: 101, noise: 0.2 } });
    const [one, again, other] = [draw(3), draw(3), draw(4)];
    assertEquals(one, again, name);
    const all = [...one.train, ...one.test];
    if (name !== "xor" && name !== "worked_example" && name !== "own") {
      assert(JSON.stringify(one.train) !== JSON.stringify(other.train), name);
      assertEquals(one.test.length, Math.floor(all.length / 4), name);
    }
    const inside = all.filter(({ x1, x2 }) => {
      const { domain } = one;
      return x1 >= domain.x1[0] && x1 <= domain.x1[1] && x2 >= domain.x2[0] && x2 <= domain.x2[1];
    });
    assert(inside.length >= all.length * 0.97, `${name}: ${inside.length} of ${all.length} inside`);
    // Three decimals: a script can hold them.
    for (const { x1 } of all) assertEquals(Number(x1.toFixed(3)), x1);
    if (one.task === "classes") {
      const counts = Array.from({ length: one.classes }, (_, k) => all.filter(({ y }) => y === k).length);
      assert(Math.max(...counts) - Math.min(...counts) <= 1, `${name}: ${counts}`);
    }
    assertEquals(draw(3, 0).test.length, 0, name);
  }
});

Deno.test("playground: every preset makes a network and takes a step, and those that shall learn do", () => {
  for (const { configuration } of PRESETS) {
    const session = new Session(configuration);
    session.step();
    session.frame(WISHES);
  }
  const learned: [id: string, epochs: number, loss: number][] = [
    ["xor_7", 200, 0.05],
    ["spiral", 250, 0.1],
    ["iris", 60, 0.15],
    ["waves", 60, 0.02],
    ["without_gradients", 60, 0.1],
  ];
  for (const [id, epochs, loss] of learned) {
    const session = new Session(presetOf(id));
    for (let epoch = 0; epoch < epochs;) if (session.step()) epoch++;
    const found = session.lossOf(session.train);
    assert(found < loss, `${id}: ${found}`);
  }
});

Deno.test("playground: what the library cannot take is said, and phases need gradients", () => {
  const wrong: Configuration = {
    ...DEFAULT_CONFIGURATION,
    output: { activation: "softmax" },
    loss: { name: "categorical_crossentropy", options: {} },
  };
  assertThrows(() => new Session(wrong), TypeError, "softmax");
  assertThrows(() => new Session({ ...DEFAULT_CONFIGURATION, weights: [1] }), RangeError, "29 weights");
  const evolving = new Session({ ...DEFAULT_CONFIGURATION, optimizer: { name: "cma_es", options: {} } });
  assertThrows(() => runPhase(evolving, "forward"), TypeError, "without gradients");
});
