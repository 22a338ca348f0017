/**
 * Trains a mix of small nets: every activation, every optimizer, several losses, dropout, penalties, constraints, clipping and schedules.
 *
 * It is plain JavaScript and gets the library as an argument, so that it runs on the sources as well as on the bundle, and in every runtime.
 *
 * @module
 */

const ROWS = 50;
const INPUTS = 6;
const CLASSES = 3;

/** Samples by integer arithmetic: the same bits everywhere. */
function makeData() {
  const x = new Float32Array(ROWS * INPUTS);
  let state = 12345;
  for (let i = 0; i < x.length; i++) {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    x[i] = (state >>> 8) / 2 ** 23 - 1;
  }
  const sums = Array.from(
    { length: ROWS },
    (_, i) => x.subarray(i * INPUTS, (i + 1) * INPUTS).reduce((a, b) => a + b, 0),
  );
  return {
    x: { data: x, shape: [ROWS, INPUTS] },
    classes: sums.map((sum) => sum < -0.5 ? 0 : sum < 0.5 ? 1 : 2),
    bits: sums.map((sum) => sum < 0 ? 0 : 1),
    values: sums,
  };
}

/** What is trained: the activations of the hidden layers, the head, and how. */
function describeNets({ activations, constraints, initializers, losses, optimizers, regularizers, schedules }) {
  const softmax = { units: CLASSES, activation: "softmax" };
  const rate = { initialLearningRate: 0.02, decaySteps: 7 };
  return [
    {
      hidden: ["sigmoid", "tanh", "softplus"],
      head: softmax,
      optimizer: optimizers.adam({ learningRate: schedules.cosineDecay(rate) }),
      loss: "sparse_categorical_crossentropy",
      labels: "classes",
      dense: { kernelRegularizer: "l2" },
    },
    {
      hidden: ["relu", "gelu", "elu"],
      head: { units: 1, activation: "sigmoid" },
      optimizer: optimizers.sgd({
        learningRate: schedules.exponentialDecay({ ...rate, decayRate: 0.7 }),
        momentum: 0.9,
        nesterov: true,
      }),
      loss: "binary_crossentropy",
      labels: "bits",
      dense: { kernelInitializer: "he_normal", kernelRegularizer: regularizers.l1({ l1: 1e-3 }) },
    },
    {
      hidden: ["leaky_relu", "selu", "silu"],
      head: { units: 1 },
      optimizer: optimizers.rmsprop({ learningRate: 0.003, momentum: 0.5, centered: true }),
      loss: "mean_squared_error",
      labels: "values",
      dense: { kernelInitializer: "orthogonal", kernelConstraint: constraints.maxNorm({ maxValue: 1.5 }) },
    },
    {
      hidden: ["mish", "celu", "softsign"],
      head: softmax,
      optimizer: optimizers.adamw({
        learningRate: schedules.oneCycle({ maxLearningRate: 0.02, totalSteps: 40 }),
        globalClipnorm: 0.5,
      }),
      loss: losses.sparseCategoricalCrossentropy(),
      labels: "classes",
      dense: { kernelInitializer: "lecun_normal" },
    },
    {
      hidden: ["log_sigmoid", "tanh_shrink", "hard_silu"],
      head: { units: 1, activation: "sigmoid" },
      optimizer: optimizers.nadam({ learningRate: schedules.polynomialDecay({ ...rate, decaySteps: 30, power: 1.5 }) }),
      loss: "binary_focal_crossentropy",
      labels: "bits",
      dense: { kernelInitializer: "he_uniform" },
    },
    {
      hidden: ["exponential", "softmax", "log_softmax"],
      head: { units: 1 },
      optimizer: optimizers.adamax({ learningRate: schedules.inverseTimeDecay({ ...rate, decayRate: 0.5 }) }),
      loss: "log_cosh",
      labels: "values",
      dense: { kernelInitializer: initializers.truncatedNormal({ stddev: 0.3 }) },
    },
    {
      hidden: ["relu6", "hard_sigmoid", "hard_tanh"],
      head: { units: 1 },
      optimizer: optimizers.adagrad({
        learningRate: schedules.piecewiseConstantDecay({ boundaries: [5], values: [0.05, 0.02] }),
        clipnorm: 1,
      }),
      loss: "huber",
      labels: "values",
      dense: {},
    },
    {
      hidden: [activations.threshold({ threshold: 0.1, defaultValue: -0.2 }), "hard_shrink", "soft_shrink"],
      head: { units: 1, activation: "tanh" },
      optimizer: optimizers.adadelta({ learningRate: 1, clipvalue: 0.1 }),
      loss: "mean_squared_error",
      labels: "values",
      dense: { kernelInitializer: "random_normal" },
    },
    {
      hidden: ["linear", "swish", "hard_swish"],
      head: softmax,
      optimizer: optimizers.lion({
        learningRate: schedules.cosineDecayRestarts({ initialLearningRate: 0.003, firstDecaySteps: 5, mMul: 0.9 }),
      }),
      loss: "sparse_categorical_crossentropy",
      labels: "classes",
      dense: {},
    },
  ];
}

