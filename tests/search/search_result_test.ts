import { assert, assertEquals, assertStringIncludes, assertThrows } from "@std/assert";
import { parse } from "@std/csv";
import { EndedTrials } from "../../src/search/engine/ended_trials.ts";
import { sortTrials } from "../../src/search/trials/sort_trials.ts";
import { thinOut } from "../../src/search/report/thin_out.ts";
import { makeResult } from "./make_result.ts";
import { makeTrial } from "./make_trial.ts";

const failed = makeTrial(4, { status: "failed", score: null, reason: 'no "memory",\nleft' });

Deno.test("trials are sorted by what became of them, then by score, then by number", () => {
  const trials = [
    makeTrial(0, { score: 0.5 }),
    makeTrial(1, { status: "pruned", score: 0.1 }),
    failed,
    makeTrial(5, { score: NaN }),
    makeTrial(2, { score: 0.3 }),
    makeTrial(6, { score: -Infinity }),
    makeTrial(3, { score: 0.5 }),
    makeTrial(7, { status: "running", score: null }),
    makeTrial(8, { score: null }),
  ];
  assertEquals(sortTrials(trials, "min").map(({ id }) => id), [6, 2, 0, 3, 5, 8, 1, 7, 4]);
  assertEquals(sortTrials(trials, "max").map(({ id }) => id), [0, 3, 2, 6, 5, 8, 1, 7, 4]);
});

Deno.test("NaN, the infinities and what has no score are never the best, whatever the order in which trials end", () => {
  const scores = [NaN, 1, 2, Infinity, -Infinity, null];
  for (const [direction, best] of [["min", 1], ["max", 2]] as const) {
    for (let shift = 0; shift < scores.length; shift++) {
      const ended = new EndedTrials();
      for (let i = 0; i < scores.length; i++) {
        const id = (i + shift) % scores.length;
        ended.add(makeTrial(id, { score: scores[id] }), null, direction);
      }
      assertEquals(ended.best?.trial.id, best);
      assertEquals(ended.hasReached(1.5, direction), true);
    }
  }
  const ended = new EndedTrials();
  ended.add(makeTrial(0, { score: NaN }), null, "min");
  assertEquals([ended.best, ended.hasReached(1e9, "min")], [null, false]);
});

Deno.test("best is the best trial that is done, with the model; without one the error gives a reason", async () => {
  const pruned = makeTrial(9, { status: "pruned", score: 0 });
  const result = await makeResult([makeTrial(2), makeTrial(0), pruned, failed]);
  assertEquals(result.best, {
    id: 2,
    params: { hidden: 6, rate: 0.1 },
    score: 0.73,
    standardError: null,
    model: "the model",
  });
  assertEquals(result.trials.map(({ id }) => id), [0, 2, 4, 9]);
  // If none is done: of those that were stopped and got furthest, the best.
  const stopped = [[5, 3, 0.4], [6, 3, 0.3], [7, 1, 0.1]].map(([id, epochs, score]) =>
    makeTrial(id, { status: "pruned", epochs, score })
  );
  const early = await makeResult([...stopped, failed, makeTrial(8, { status: "pruned", epochs: 9, score: NaN })]);
  assertEquals([early.best.id, early.best.score, early.toJSON().best], [6, 0.3, 6]);
  assertEquals(sortTrials(early.trials, "min").map(({ id }) => id), [6, 5, 7, 8, 4]);
  const none = await makeResult([failed]);
  assertThrows(() => none.best, Error, "at least one of the 1 trials must have a score");
  assertThrows(() => none.best, Error, 'no "memory"');
});

