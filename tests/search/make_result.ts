import { loadReportPage } from "../../src/search/report/load_report_page.ts";
import { resolveSpace } from "../../src/search/space/resolve_space.ts";
import { SearchResult } from "../../src/search/report/search_result.ts";
import type { Trial } from "../../src/search/trials/trial.ts";
import type { Space } from "../../src/search/space/space.ts";

/** A result of these trials; smaller scores are better. */
export async function makeResult(
  trials: readonly Trial[],
  { space = { hidden: [4, 5, 6, 7], rate: [0.1] }, monitor = "val_loss", settings = {} }: {
    space?: Space;
    monitor?: string;
    settings?: Record<string, unknown>;
  } = {},
): Promise<SearchResult> {
  return new SearchResult({
    trials,
    space: resolveSpace(space),
    monitor,
    direction: "min",
    settings,
    model: "the model",
    page: await loadReportPage(),
  });
}
