import { logarithm } from "../tensor/logarithm.ts";

/** The numbers that CMA-ES derives from the number of weights and of members. */
export interface CmaParameters {
  /** How many members make the new mean. */
  readonly parents: number;
  /** The weight of each member, the best first; below 0 from the second half on, or 0 where the update is not active. */
  readonly weights: Float64Array;
  /** The effective number of parents. */
  readonly effective: number;
  /** How fast the path of the step size forgets, and how strongly the step size is damped. */
  readonly cSigma: number;
  readonly damping: number;
  /** How fast the path of the covariance forgets. */
  readonly cPath: number;
  /** The rates of the rank-one and of the rank-μ update. */
  readonly c1: number;
  readonly cMu: number;
  /** The mean length of a standard normal vector. */
  readonly length: number;
}

/**
 * Table 1 of Hansen 2016 (arXiv:1604.00772).
 *
 * @param size the number of weights
 * @param members the number of members, at least 2
 * @param active whether the worse half counts against its directions
 * @param speed what the rates of the covariance are multiplied by; (size + 2) / 3 where it is diagonal (Ros and Hansen 2008)
 */
export function cmaParameters(size: number, members: number, active: boolean, speed = 1): CmaParameters {
  const parents = Math.floor(members / 2);
  const weights = new Float64Array(members);
  const [up, down] = [{ sum: 0, squares: 0 }, { sum: 0, squares: 0 }];
  for (let i = 0; i < members; i++) {
    weights[i] = logarithm((members + 1) / 2) - logarithm(i + 1);
    const side = i < parents ? up : down;
    side.sum += weights[i];
    side.squares += weights[i] * weights[i];
  }
  const effective = up.sum * up.sum / up.squares;
  const against = down.squares === 0 ? 0 : down.sum * down.sum / down.squares;
  const cSigma = (effective + 2) / (size + effective + 5);
  const cPath = (4 + effective / size) / (size + 4 + 2 * effective / size);
  const plain1 = 2 / ((size + 1.3) * (size + 1.3) + effective);
  const c1 = Math.min(1, speed * plain1);
  const plainMu = 2 * (0.25 + effective + 1 / effective - 2) / ((size + 2) * (size + 2) + effective);
  const cMu = Math.min(1 - c1, speed * plainMu);
  const negative = Math.min(
    1 + c1 / cMu,
    1 + 2 * against / (effective + 2),
    (1 - c1 - cMu) / (size * cMu),
  );
  for (let i = 0; i < members; i++) {
    if (i < parents) weights[i] /= up.sum;
    else weights[i] = active && down.sum < 0 ? negative * weights[i] / -down.sum : 0;
  }
  return {
    parents,
    weights,
    effective,
    cSigma,
    damping: 1 + 2 * Math.max(0, Math.sqrt((effective - 1) / (size + 1)) - 1) + cSigma,
    cPath,
    c1,
    cMu,
    length: Math.sqrt(size) * (1 - 1 / (4 * size) + 1 / (21 * size * size)),
  };
}
