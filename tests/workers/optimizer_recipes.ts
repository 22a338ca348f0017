import { type constraints, layers, optimizers, type regularizers } from "../../mod.ts";
import { type ConstraintName, constraintTable } from "../../src/constraints/gen/table.ts";
import { type OptimizerName, optimizerTable } from "../../src/optimizers/gen/table.ts";
import { gradientOptimizers } from "../optimizers/gradient_optimizers.ts";
import { type RegularizerName, regularizerTable } from "../../src/regularizers/gen/table.ts";
import { OUTPUTS, type Recipe, type Recipes, WIDTH } from "./recipe.ts";

const { dense } = layers;

function small(): layers.Layer[] {
  return [dense({ units: 14, activation: "tanh", inputShape: [WIDTH] }), dense({ units: OUTPUTS })];
}

/** What every optimizer takes. Limits are so low that they are felt. */
const common: Readonly<Record<string, optimizers.CommonOptions>> = {
  "no options": {},
  "clipnorm": { clipnorm: 0.05 },
  "globalClipnorm": { globalClipnorm: 0.05 },
  "clipvalue": { clipvalue: 0.01 },
  "weightDecay": { weightDecay: 0.1 },
  "useEma": { useEma: true, emaMomentum: 0.7 },
  "emaOverwriteFrequency": { useEma: true, emaMomentum: 0.7, emaOverwriteFrequency: 3 },
  "gradientAccumulationSteps": { gradientAccumulationSteps: 4 },
  "all at once": {
    globalClipnorm: 0.05,
    weightDecay: 0.1,
    useEma: true,
    emaMomentum: 0.7,
    emaOverwriteFrequency: 2,
    gradientAccumulationSteps: 3,
  },
};

/** The names of an optimizer's options that are false or 0 unless set: each is tried set. */
function variantsOf(name: OptimizerName): Record<string, object> {
  const variants: Record<string, object> = {};
  for (const [option, value] of Object.entries(optimizerTable[name].create().config)) {
    if (option in common["all at once"]) continue;
    if (value === true) variants[`no ${option}`] = { [option]: false };
    if (value === false) variants[option] = { [option]: true, ...(option === "nesterov" ? { momentum: 0.9 } : {}) };
    if (value === 0) variants[option] = { [option]: option.endsWith("Steps") ? 3 : 0.9 };
  }
  return variants;
}

/** A model for every optimizer with every option. */
export const optimizerRecipes: Record<string, Recipe> = {};
for (const name of gradientOptimizers) {
  for (const [variant, options] of Object.entries({ ...common, ...variantsOf(name) })) {
    const optimizer = optimizerTable[name].create({ learningRate: 0.03, ...options });
    optimizerRecipes[`${name}, ${variant}`] = { layers: small, optimizer, batchSizes: [13] };
  }
}

/** Members of a population are shared by threads. */
const populations: Readonly<Record<string, optimizers.PopulationOptimizer>> = {
  "random search": optimizers.randomSearch({ populationSize: 5, sigma: 0.05 }),
  "annealing, chains": optimizers.simulatedAnnealing({ populationSize: 4, reheatAfter: 2 }),
  "genetic algorithm": optimizers.geneticAlgorithm({ populationSize: 9 }),
  "differential evolution": optimizers.differentialEvolution({
    populationSize: 5,
    strategy: "rand1bin",
    initialSigma: 0.05,
  }),
  "jade": optimizers.differentialEvolution({ populationSize: 5, strategy: "jade", initialSigma: 0.05 }),
  "particle swarm": optimizers.particleSwarm({ populationSize: 5, topology: "ring", initialSigma: 0.05 }),
  "evolution strategy": optimizers.evolutionStrategy({ populationSize: 6 }),
  "cma_es": optimizers.cmaEs({ populationSize: 5 }),
  "separable cma_es": optimizers.separableCmaEs({ populationSize: 5 }),
};
for (const [name, optimizer] of Object.entries(populations)) {
  optimizerRecipes[name] = { layers: small, optimizer, batchSizes: [13] };
}

/** Clipping of kernels so large that the blocks of squares of a norm are shared too. */
const wide =
  (): layers.Layer[] => [dense({ units: 1700, inputShape: [WIDTH] }), dense({ units: 21 }), dense({ units: OUTPUTS })];
export const clipRecipes: Recipes = {
  "clipnorm": { layers: wide, optimizer: optimizers.sgd({ clipnorm: 0.01 }), batchSizes: [33] },
  "globalClipnorm": { layers: wide, optimizer: optimizers.adam({ globalClipnorm: 0.01 }), batchSizes: [33] },
};

/** Steps of kernels so large that threads share norms and products. */
for (const name of ["lamb", "adafactor", "muon"] as const) {
  optimizerRecipes[`${name}, large kernels`] = {
    layers: wide,
    optimizer: optimizers[name]({ learningRate: 0.03 }),
    batchSizes: [33],
  };
}

/** A model for every regularizer. */
export const regularizerRecipes: Record<string, Recipe> = {};
for (const name of Object.keys(regularizerTable) as RegularizerName[]) {
  const kernelRegularizer = (): regularizers.Regularizer => regularizerTable[name].create();
  regularizerRecipes[name] = {
    layers: () => [
      dense({ units: 14, kernelRegularizer: kernelRegularizer(), inputShape: [WIDTH] }),
      dense({ units: OUTPUTS, kernelRegularizer: kernelRegularizer(), biasRegularizer: "l2" }),
    ],
  };
}

/** A model for every constraint. */
export const constraintRecipes: Record<string, Recipe> = {};
for (const name of Object.keys(constraintTable) as ConstraintName[]) {
  const kernelConstraint = (): constraints.Constraint => constraintTable[name].create();
  constraintRecipes[name] = {
    layers: () => [
      dense({ units: 14, kernelConstraint: kernelConstraint(), biasConstraint: "non_neg", inputShape: [WIDTH] }),
      dense({ units: OUTPUTS, kernelConstraint: kernelConstraint() }),
    ],
    optimizer: optimizers.sgd({ learningRate: 0.3, momentum: 0.9 }),
  };
}

/** A step towards orthonormal columns, W · (1.5 − 0.5 · WᵀW): products of so many numbers that threads pack and share them. */
const orthonormal: constraints.Constraint = {
  id: "orthonormal",
  config: {},
  project(g, w) {
    const square = g.apply("matmul", [w, w], { transposeA: true });
    const scale = (x: typeof w, by: number): typeof w =>
      g.apply("map", [x], { formula: "affine", scalars: { scale: by, offset: 0 }, axis: "parameter" });
    return g.apply("map", [scale(w, 1.5), scale(g.apply("matmul", [w, square]), -0.5)], {
      formula: "add",
      axis: "parameter",
    });
  },
};
constraintRecipes["one's own, with matrix products"] = {
  layers: () => [
    dense({ units: 60, inputShape: [WIDTH] }),
    dense({ units: 50, kernelConstraint: orthonormal, kernelInitializer: "orthogonal" }),
    dense({ units: OUTPUTS }),
  ],
  optimizer: optimizers.sgd({ learningRate: 0.01 }),
};
