/**
 * Rules for the step from gradients to weights: `optimizers.adam({ learningRate: 0.003 })`. Names, defaults and update rules are
 * Keras 3's; the methods without gradients, which Keras does not have, are named as in their papers.
 *
 * @module
 */
export { sgd, type SgdOptions } from "./sgd.ts";
export { rmsprop, type RmspropOptions } from "./rmsprop.ts";
export { adam, type AdamOptions } from "./adam.ts";
export { adamw, type AdamwOptions } from "./adamw.ts";
export { adamax, type AdamaxOptions } from "./adamax.ts";
export { nadam, type NadamOptions } from "./nadam.ts";
export { adagrad, type AdagradOptions } from "./adagrad.ts";
export { adadelta, type AdadeltaOptions } from "./adadelta.ts";
export { lion, type LionOptions } from "./lion.ts";
export { lamb, type LambOptions } from "./lamb.ts";
export { ftrl, type FtrlOptions } from "./ftrl.ts";
export { adafactor, type AdafactorOptions } from "./adafactor.ts";
export { muon, type MuonOptions } from "./muon.ts";
export { adamScheduleFree, type AdamScheduleFreeOptions } from "./adam_schedule_free.ts";

export { randomSearch, type RandomSearchOptions } from "./random_search.ts";
export { simulatedAnnealing, type SimulatedAnnealingOptions } from "./simulated_annealing.ts";
export { geneticAlgorithm, type GeneticAlgorithmOptions } from "./genetic_algorithm.ts";
export { differentialEvolution, type DifferentialEvolutionOptions } from "./differential_evolution.ts";
export { particleSwarm, type ParticleSwarmOptions } from "./particle_swarm.ts";
export { evolutionStrategy, type EvolutionStrategyOptions } from "./evolution_strategy.ts";
export { cmaEs, type CmaEsOptions } from "./cma_es.ts";
export { separableCmaEs, type SeparableCmaEsOptions } from "./separable_cma_es.ts";

export type { CommonOptions } from "./common_options.ts";
export type {
  CommonConfig,
  FusedOptimizer,
  Optimizer,
  OptimizerBase,
  Slot,
  StepInputs,
  StepResult,
  TracedOptimizer,
  Trained,
} from "./optimizer.ts";
export type { PopulationOptimizer } from "./population_optimizer.ts";
export type { Rate } from "./read_rates.ts";
