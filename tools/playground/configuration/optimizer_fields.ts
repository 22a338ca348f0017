import { choice, type Fields, integer, number, toggle } from "./field.ts";

/** What every optimizer with gradients takes besides its learning rate. */
const COMMON: Fields = {
  weightDecay: number(null, 0, 1, { isOptional: true, isLogarithmic: true }),
  clipnorm: number(null, 0, 1000, { isOptional: true, isAbove: true, isLogarithmic: true }),
  clipvalue: number(null, 0, 1000, { isOptional: true, isAbove: true, isLogarithmic: true }),
  globalClipnorm: number(null, 0, 1000, { isOptional: true, isAbove: true, isLogarithmic: true }),
  useEma: toggle(false),
  emaMomentum: number(0.99, 0, 1),
  emaOverwriteFrequency: integer(null, 1, 100_000, { isOptional: true, isLogarithmic: true }),
  gradientAccumulationSteps: integer(null, 2, 1000, { isOptional: true, isLogarithmic: true }),
};

const share = (initial: number) => number(initial, 0, 1, { isBelow: true });
const epsilon = (initial: number) => number(initial, 0, 1, { isAbove: true, isLogarithmic: true });
const DECAY = number(0.004, 0, 1, { isOptional: true, isLogarithmic: true });
const ADAM: Fields = { beta1: share(0.9), beta2: share(0.999), epsilon: epsilon(1e-7) };
const CMA: Fields = {
  populationSize: integer(null, 2, 512, { isOptional: true }),
  initialSigma: number(0.5, 0, 100, { isAbove: true, isLogarithmic: true }),
  active: toggle(true),
  recommend: choice("best", ["best", "mean"]),
  restarts: integer(0, 0, 9),
};
const members = (initial: number, min: number) => integer(initial, min, 512, { isLogarithmic: true });
const sigma = (initial: number) => number(initial, 0, 100, { isAbove: true, isLogarithmic: true });