Deno.test("the table shows the best first, aligned, and nothing that controls a terminal", async () => {
  const result = await makeResult([
    makeTrial(0),
    makeTrial(1, { params: { hidden: 1000, kind: "a\u001b[2Jb" }, standardError: 0.0123 }),
    failed,
  ]);
  assertEquals(
    result.table(),
    [
      "trial  val_loss      ±  hidden  rate    kind  epochs  seconds  status",
      "    1      0.74  0.012    1000        a?[2Jb       3     0.50  done",
      "    0      0.75              4   0.1               3     0.50  done",
      "    4         –              8   0.1               3     0.50  failed",
      "",
      "trial  reason",
      "    1",
      "    0",
      '    4  no "memory",?left',
    ].join("\n"),
  );
  // All in one where there is room, and never wider than asked, if a column alone is not.
  assertEquals(result.table({ columns: 100 }).split("\n").length, 4);
  for (const columns of [1, 12, 20, 33, 40, 79]) {
    const lines = result.table({ columns }).split("\n");
    const widest = Math.max(...lines.map((line) => line.length));
    assert(widest <= Math.max(columns, "trial".length + 2 + 'no "memory",?left'.length), `${widest} of ${columns}`);
    for (const title of ["val_loss", "±", "hidden", "rate", "kind", "epochs", "seconds", "status", "reason"]) {
      assertEquals(lines.filter((line) => line.split(/ +/).includes(title)).length, 1, `${title} at ${columns}`);
    }
  }
  assertThrows(() => result.table({ columns: 0 }), RangeError, "columns must be an integer >= 1, got 0");
  assertStringIncludes(result.table({ limit: 1 }), "\n… and 2 more");
  assertThrows(() => result.table({ limit: -1 }), RangeError, "limit");
  assertThrows(() => result.table({ limits: 1 } as object), TypeError, 'did you mean "limit"');
  assertStringIncludes(Deno.inspect(result), "val_loss");
});

Deno.test("the CSV is read back by a CSV parser", async () => {
  const odd = makeTrial(1, { params: { "a,b": ' "x"', deep: null, rate: 1e-7 } });
  const result = await makeResult([makeTrial(0), odd, failed]);
  const rows = parse(result.toCSV(), { skipFirstRow: true }) as Record<string, string>[];
  assertEquals(rows.map(({ id }) => id), ["1", "0", "4"]);
  assertEquals(rows[0]["params.a,b"], ' "x"');
  assertEquals([rows[0]["params.deep"], rows[1]["params.deep"]], ["null", ""]);
  assertEquals(Number(rows[0]["params.rate"]), 1e-7);
  assertEquals([rows[2].reason, rows[2].score], ['no "memory",\nleft', ""]);
});

Deno.test("no cell of the CSV is one that a spreadsheet would run; numbers stay numbers", async () => {
  const texts = {
    formula: '=HYPERLINK("http://x")',
    plus: "+1+1",
    minus: "-1-1",
    at: "@SUM(A1)",
    tab: "\t=1",
    line: "\r=1",
    wide: "\uFF1D1",
    number: "-1.5e-3",
    plain: "relu",
    negative: -0.25,
    zero: 0,
  };
  const bad = makeTrial(5, { status: "failed", score: null, reason: "=cmd|' /C calc'!A0" });
  const result = await makeResult([makeTrial(1, { params: texts, score: -0.5 }), bad]);
  const [row, other] = parse(result.toCSV(), { skipFirstRow: true }) as Record<string, string>[];
  const cells = Object.keys(texts).map((name) => row[`params.${name}`]);
  assertEquals(cells, [
    '\'=HYPERLINK("http://x")',
    "'+1+1",
    "'-1-1",
    "'@SUM(A1)",
    "'\t=1",
    "'\r=1",
    "'\uFF1D1",
    "-1.5e-3",
    "relu",
    "-0.25",
    "0",
  ]);
  assertEquals([row.score, other.reason], ["-0.5", "'=cmd|' /C calc'!A0"]);
});

Deno.test("JSON holds all but the model", async () => {
  const result = await makeResult([makeTrial(0), makeTrial(1)], { settings: { seed: 1 } });
  const { best, trials, settings, importance, monitor, direction, ...rest } = JSON.parse(JSON.stringify(result));
  assertEquals(rest, {});
  assertEquals([best, monitor, direction, settings], [1, "val_loss", "min", { seed: 1 }]);
  assertEquals(trials, [makeTrial(0), makeTrial(1)]);
  assertEquals(importance.map(({ name }: { name: string }) => name).sort(), ["hidden", "rate"]);
});

Deno.test("thinOut keeps the best and the last, in order, and no more than asked", () => {
  const items = Array.from({ length: 997 }, (_, i) => i);
  const kept = thinOut(items, 100);
  assertEquals(kept.slice(0, 20), items.slice(0, 20));
  assertEquals([kept.length, new Set(kept).size, kept.at(-1)], [100, 100, 996]);
  assert(kept.every((each, i) => i === 0 || each > kept[i - 1]));
  assertEquals(thinOut(items, 997), items);
});
