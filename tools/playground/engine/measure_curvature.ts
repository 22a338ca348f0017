import type { ReplyBody, Request } from "../protocol.ts";
import { sharpness } from "../../../src/explain/curvature/sharpness.ts";
import { trap } from "../../../src/explain/curvature/trap.ts";
import { pickSamples } from "./pick_samples.ts";
import type { Situation } from "./situation.ts";

/** The most products of weights and samples: a Hessian takes a few passes in float64 for each of them. */
const MOST_WORK = 40_000;
/** From this number of weights on a place on the loss has too many directions to be named. */
const MANY_WEIGHTS = 300;

/**
 * λmax of the loss on the training samples, what that says of the rate, and where on the loss the weights lie. Of many samples a part is taken, at
 * even distances.
 */
export function measureCurvature(
  _request: Request & { readonly kind: "curvature" },
  { session: { model, train: { samples } }, language }: Situation,
): ReplyBody {
  const weights = model.countParams();
  const count = Math.min(samples.count, Math.max(16, Math.floor(MOST_WORK / weights)));
  const rows = Array.from({ length: count }, (_, i) => Math.floor(i * samples.count / count));
  const [x, y] = pickSamples(samples, rows);
  const found = sharpness(model, x, y, { language });
  const place = weights < MANY_WEIGHTS ? `${trap(model, x, y, { language })}\n` : "";
  return {
    kind: "curvature",
    largest: found.lambdaMax,
    rateTimesLargest: found.etaLambdaMax,
    suggestedRate: found.suggestedRate,
    words: `${place}${found}`,
    samples: count,
  };
}
