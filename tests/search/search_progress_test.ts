import { assert, assertEquals } from "@std/assert";
import { createSearchProgress, type SearchState } from "../../src/search/report/create_search_progress.ts";

const start: SearchState = {
  done: 0,
  failed: 0,
  running: 2,
  total: 16,
  best: null,
  epochs: 0,
  epochsLeft: 800,
};

/** A sink that keeps what is written, and a clock that stands still. */
function makeScreen(isTerminal: boolean, columns = 100) {
  const screen = {
    text: "",
    time: 0,
    sink: { isTerminal, columns, hasColors: false, write: (text: string) => void (screen.text += text) },
    now: (): number => screen.time,
  };
  return screen;
}

Deno.test("in a terminal one line is rewritten, with what is done, the best and the time left", () => {
  const screen = makeScreen(true, 86);
  const progress = createSearchProgress({ verbose: 1, monitor: "val_loss", ...screen })!;
  progress.update(() => start);
  assertEquals(screen.text, "\r 0/16 trials ──────────────────── 2 running\x1b[K");
  screen.text = "";
  screen.time = 50;
  progress.update(() => {
    throw new Error("it is too early to draw");
  });
  screen.time = 10_000;
  const best = { id: 3, score: 0.123456789 };
  progress.update(() => ({ ...start, done: 4, failed: 1, best, epochs: 200, epochsLeft: 600 }));
  assertEquals(
    screen.text,
    "\r 4/16 trials ━━────── 2 running, 1 failed, best val_loss 0.123457 (trial 3), 30s left\x1b[K",
  );
  assert(screen.text.length <= 86 + 4);
  screen.text = "";
  screen.time = 40_000;
  progress.end({ ...start, done: 16, running: 0, best, epochs: 800, epochsLeft: 0 });
  assertEquals(screen.text.endsWith("best val_loss 0.123457 (trial 3), took 40s\x1b[K\n"), true);
});

Deno.test("a narrow terminal gets a line that fits", () => {
  for (const columns of [20, 33, 47, 60, 75, 120]) {
    const screen = makeScreen(true, columns);
    const progress = createSearchProgress({ verbose: 1, monitor: "val_loss", ...screen })!;
    screen.time = 5_000;
    progress.update(() => ({
      ...start,
      done: 12,
      failed: 3,
      best: { id: 3, score: 0.123456 },
      epochs: 9,
      epochsLeft: 8,
    }));
    assert(screen.text.length - "\r\x1b[K".length < columns, screen.text);
  }
});

Deno.test("elsewhere a line comes every five seconds, and one at the end", () => {
  const screen = makeScreen(false);
  const progress = createSearchProgress({ verbose: 1, monitor: "val_loss", ...screen })!;
  for (screen.time = 0; screen.time <= 12_000; screen.time += 100) {
    progress.update(() => ({ ...start, epochsLeft: null, done: Math.floor(screen.time / 1000) }));
  }
  progress.end({ ...start, done: 16, running: 0 });
  assertEquals(screen.text.split("\n"), [
    " 5/16 trials: 2 running, 11s left",
    "10/16 trials: 2 running, 6s left",
    "16/16 trials: took 12s",
    "",
  ]);
});

Deno.test("trials of an earlier session do not count for the pace, and no number is no guess", () => {
  const screen = makeScreen(false);
  const progress = createSearchProgress({ verbose: 1, monitor: "val_loss", ...screen })!;
  progress.update(() => ({ ...start, done: 10, epochsLeft: null }));
  screen.time = 6_000;
  progress.update(() => ({ ...start, done: 13, epochsLeft: null }));
  screen.time = 12_000;
  progress.update(() => ({ ...start, done: 13, total: null, epochsLeft: null }));
  assertEquals(screen.text, "13/16 trials: 2 running, 6s left\n13 trials: 2 running\n");
});

Deno.test("verbose 0 shows nothing", () => {
  assertEquals(createSearchProgress({ verbose: 0, monitor: "loss" }), null);
});