/** The optimizers of the library with all their options, in the order in which they are offered. */
export const OPTIMIZER_FIELDS: Readonly<Record<string, Fields>> = {
  sgd: { momentum: number(0, 0, 1), nesterov: toggle(false), ...COMMON },
  rmsprop: { rho: share(0.9), momentum: number(0, 0, 1), epsilon: epsilon(1e-7), centered: toggle(false), ...COMMON },
  adam: { ...ADAM, amsgrad: toggle(false), ...COMMON },
  adamw: { ...ADAM, amsgrad: toggle(false), ...COMMON, weightDecay: { ...DECAY, isOptional: false } },
  adamax: { ...ADAM, ...COMMON },
  nadam: { ...ADAM, ...COMMON },
  adagrad: {
    initialAccumulatorValue: number(0.1, 0, 100, { isLogarithmic: true }),
    epsilon: epsilon(1e-7),
    ...COMMON,
  },
  adadelta: { rho: share(0.95), epsilon: epsilon(1e-7), ...COMMON },
  lion: { beta1: number(0.9, 0, 1, { isAbove: true }), beta2: share(0.99), ...COMMON },
  lamb: { ...ADAM, ...COMMON },
  ftrl: {
    learningRatePower: number(-0.5, -10, 0),
    initialAccumulatorValue: number(0.1, 0, 100, { isLogarithmic: true }),
    l1RegularizationStrength: number(0, 0, 100, { isLogarithmic: true }),
    l2RegularizationStrength: number(0, 0, 100, { isLogarithmic: true }),
    l2ShrinkageRegularizationStrength: number(0, 0, 100, { isLogarithmic: true }),
    beta: number(0, 0, 100, { isLogarithmic: true }),
    ...COMMON,
  },
  adafactor: {
    beta2Decay: number(-0.8, -10, 0),
    epsilon1: epsilon(1e-30),
    epsilon2: epsilon(1e-3),
    clipThreshold: number(1, 0, 1000, { isAbove: true, isLogarithmic: true }),
    relativeStep: toggle(true),
    ...COMMON,
  },
  muon: {
    momentum: number(0.95, 0, 1),
    nesterov: toggle(true),
    nsSteps: integer(5, 1, 20),
    muonA: number(3.4445, -100, 100),
    muonB: number(-4.775, -100, 100),
    muonC: number(2.0315, -100, 100),
    rmsRate: number(0.2, 0, 100, { isOptional: true, isAbove: true, isLogarithmic: true }),
    adamLrRatio: number(1, 0, 1000, { isLogarithmic: true }),
    adamBeta1: share(0.9),
    adamBeta2: share(0.999),
    adamWeightDecay: DECAY,
    epsilon: epsilon(1e-7),
    ...COMMON,
    weightDecay: DECAY,
  },
  adam_schedule_free: {
    beta1: number(0.9, 0, 1, { isAbove: true, isBelow: true }),
    beta2: share(0.999),
    epsilon: epsilon(1e-8),
    warmupSteps: integer(0, 0, 100_000, { isLogarithmic: true }),
    ...COMMON,
  },
  random_search: { populationSize: members(32, 1), sigma: sigma(0.5), around: choice("best", ["best", "start"]) },
  simulated_annealing: {
    populationSize: members(1, 1),
    temperature: number(null, 0, 1000, { isOptional: true, isLogarithmic: true }),
    sigma: sigma(0.1),
    reheatAfter: integer(null, 1, 100_000, { isOptional: true, isLogarithmic: true }),
  },
  genetic_algorithm: {
    populationSize: members(64, 2),
    selection: choice("tournament", ["tournament", "rank", "roulette"]),
    tournamentSize: integer(3, 1, 512),
    selectionPressure: number(1.7, 1, 2),
    crossover: choice("uniform", ["uniform", "one_point", "blend"]),
    blendAlpha: number(0.5, 0, 100),
    crossoverRate: number(0.7, 0, 1),
    mutationRate: number(0.2, 0, 1),
    mutationSigma: number(0.3, 0, 100, { isLogarithmic: true }),
    elitism: integer(2, 0, 511),
    initialSigma: sigma(1),
  },
  differential_evolution: {
    populationSize: members(64, 4),
    strategy: choice("best1bin", ["best1bin", "rand1bin", "currenttobest1bin", "jade"]),
    mutation: number(null, 0, 2, { isOptional: true }),
    recombination: number(0.7, 0, 1),
    bestShare: number(0.05, 0, 1, { isAbove: true }),
    adaptationRate: number(0.1, 0, 1),
    initialSigma: sigma(1),
  },
  particle_swarm: {
    populationSize: members(40, 2),
    inertia: number(0.7298, 0, 1),
    cognitive: number(1.49618, 0, 100),
    social: number(1.49618, 0, 100),
    topology: choice("global", ["global", "ring"]),
    maxVelocity: number(null, 0, 1000, { isOptional: true, isAbove: true, isLogarithmic: true }),
    initialSigma: sigma(1),
  },
  evolution_strategy: {
    populationSize: members(64, 2),
    sigma: sigma(0.1),
    fitnessShaping: choice("centered_rank", ["centered_rank", "none"]),
    optimizer: choice("adam", ["adam", "sgd", "rmsprop", "adamw", "adamax", "nadam", "adagrad", "lion"]),
  },
  cma_es: CMA,
  separable_cma_es: CMA,
};

/** Optimizers that choose among members of a population instead of following gradients. */
export const WITHOUT_GRADIENTS: readonly string[] = [
  "random_search",
  "simulated_annealing",
  "genetic_algorithm",
  "differential_evolution",
  "particle_swarm",
  "evolution_strategy",
  "cma_es",
  "separable_cma_es",
];

/** Whether an optimizer has a learning rate. */
export function hasRate(optimizer: string): boolean {
  return !WITHOUT_GRADIENTS.includes(optimizer) || optimizer === "evolution_strategy";
}
