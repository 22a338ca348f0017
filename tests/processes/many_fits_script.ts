/**
 * A thousand fits in a row, with workers. Prints as JSON what the process holds after half of them and at the end.
 *
 * @module
 */
import { buildRecipe, labelsOf, X } from "../workers/recipe.ts";
import { recipe } from "../workers/faulty_fit.ts";

/** What the process holds. */
export interface Holdings {
  readonly threads: number;
  readonly files: number;
  readonly rssBytes: number;
}

function look(): Holdings {
  const threads = Number(/^Threads:\s+(\d+)/m.exec(Deno.readTextFileSync("/proc/self/status"))![1]);
  return { threads, files: [...Deno.readDirSync("/proc/self/fd")].length, rssBytes: Deno.memoryUsage().rss };
}

if (import.meta.main) {
  const y = labelsOf(recipe);
  const model = buildRecipe(recipe);
  const seen: Holdings[] = [];
  for (let i = 1; i <= 1000; i++) {
    // Every other fit has a model of its own, which is dropped.
    const each = i % 2 === 0 ? model : buildRecipe(recipe);
    await each.fit(X, y, { epochs: 1, batchSize: 33, workers: 2 + i % 3, verbose: 0 });
    if (i === 500 || i === 1000) seen.push(look());
  }
  console.log(JSON.stringify(seen));
}
