import { exponential } from "../tensor/exponential.ts";
import { integerPower } from "../tensor/integer_power.ts";
import { type CmaParameters, cmaParameters } from "./cma_parameters.ts";
import type { Arrays, Covariance } from "./covariance.ts";
import { orderMembers } from "./order_members.ts";
import type { Generation, PopulationRule, Rows } from "./population_rule.ts";

/** What CMA-ES is told. */
export interface CmaOptions {
  /** The number of weights. */
  readonly size: number;
  readonly populationSize: number;
  readonly initialSigma: number;
  readonly active: boolean;
  /** Whether the model gets the best member so far; else the mean of the distribution. */
  readonly recommendsBest: boolean;
  /** How often it begins anew with twice as many members. */
  readonly restarts: number;
  /** What the rates of the covariance are multiplied by. */
  readonly speed: number;
}

/** What is in the array `numbers`. */
const SIGMA = 0;
/** Generations since it began, or began anew. */
const COUNT = 1;
/** The generation of the last `refresh`. */
const FRESH = 2;
const RESTARTS = 3;

/** CMA-ES over a form of covariance matrix; `cmaEs` says what it does. */
export function cmaRule(options: CmaOptions, covariance: Covariance): PopulationRule {
  const { size, populationSize, initialSigma, active, recommendsBest, restarts, speed } = options;
  const most = populationSize * 2 ** restarts;
  const [bestRow, meanRow] = [most, most + 1];
  const historyOf = (members: number): number => 10 + Math.ceil(30 * size / members);
  const known = new Map<number, CmaParameters>();
  /** Of every member a row of standard normal numbers, and its step, C^½ of that; then vectors for one. */
  let [normal, steps] = [new Float64Array(0), new Float64Array(0)];
  let [member, shift, white] = [normal, normal, normal];
  /** Of every member |C^−½ step|², its weight by its rank, and what it counts in the covariance. */
  let [squares, shares, factors] = [normal, normal, normal];
  let order = new Int32Array(0);

  const membersOf = ({ arrays }: Pick<Generation, "arrays">): number => {
    const done = Math.min(restarts, Math.max(0, Math.floor(arrays.numbers[RESTARTS]) || 0));
    return populationSize * 2 ** done;
  };
  const parametersFor = (members: number): CmaParameters => {
    let found = known.get(members);
    if (found === undefined) known.set(members, found = cmaParameters(size, members, active, speed));
    return found;
  };
  const prepare = (members: number): void => {
    if (order.length === members) return;
    order = new Int32Array(members);
    [normal, steps] = [new Float64Array(members * size), new Float64Array(members * size)];
    [member, shift, white] = [new Float64Array(size), new Float64Array(size), new Float64Array(size)];
    [squares, shares, factors] = [new Float64Array(members), new Float64Array(members), new Float64Array(members)];
  };
  /** Fills the rows of the candidates: mean + σ · C^½ z. */
  const sample = (g: Generation, members: number): void => {
    prepare(members);
    const { arrays, population, draws } = g;
    const sigma = arrays.numbers[SIGMA];
    draws.expect(g.step, [0, members], 0, size);
    for (let k = 0, at = 0; k < members; k++) {
      draws.at(g.step, k);
      let sum = 0;
      for (let i = 0; i < size; i++, at++) {
        const z = draws.normal();
        normal[at] = z;
        sum += z * z;
      }
      squares[k] = sum;
    }
    covariance.scale(arrays, normal, steps);
    const { mean } = arrays;
    for (let k = 0, at = 0; k < members; k++) {
      for (let i = 0; i < size; i++, at++) member[i] = mean[i] + sigma * steps[at];
      population.write(k, member);
    }
  };
  const reset = ({ arrays }: Generation): void => {
    const { numbers, path_sigma, path_covariance, bests } = arrays;
    path_sigma.fill(0);
    path_covariance.fill(0);
    bests.fill(0);
    covariance.reset(arrays);
    numbers[SIGMA] = initialSigma;
    numbers[COUNT] = numbers[FRESH] = 0;
  };

  /** Whether the search has come to its end where it is: Hansen 2016, B.3, with his numbers. */
  const isOver = (g: Generation, members: number): boolean => {
    const { numbers, bests } = g.arrays;
    const { scores } = g.population;
    const length = historyOf(members);
    let [low, high] = [Infinity, -Infinity];
    const see = (score: number): void => {
      low = Math.min(low, score);
      high = Math.max(high, score);
    };
    for (let i = 0; i < Math.min(length, numbers[COUNT]); i++) see(bests[i]);
    for (let k = 0; k < members; k++) see(scores[k]);
    const isFlat = numbers[COUNT] >= length && high - low < 1e-12;
    const width = numbers[SIGMA] * covariance.widest(g.arrays);
    return isFlat || width < 1e-12 * initialSigma || width > 1e4 * initialSigma ||
      covariance.condition(g.arrays) > 1e14;
  };

  /** Begins anew, with twice as many members, from somewhere near the start. */
  const restart = (g: Generation): void => {
    const { arrays, draws, step } = g;
    arrays.numbers[RESTARTS]++;
    reset(g);
    draws.at(step, meanRow);
    for (let i = 0; i < size; i++) arrays.mean[i] = arrays.start[i] + initialSigma * draws.normal();
  };

  return {
    rows: most + 2,
    members: populationSize,
    arrays: {
      numbers: [4],
      mean: [size],
      path_sigma: [size],
      path_covariance: [size],
      bests: [historyOf(populationSize)],
      ...(restarts > 0 ? { start: [size] } : {}),
      ...covariance.arrays,
    },
    current: (arrays) => [0, membersOf({ arrays })],
    begin(g) {
      g.arrays.numbers[RESTARTS] = 0;
      reset(g);
      g.arrays.mean.set(g.weights);
      g.arrays.start?.set(g.weights);
      sample(g, populationSize);
      return [[0, populationSize]];
    },
    propose(g) {
      const members = membersOf(g);
      sample(g, members);
      const all: Rows[] = [[0, members]];
      return g.isAnotherBatch && Number.isFinite(g.population.scores[bestRow]) ? [...all, [bestRow, bestRow + 1]] : all;
    },
    select(g, isFirst) {
      const { population, arrays } = g;
      const { scores } = population;
      const members = membersOf(g);
      const parameters = parametersFor(members);
      orderMembers(scores, 0, order);
      if (isFirst || !(scores[bestRow] <= scores[order[0]])) population.copy(order[0], bestRow);
      if (population.isConstrained) {
        const { mean, numbers } = arrays;
        for (let k = 0; k < members; k++) {
          population.read(k, member);
          for (let i = 0; i < size; i++) steps[k * size + i] = (member[i] - mean[i]) / numbers[SIGMA];
          squares[k] = NaN;
        }
      }
      adapt(g, parameters, order.length);
      if (restarts > arrays.numbers[RESTARTS] && isOver(g, members)) restart(g);
      if (recommendsBest) return bestRow;
      population.write(meanRow, arrays.mean);
      scores[meanRow] = NaN;
      return meanRow;
    },
  };

  /** |C^−½ step|² of a member that is not where it was drawn. */
  function squareOf(arrays: Arrays, k: number): number {
    covariance.whiten(arrays, steps.subarray(k * size, (k + 1) * size), white);
    let sum = 0;
    for (let i = 0; i < size; i++) sum += white[i] * white[i];
    return sum;
  }

  /** Moves the mean, and adapts paths, covariance and step size: equations 39 to 50 of Hansen 2016. */
  function adapt({ arrays, population: { scores } }: Generation, parameters: CmaParameters, members: number): void {
    const { mean, numbers, path_sigma, path_covariance, bests } = arrays;
    const { parents, weights, effective, cSigma, damping, cPath, c1, cMu, length } = parameters;
    const sigma = numbers[SIGMA];
    for (let rank = 0; rank < members; rank++) shares[order[rank]] = weights[rank];
    shift.fill(0);
    for (let rank = 0; rank < parents; rank++) {
      const begin = order[rank] * size;
      for (let i = 0; i < size; i++) shift[i] += weights[rank] * steps[begin + i];
    }
    for (let i = 0; i < size; i++) mean[i] += sigma * shift[i];

    covariance.whiten(arrays, shift, white);
    const drive = Math.sqrt(cSigma * (2 - cSigma) * effective);
    let length2 = 0;
    for (let i = 0; i < size; i++) {
      path_sigma[i] = (1 - cSigma) * path_sigma[i] + drive * white[i];
      length2 += path_sigma[i] * path_sigma[i];
    }
    const norm = Math.sqrt(length2);
    numbers[COUNT]++;
    const begun = Math.sqrt(1 - integerPower(1 - cSigma, 2 * Math.min(numbers[COUNT], 1e9)));
    const moves = norm / begun < (1.4 + 2 / (size + 1)) * length ? 1 : 0;
    const push = moves * Math.sqrt(cPath * (2 - cPath) * effective);
    for (let i = 0; i < size; i++) path_covariance[i] = (1 - cPath) * path_covariance[i] + push * shift[i];

    // Steps that count against their direction count as if they had the length of a standard normal one.
    let total = 0;
    for (let k = 0; k < members; k++) {
      total += weights[k];
      factors[k] = shares[k];
      if (shares[k] >= 0) continue;
      const square = Number.isNaN(squares[k]) ? squareOf(arrays, k) : squares[k];
      factors[k] = square > 0 ? shares[k] * size / square : 0;
    }
    const lost = (1 - moves) * cPath * (2 - cPath);
    const kept = 1 + c1 * lost - c1 - cMu * total;
    covariance.update(arrays, { kept, c1, path: path_covariance, cMu, weights: factors, steps });
    if (covariance.refresh(arrays, numbers[COUNT] - numbers[FRESH], parameters)) numbers[FRESH] = numbers[COUNT];

    numbers[SIGMA] *= exponential(Math.min(1, cSigma / damping * (norm / length - 1)));
    const [first, later] = [scores[order[0]], scores[order[Math.ceil(0.7 * members) - 1]]];
    // Flat: look further away, but no further than it began; a loss of 0 is flat, too.
    if (first === later && numbers[SIGMA] < initialSigma) numbers[SIGMA] *= exponential(0.2 + cSigma / damping);
    bests[(numbers[COUNT] - 1) % historyOf(members)] = first;
  }
}
