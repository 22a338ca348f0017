import { assert, assertEquals } from "@std/assert";
import type { Logs } from "../../src/training/callback.ts";
import { formatLogs } from "../../src/training/format_logs.ts";
import { formatPace, formatSeconds } from "../../src/training/format_seconds.ts";
import { createProgress, type Progress } from "../../src/training/progress.ts";
import { openProgressSink } from "../../src/training/progress_sink.ts";

/** A sink that remembers, with a clock that is set by hand. */
function record(options: { isTerminal?: boolean; columns?: number; hasColors?: boolean } = {}) {
  const { isTerminal = false, columns = 80, hasColors = false } = options;
  const writes: string[] = [];
  const clock = { ms: 0 };
  const sink = { isTerminal, columns, hasColors, write: (text: string) => void writes.push(text) };
  return { writes, clock, sink, now: () => clock.ms, text: () => writes.join("") };
}

/** Runs epochs that take `ms` each, in `steps` equal batches. */
function run(progress: Progress, clock: { ms: number }, from: number, to: number, steps: number, ms: number): void {
  for (let epoch = from; epoch < to; epoch++) {
    const logs: Logs = { loss: 1 / (epoch + 1), accuracy: 0.5 };
    progress.onEpochBegin(epoch);
    for (let batch = 0; batch < steps; batch++) {
      clock.ms += ms / steps;
      progress.onBatchEnd(batch, () => logs);
    }
    progress.onEpochEnd(epoch, logs, ms / 1000);
  }
}

