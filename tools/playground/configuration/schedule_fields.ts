import { choice, type Fields, integer, number, toggle } from "./field.ts";

const STEPS = integer(100, 1, 1_000_000, { isLogarithmic: true });

/** The schedules of the learning rate with their options. Each begins with the configuration's rate, or has it as its highest. */
export const SCHEDULE_FIELDS: Readonly<Record<string, Fields>> = {
  exponential_decay: {
    decaySteps: STEPS,
    decayRate: number(0.5, 0, 10, { isAbove: true }),
    staircase: toggle(false),
  },
  inverse_time_decay: { decaySteps: STEPS, decayRate: number(1, 0, 100), staircase: toggle(false) },
  polynomial_decay: {
    decaySteps: STEPS,
    endLearningRate: number(0.0001, 0, 100, { isLogarithmic: true }),
    power: number(1, 0, 10, { isAbove: true }),
    cycle: toggle(false),
  },
  cosine_decay: { decaySteps: STEPS, alpha: number(0, 0, 1) },
  cosine_decay_restarts: {
    firstDecaySteps: STEPS,
    tMul: number(2, 1, 10),
    mMul: number(1, 0, 10, { isAbove: true }),
    alpha: number(0, 0, 1),
  },
  one_cycle: {
    totalSteps: integer(1000, 2, 1_000_000, { isLogarithmic: true }),
    pctStart: number(0.3, 0, 1),
    annealStrategy: choice("cos", ["cos", "linear"]),
    divFactor: number(25, 1, 10_000, { isLogarithmic: true }),
    finalDivFactor: number(10_000, 1, 1_000_000, { isLogarithmic: true }),
  },
};
