import { assert, assertEquals, assertNotEquals, assertStringIncludes } from "@std/assert";
import { LATER_HASHES, PORTABLE_HASH } from "./portable_hash.ts";

/** What train.js tells of a runtime. */
export interface Trained {
  /** Number of threads → hash of the weights. */
  readonly portable: Readonly<Record<string, string>>;
  readonly fast: Readonly<Record<string, string>>;
  /** The hashes of each later net by its name, for each number of threads. */
  readonly later: Readonly<Record<"portable" | "fast", Readonly<Record<string, Readonly<Record<string, string>>>>>>;
  /** The losses of the nets after the last epoch. */
  readonly loss: Readonly<Record<"portable" | "fast", readonly number[]>>;
  /** The hash after going on from half of the epochs, which Deno did. */
  readonly continued: string;
  readonly laterContinued: Readonly<Record<string, string>>;
  /** How many workers had been started by then; after the first run, with one thread; and after that with `auto`. */
  readonly started: number;
  readonly startedForOne: number;
  readonly auto: { readonly started: number; readonly learned: boolean };
  /** The scores of a search's trials. */
  readonly search: readonly number[];
  readonly report: boolean;
  readonly module: boolean;
  readonly warnings: readonly string[];
  /** What came of saving to a file and loading it. */
  readonly file: string;
}

/** What is expected of a runtime. */
export interface Expectation {
  /** Whether it has relaxed SIMD, and so `fast` gives other bits than `portable`. */
  readonly hasRelaxedSimd: boolean;
  readonly hasThreads: boolean;
}

/**
 * Checks what a runtime told.
 *
 * @param wantedScores what the search gives in Deno
 */
export function checkTrained(
  trained: Trained,
  wantedScores: readonly number[],
  { hasRelaxedSimd, hasThreads }: Expectation,
): void {
  assertEquals(trained.portable, { 1: PORTABLE_HASH, 2: PORTABLE_HASH });
  assertEquals(trained.continued, PORTABLE_HASH);
  assertEquals(trained.later.portable, { 1: LATER_HASHES, 2: LATER_HASHES });
  assertEquals(trained.laterContinued, LATER_HASHES);
  assertEquals(trained.later.fast[1], trained.later.fast[2]);
  assertEquals(trained.fast[1], trained.fast[2]);
  if (hasRelaxedSimd) assertNotEquals(trained.fast[1], PORTABLE_HASH);
  else assertEquals(trained.fast[1], PORTABLE_HASH);
  trained.loss.portable.forEach((loss, i) => {
    const other = trained.loss.fast[i];
    assert(Math.abs(loss - other) < 1e-3 * Math.abs(loss), `net ${i}: loss ${loss} portable, ${other} fast`);
  });
  assertEquals(trained.startedForOne, 0);
  assert(trained.auto.learned);
  assertEquals(trained.search, wantedScores);
  assert(trained.report, "the page of a report");
  assert(trained.module, "a module without imports predicts what the model does");
  if (hasThreads) {
    assertEquals(trained.started, 1, "one worker stays warm for all nets");
    const cores = Math.min(navigator.hardwareConcurrency, 16);
    assert(cores === 1 || trained.auto.started > 0);
    assertEquals(trained.warnings, []);
  } else {
    assertEquals(trained.auto.started, 0);
    assertEquals(trained.warnings.length, 1, "it is said once");
    assertStringIncludes(trained.warnings[0], "one thread: the page is not cross-origin isolated");
    assertStringIncludes(trained.warnings[0], "Cross-Origin-Opener-Policy: same-origin");
  }
}
