import type { StringTable } from "../../drawing/language.ts";

/** What is said of curvature and traps, in English. */
export const en = {
  sharpness: (lambda: string, weights: string, loss: string) =>
    `λmax of the Hessian is ${lambda} (${weights} weights, loss ${loss})`,
  lowest: (lambda: string) => `λmin is ${lambda}`,
  negative: (count: string, all: string) => `${count} of ${all} eigenvalues are below 0`,
  stable: (rate: string, product: string, edge: string) =>
    `rate ${rate}: η·λmax = ${product}; full-batch steps are stable below ${edge}`,
  suggested: (rate: string) => `a good rate to try is 2/λmax = ${rate}`,
  otherOptimizer: (optimizer: string) =>
    `η·λmax means something for gradient descent alone, plain or with momentum; "${optimizer}" has steps of its own`,
  flat: () => "the loss curves upwards in no direction: there is no 2/λmax",
  solved: () => "solved",
  moving: () => "still moving",
  saddle: () => "a saddle",
  plateau: () => "a plateau",
  minimum: () => "a minimum, at least a local one",
  valley: () => "a valley",
  standsAt: (kind: string, loss: string, baseline: string) =>
    `${kind}: loss ${loss}, where answering with the mean label gives ${baseline}`,
  evidence: (gradient: string, lambda: string, ways: string) =>
    `|gradient| ${gradient}, λmin ${lambda}, directions that lead down: ${ways}`,
  answers: (answers: string) => `answers: ${answers}`,
  halves: (halves: string, all: string, loss: string) =>
    `${halves} of ${all} answers are 0.5, the others are right: the loss goes to ${halves}/${all} · ln 2 = ${loss}`,
  allHalves: () => "all answers are 0.5: the loss is ln 2 = 0.693",
  saturated: (percent: string) => `${percent} % of the hidden answers stand where the activation is flat`,
  solvedAdvice: () => "there is nothing to escape from",
  movingAdvice: () => "the gradient still leads down: train on",
  saddleAdvice: () =>
    "there is a way down: training leaves it, though it may take thousands of epochs; momentum is quicker",
  plateauAdvice: () => "no direction leads down from here: begin with another seed or smaller weights",
  minimumAdvice: () => "more epochs change nothing: more hidden units, or another seed",
  valleyAdvice: () =>
    "no direction leads down but along the floor, ever more slowly: begin with another seed, or one hidden unit more",
} satisfies StringTable;
