import { assert, assertEquals, assertStringIncludes, assertThrows } from "@std/assert";
import type { ReportData } from "../../src/search/report/report_data.ts";
import { makeResult } from "./make_result.ts";
import { makeTrial } from "./make_trial.ts";

/** The data that stands in a page. */
function readData(html: string): ReportData {
  const found = html.match(/<script type="application\/json" id="data">(.*?)<\/script>/s);
  return JSON.parse(found![1]);
}

Deno.test("a report holds its data, and its policy lets it load nothing", async () => {
  const space = { hidden: [4, 5], rate: { kind: "logUniform", min: 0.01, max: 1 } } as const;
  const result = await makeResult([makeTrial(0), makeTrial(1)], { space, settings: { seed: 7 } });
  const html = result.report({ title: "Two moons" });
  assertStringIncludes(html, "<title>Two moons</title>");
  assertStringIncludes(html, "default-src 'none'; script-src 'unsafe-inline'; style-src 'unsafe-inline'");
  assert(!/<(?:script|link|img|iframe)[^>]*\s(?:src|href)=/i.test(html), "nothing is loaded");
  assert(!html.includes("@import"));
  const data = readData(html);
  assertEquals(data.trials.map(({ id }) => id), [1, 0]);
  assertEquals(data.trials[0].curves?.loss, [[1, 1], [2, 0.5], [3, 0.25]]);
  assertEquals(data.parameters.map(({ name, scale }) => [name, scale]), [["hidden", "category"], ["rate", "log"]]);
  assertEquals([data.monitor, data.direction, data.settings], ["val_loss", "min", { seed: 7 }]);
  assertThrows(() => result.report({ name: "x" } as object), TypeError, "title");
});

Deno.test("no name, value, reason or title can become HTML", async () => {
  const evil = "</script><script>alert(1)</script><!--<img src=x onerror=alert(1)>\"'&";
  const trial = makeTrial(0, { params: { [evil]: evil }, status: "failed", reason: evil, history: { [evil]: [1, 2] } });
  const result = await makeResult([trial], {
    space: { [evil]: [evil, 1] },
    monitor: evil,
    settings: { [evil]: evil },
  });
  const clean = (await makeResult([makeTrial(0)])).report();
  const html = result.report({ title: evil });
  for (const tag of [/<script/gi, /<\/script/gi, /<img/gi, /<!--/g]) {
    assertEquals(html.match(tag)?.length, clean.match(tag)?.length, String(tag));
  }
  const data = readData(html);
  assertEquals([data.title, data.monitor, data.trials[0].reason], [evil, evil, evil]);
  assertEquals(data.trials[0].params, { [evil]: evil });
});

Deno.test("what JSON does not have becomes a gap, and long searches are thinned out", async () => {
  const history = { loss: [1, NaN, Infinity, 0.123456789] };
  const small = readData((await makeResult([makeTrial(0, { history, score: NaN })])).report());
  assertEquals(small.trials[0].curves?.loss, [[1, 1], [2, null], [3, null], [4, 0.12346]]);
  assertEquals(small.trials[0].score, null);

  const long = { loss: Array.from({ length: 5000 }, (_, i) => i) };
  const many = Array.from({ length: 1200 }, (_, id) => makeTrial(id, id === 0 ? { history: long } : {}));
  const data = readData((await makeResult(many)).report());
  assertEquals([data.trials.length, data.curveCount, data.areAllCurves], [1200, 1000, false]);
  assertEquals(data.trials.filter(({ curves }) => curves !== undefined).length, 1000);
  const curve = data.trials.at(-1)!.curves!.loss;
  assert(curve.length <= 201);
  assertEquals([curve[0], curve.at(-1)], [[1, 0], [5000, 4999]]);
});

Deno.test("a report of nothing is a page too", async () => {
  assertEquals(readData((await makeResult([])).report()).trials, []);
  const waiting = makeTrial(0, { status: "waiting", score: null, history: {}, runs: [] });
  assertEquals(readData((await makeResult([waiting])).report()).curveCount, 0);
});