/** What a terminal shows in the end: `\r` goes to the start of the line, `ESC [K` clears the rest, text overwrites. */
function render(text: string): string[] {
  const lines: string[][] = [[]];
  let at = 0;
  // deno-lint-ignore no-control-regex
  for (const [token] of text.matchAll(/\x1b\[K|\x1b\[\d+m|[^]/gu)) {
    const line = lines[lines.length - 1];
    if (token === "\n") at = lines.push([]) * 0;
    else if (token === "\r") at = 0;
    else if (token === "\x1b[K") line.length = at;
    else if (token.length === 1) line[at++] = token;
  }
  return lines.map((line) => line.join(""));
}

Deno.test("createProgress is null when silent, and touches nothing", () => {
  assertEquals(createProgress({ epochs: 3, steps: 1, verbose: 0 }), null);
});

Deno.test("outside a terminal: one line an epoch", () => {
  const { sink, now, clock, writes } = record();
  const progress = createProgress({ epochs: 2, steps: 4, verbose: 1, sink, now })!;
  run(progress, clock, 0, 2, 4, 2000);
  progress.onTrainEnd();
  assertEquals(writes, [
    "Epoch 1/2 - 2s 500ms/step - loss: 1.0000 - accuracy: 0.5000\n",
    "Epoch 2/2 - 2s 500ms/step - loss: 0.5000 - accuracy: 0.5000\n",
  ]);
});

Deno.test("verbose 2 writes lines in a terminal, too", () => {
  const { sink, now, clock, text } = record({ isTerminal: true });
  const progress = createProgress({ epochs: 1, steps: 1, verbose: 2, sink, now })!;
  run(progress, clock, 0, 1, 1, 3);
  progress.onTrainEnd();
  assertEquals(text(), "Epoch 1/1 - 0s 3ms/step - loss: 1.0000 - accuracy: 0.5000\n");
});

Deno.test("the lines of 200 epochs in 1 ms go out in two writes, and none is lost", () => {
  const { sink, now, clock, writes, text } = record();
  const progress = createProgress({ epochs: 200, steps: 1, verbose: 1, sink, now })!;
  run(progress, clock, 0, 200, 1, 0.005);
  progress.onTrainEnd();
  progress.onTrainEnd();
  assertEquals(writes.length, 2);
  const lines = text().trimEnd().split("\n");
  assertEquals(lines.length, 200);
  assertEquals(lines[199], "Epoch 200/200 - 0s 5us/step - loss: 0.0050 - accuracy: 0.5000");
});

Deno.test("lines wait no more than 100 ms while training goes on", () => {
  const { sink, now, clock, writes, text } = record();
  const progress = createProgress({ epochs: 1000, steps: 2, verbose: 1, sink, now })!;
  run(progress, clock, 0, 100, 2, 10); // a second
  assert(writes.length >= 10 && writes.length <= 11, `${writes.length} writes`);
  run(progress, clock, 100, 101, 2, 60);
  const before = text().split("\n").length - 1;
  progress.onEpochBegin(101);
  clock.ms += 150;
  progress.onBatchEnd(0, () => ({}));
  assertEquals(text().split("\n").length - 1, 101);
  assert(before <= 101);
});

Deno.test("in a terminal: a heading and a bar that is rewritten at most ten times a second", () => {
  const { sink, now, clock, writes, text } = record({ isTerminal: true });
  const progress = createProgress({ epochs: 50, steps: 32, verbose: 1, sink, now })!;
  run(progress, clock, 2, 3, 32, 3200);
  progress.onTrainEnd();
  assert(writes.length <= 35, `${writes.length} writes`);
  assertEquals(writes[0], "Epoch 3/50\n");
  assertEquals(
    writes[1],
    "\r 1/32 ──────────────────── 3s 100ms/step - loss: 0.3333 - accuracy: 0.5000\x1b[K",
  );
  assertEquals(
    render(writes.slice(0, 17).join(""))[1],
    "16/32 ━━━━━━━━━━────────── 1s 100ms/step - loss: 0.3333 - accuracy: 0.5000",
  );
  assertEquals(render(text()), [
    "Epoch 3/50",
    "32/32 ━━━━━━━━━━━━━━━━━━━━ 3s 100ms/step - loss: 0.3333 - accuracy: 0.5000",
    "",
  ]);
});

Deno.test("in a terminal: many small batches do not cost many writes or readings", () => {
  const { sink, now, clock, writes } = record({ isTerminal: true });
  const progress = createProgress({ epochs: 1, steps: 10000, verbose: 1, sink, now })!;
  let readings = 0;
  progress.onEpochBegin(0);
  for (let batch = 0; batch < 10000; batch++) {
    clock.ms += 0.1; // a second in all
    progress.onBatchEnd(batch, () => ({ loss: ++readings }));
  }
  assert(readings >= 8 && readings <= 11, `${readings} readings`);
  assert(writes.length <= readings + 1);
});

Deno.test("in a terminal: quick epochs share one line, and the last of them stays", () => {
  const { sink, now, clock, writes, text } = record({ isTerminal: true });
  const progress = createProgress({ epochs: 5000, steps: 1, verbose: 1, sink, now })!;
  run(progress, clock, 0, 5000, 1, 0.2); // a second
  progress.onTrainEnd();
  assert(writes.length <= 13, `${writes.length} writes`);
  assertEquals(render(text()), [
    "Epoch 5000/5000 ━━━━━━━━━━ 1s 200us/epoch - loss: 2.0000e-04 - accuracy: 0.5000",
    "",
  ]);
});

Deno.test("in a terminal: quick epochs, then a slow one, then quick ones", () => {
  const { sink, now, clock, text } = record({ isTerminal: true, columns: 200 });
  const progress = createProgress({ epochs: 30, steps: 2, verbose: 1, sink, now })!;
  run(progress, clock, 0, 10, 2, 1);
  run(progress, clock, 10, 11, 2, 400);
  run(progress, clock, 11, 30, 2, 1);
  progress.onTrainEnd();
  const lines = render(text());
  assertEquals(lines.map((line) => line.slice(0, 11)), [
    "Epoch 10/30",
    "Epoch 11/30",
    "2/2 ━━━━━━━",
    "Epoch 12/30", // it began like a slow one
    "2/2 ━━━━━━━",
    "Epoch 30/30",
    "",
  ]);
});

Deno.test("in a terminal: nothing is longer than the line, colours not counted, whatever the width", () => {
  for (const columns of [12, 20, 40, 79, 200]) {
    const { sink, now, clock, writes } = record({ isTerminal: true, columns, hasColors: true });
    const progress = createProgress({ epochs: 12, steps: 5, verbose: 1, sink, now })!;
    run(progress, clock, 0, 3, 5, 900);
    run(progress, clock, 3, 12, 5, 3);
    progress.onTrainEnd();
    for (const line of render(writes.join(""))) assert(line.length < columns, `${line.length} of ${columns}: ${line}`);
    assert(writes.some((text) => text.includes("\x1b[32m━")));
  }
});

const MANY: Logs = { loss: 0.5, accuracy: 0.25, auc: 0.125, val_loss: 1.5, val_accuracy: 0.75, val_auc: 0.0625 };

/** An epoch with many numbers, as a terminal of so many columns shows it in the end. */
function showMany(columns: number, ms: number, logs = MANY): string[] {
  const { sink, now, clock, text } = record({ isTerminal: true, columns });
  const progress = createProgress({ epochs: 2, steps: 2, verbose: 1, sink, now })!;
  for (let epoch = 0; epoch < 2; epoch++) {
    progress.onEpochBegin(epoch);
    for (let batch = 0; batch < 2; batch++) {
      clock.ms += ms / 2;
      progress.onBatchEnd(batch, () => logs);
    }
    progress.onEpochEnd(epoch, logs, ms / 1000);
  }
  progress.onTrainEnd();
  return render(text());
}

Deno.test("in a terminal: every number of an epoch that is over can be read, slow epochs", () => {
  const head = ["Epoch 1/2", "2/2 0s 200ms/step - loss: 0.5000 - accuracy: 0.2500 - auc: 0.1250"];
  const rest = "  - val_loss: 1.5000 - val_accuracy: 0.7500 - val_auc: 0.0625";
  assertEquals(showMany(80, 400).slice(0, 3), [...head, rest]);
  const [, wide] = showMany(140, 400);
  assertEquals(
    wide,
    `2/2 ━━━━━━━━━━━━━ 0s 200ms/step - ${
      Object.entries(MANY).map(([n, v]) => `${n}: ${(v as number).toFixed(4)}`).join(" - ")
    }`,
  );
  // One more number than there is room for beside the bar: the bar goes.
  const { val_auc: _, ...fewer } = MANY;
  assertEquals(
    showMany(112, 400, fewer)[1],
    "2/2 0s 200ms/step - loss: 0.5000 - accuracy: 0.2500 - auc: 0.1250 - val_loss: 1.5000 - val_accuracy: 0.7500",
  );
});

Deno.test("in a terminal: every number of the last of quick epochs can be read, whatever the width", () => {
  assertEquals(showMany(80, 4), [
    "Epoch 2/2 0s 4ms/epoch - loss: 0.5000 - accuracy: 0.2500 - auc: 0.1250",
    "  - val_loss: 1.5000 - val_accuracy: 0.7500 - val_auc: 0.0625",
    "",
  ]);
  for (const columns of [12, 20, 30, 40, 60, 100, 160]) {
    for (const ms of [4, 400]) {
      const lines = showMany(columns, ms);
      for (const line of lines) assert(line.length < columns, `${columns}: ${line}`);
      const text = lines.join("").replaceAll(" ", "");
      for (const [name, value] of Object.entries(MANY)) {
        assert(text.includes(`${name}:${(value as number).toFixed(4)}`), `${columns} ${ms} ${name}: ${text}`);
      }
    }
  }
});

Deno.test("in a terminal: a stream of unknown length, and what is known after its first epoch", () => {
  const { sink, now, clock, text } = record({ isTerminal: true });
  const progress = createProgress({ epochs: 2, steps: null, verbose: 1, sink, now })!;
  progress.onEpochBegin(0);
  clock.ms = 200;
  progress.onBatchEnd(0, () => ({ loss: 1 }));
  assertEquals(render(text())[1], "      1/Unknown 0s 200ms/step - loss: 1.0000");
  clock.ms = 400;
  progress.onBatchEnd(1, () => ({ loss: 1 }));
  progress.onEpochEnd(0, { loss: 1 }, 0.4);
  progress.onEpochBegin(1);
  clock.ms = 600;
  progress.onBatchEnd(0, () => ({ loss: 1 }));
  assertEquals(render(text())[1], "2/2 ━━━━━━━━━━━━━━━━━━━━ 0s 200ms/step - loss: 1.0000");
  assertEquals(render(text())[3], "1/2 ━━━━━━━━━━────────── 0s 200ms/step - loss: 1.0000");
  progress.onTrainEnd(); // interrupted: the cursor does not stay in the middle of the line
  assert(text().endsWith("\n"));
});

Deno.test("formatLogs: decimals, exponents, lists; matrices and long lists are left out", () => {
  assertEquals(formatLogs({}), "");
  assertEquals(
    formatLogs({
      loss: 12.34567,
      lr: 0.00012345,
      zero: 0,
      low: -2e-12,
      confusion: [[1, 2]],
      long: Array(9).fill(1),
      f1: [0.25, 1],
    }),
    " - loss: 12.3457 - lr: 1.2345e-04 - zero: 0.0000 - low: -2.0000e-12 - f1: [0.2500, 1.0000]",
  );
});

Deno.test("durations as Keras writes them", () => {
  assertEquals([0.4, 59, 60, 61, 125, 3600, 3725].map(formatSeconds), [
    "0s",
    "59s",
    "60s",
    "1:01",
    "2:05",
    "60:00",
    "1:02:05",
  ]);
  assertEquals([2, 0.015, 0.00012, 0].map((s) => formatPace(s, "step")), [
    "2s/step",
    "15ms/step",
    "120us/step",
    "0s/step",
  ]);
});

Deno.test("openProgressSink: Deno, notebook, Node, browser", () => {
  const written: string[] = [];
  const decoder = new TextDecoder();
  const stderr = {
    isTerminal: () => true,
    writeSync(bytes: Uint8Array): number { // takes three bytes at a time
      written.push(decoder.decode(bytes.subarray(0, 3), { stream: true }));
      return Math.min(3, bytes.length);
    },
  };
  const throws = {
    get: () => {
      throw new Error("touched");
    },
  };
  const deno = Object.defineProperty(
    { stderr, noColor: true, consoleSize: () => ({ columns: 123 }) },
    "jupyter",
    throws,
  );
  const terminal = openProgressSink({ Deno: deno, process: { stderr: { write: () => assert(false) } } });
  terminal.write("12/32 ━━━");
  assertEquals(written.join(""), "12/32 ━━━");
  assertEquals([terminal.isTerminal, terminal.columns, terminal.hasColors], [true, 123, false]);

  const notebook = openProgressSink({ Deno: { stderr, jupyter: { display() {} } } });
  assertEquals(notebook.isTerminal, false);
  const getter = Object.defineProperty({ stderr }, "jupyter", { get: () => ({ display() {} }) });
  assertEquals(openProgressSink({ Deno: getter }).isTerminal, false);

  const node = openProgressSink({
    process: { env: {}, stderr: { isTTY: true, columns: 99, write: (text: string) => written.push(text) } },
  });
  node.write("line\n");
  assertEquals([written.at(-1), node.isTerminal, node.columns, node.hasColors], ["line\n", true, 99, true]);

  const closed = openProgressSink({
    process: {
      stderr: {
        write() {
          throw new Error("EPIPE");
        },
      },
    },
  });
  closed.write("nobody reads this");

  const log = console.log;
  try {
    const lines: unknown[] = [];
    console.log = (...args: unknown[]) => lines.push(...args);
    for (const scope of [{}, { process: {} }, { Deno: { stderr, jupyter: {} } }, { Deno: getter }]) {
      openProgressSink(scope).write("a\nb\n");
    }
    assertEquals(lines, ["a\nb", "a\nb", "a\nb", "a\nb"]);
  } finally {
    console.log = log;
  }
});

Deno.test("openProgressSink needs no permission here", () => {
  const sink = openProgressSink();
  assert(sink.columns >= 1);
  assertEquals(typeof sink.isTerminal, "boolean");
});

Deno.test("formatLogs: what callbacks add may be anything; null and text are shown, text without control characters", () => {
  const odd = {
    none: null,
    note: "best\x1b[2J so\nfar",
    long: "x".repeat(60),
    flag: true,
    big: 12345678901234567890n,
    floats: Float32Array.of(0.5, 2),
    missing: undefined,
    object: { a: 1 },
    map: new Map(),
    fn: () => 1,
    view: new DataView(new ArrayBuffer(2)),
    nan: NaN,
    "a\rb": 1,
  };
  assertEquals(
    formatLogs(odd as never),
    ` - none: null - note: best?[2J so?far - long: ${"x".repeat(39)}… - flag: true - big: 12345678901234567890` +
      " - floats: [0.5000, 2.0000] - nan: NaN - a?b: 1.0000",
  );
});