/**
 * Nets for the optimizers that came later and for those without gradients, by name: each has a hash of its own, so that the common one of the nets above stays. A new optimizer
 * need not be named here.
 */
function describeLaterNets({ optimizers }, nets) {
  const used = new Set(nets.map(({ optimizer }) => optimizer.id.replaceAll("_", "")));
  const options = {
    lamb: { learningRate: 0.02, weightDecay: 0.01 },
    ftrl: { learningRate: 0.1, learningRatePower: -0.6 },
    adafactor: { learningRate: 0.02 },
    muon: { learningRate: 0.02 },
    adamScheduleFree: { warmupSteps: 5, weightDecay: 0.01 },
  };
  const regression = {
    hidden: ["tanh", "relu", "sigmoid"],
    head: { units: 1 },
    loss: "mse",
    labels: "values",
    dense: {},
  };
  const takesGradients = (name) => !("ruleFor" in optimizers[name]());
  const names = Object.keys(optimizers).filter((name) => !used.has(name.toLowerCase()) && takesGradients(name));
  const later = [...new Set([...Object.keys(options), ...names])].map((name) => {
    const net = { ...regression, optimizer: optimizers[name](options[name] ?? { learningRate: 0.02 }) };
    return [name, name in options ? net : { ...net, seed: 50 }]; // whatever else there is
  });
  // And those without gradients: 200 members have so many weights that all threads draw them.
  const populations = {
    randomSearch: optimizers.randomSearch({ populationSize: 200 }),
    simulatedAnnealing: optimizers.simulatedAnnealing({ populationSize: 3, reheatAfter: 2 }),
    geneticAlgorithm: optimizers.geneticAlgorithm({ populationSize: 200 }),
    blend: optimizers.geneticAlgorithm({ populationSize: 10, selection: "roulette", crossover: "blend" }),
    differentialEvolution: optimizers.differentialEvolution({ populationSize: 200 }),
    jade: optimizers.differentialEvolution({ populationSize: 10, strategy: "jade" }),
    particleSwarm: optimizers.particleSwarm({ populationSize: 10 }),
    evolutionStrategy: optimizers.evolutionStrategy({ populationSize: 10 }),
    cmaEs: optimizers.cmaEs({ populationSize: 13 }),
    separableCmaEs: optimizers.separableCmaEs({ populationSize: 200 }),
  };
  for (const [name, optimizer] of Object.entries(populations)) {
    later.push([name, { ...regression, hidden: ["tanh"], optimizer, seed: 60 }]);
  }
  return later;
}

/**
 * Trains every net for `epochs` epochs.
 *
 * @param library the library: mod.ts or dist/mod.js
 * @param options.files what an earlier call returned as `files`: the nets go on from there
 * @returns the SHA-256 of the weights of all nets, in hexadecimal, and those of each later one, by name; the last losses of nets that are trained by gradients; the saved models
 */
export async function trainMix(library, { numerics, workers, epochs, files }) {
  const { layers, loadModel, sequential } = library;
  const { x, ...labels } = makeData();
  const loss = [];
  const saved = [];
  const train = async (net, i) => {
    let model;
    if (files) {
      model = await loadModel(files[i]);
    } else {
      const hidden = net.hidden.flatMap((activation, k) => [
        layers.dense({ units: 12 - k, activation, ...net.dense, ...k === 0 && { inputShape: [INPUTS] } }),
        ...k === 0 ? [layers.dropout({ rate: 0.2 })] : [],
      ]);
      model = sequential([...hidden, layers.dense(net.head)], { seed: net.seed ?? 3 + i, numerics });
      model.compile({ optimizer: net.optimizer, loss: net.loss });
    }
    // 17 divides nothing: the last batch is short, and no share ends on a whole vector by chance.
    const { history } = await model.fit(x, labels[net.labels], { epochs, batchSize: 17, workers, verbose: 0 });
    // Searches part where a rounding changes an order, or turns axes that are equally long.
    if (!("ruleFor" in net.optimizer)) loss.push(history.loss.at(-1));
    saved.push(model.toBytes());
    return model.getWeights().map(({ data }) => new Uint8Array(data.slice().buffer));
  };
  const weights = [];
  const nets = describeNets(library);
  for (const [i, net] of nets.entries()) weights.push(...await train(net, i));
  const later = {};
  for (const [name, net] of describeLaterNets(library, nets)) {
    later[name] = await hash(await train(net, saved.length));
  }
  return { hash: await hash(weights), later, loss, files: saved };
}

async function hash(weights) {
  const all = new Uint8Array(await new Blob(weights).arrayBuffer());
  const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", all));
  return Array.from(digest, (byte) => byte.toString(16).padStart(2, "0")).join("");
}
