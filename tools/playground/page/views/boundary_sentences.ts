import { formatCount, formatNumber } from "../parts/format.ts";
import { store, words } from "../state/store.ts";
import { judge } from "./sample_points.ts";

/** What the picture of the answers shows, in words. */
export function useSentences(): string[] {
  const network = store.network.value;
  const frame = store.calmFrame.value;
  const w = words.value;
  if (network === null || frame === null) return [];
  const train = judge(network, network.train, frame.answers);
  if (network.task === "regression") return [w.boundaryError(formatNumber(train.error))];
  const found = [w.boundaryRight(formatCount(train.right), formatCount(network.train.count))];
  if (network.test.count > 0) {
    const { right } = judge(network, network.test, frame.testAnswers);
    found.push(w.boundaryTestRight(formatCount(right), formatCount(network.test.count)));
  }
  return found;
}
