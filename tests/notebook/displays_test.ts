import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { input, layers, model, sequential } from "../../mod.ts";
import { LiveFit, showHistory, showModel, showSearch } from "../../src/notebook/notebook.ts";
import { openProgress } from "../../src/training/open_progress.ts";
import { History } from "../../src/training/history.ts";
import { openProgressSink } from "../../src/training/progress_sink.ts";
import type { Trial } from "../../src/search/trials/trial.ts";
import { checkMarkup } from "../drawing/check_markup.ts";
import { makeResult } from "../search/make_result.ts";

const HOSTILE = `<img src=x onerror="alert('1')">&`;
// deno-lint-ignore no-control-regex
const ANSI = /\x1b/;

/** What a bundle must be, whatever it shows; gives its HTML and its data. */
function check(bundle: Readonly<Record<string, unknown>>, kind: string): { html: string; data: unknown } {
  const type = `application/vnd.retroprop.${kind}.v1+json`;
  assertEquals(Object.keys(bundle), ["text/plain", "text/html", type]);
  assertEquals(ANSI.test(bundle["text/plain"] as string), false);
  const html = bundle["text/html"] as string;
  checkMarkup(html.replace(/ href="data:text\/html;base64,[\w+/=]+"/, ""));
  const { kind: named, version } = bundle[type] as { kind: string; version: number };
  assertEquals([named, version], [kind, 1]);
  return { html, data: JSON.parse(JSON.stringify(bundle[type])) };
}

Deno.test("showHistory: a chart for each name with its val_ twin, a table, and the numbers", () => {
  const history = new History({ epochs: 4, steps: 1, verbose: 0, validationFreq: 2 });
  for (let epoch = 0; epoch < 4; epoch++) {
    history.add(epoch, {
      loss: epoch === 2 ? NaN : 1 / (epoch + 1),
      [HOSTILE]: epoch,
      f1: [0.5, epoch],
      matrix: [[1, 2], [3, 4]],
      ...(epoch % 2 === 1 ? { val_loss: epoch } : {}),
    });
  }
  const { html, data } = check(showHistory(history), "history");
  assertEquals(html.match(/<svg/g)!.length, 3, "loss with val_loss, the hostile one, and f1");
  assertStringIncludes(html, "val_loss: 1 at epoch 2, 3 at epoch 4");
  assertStringIncludes(html, "f1[1]");
  assertStringIncludes(html, "&#60;img src=x");
  assertStringIncludes(html, "<summary>History of 4 epochs</summary><table>");
  const { epoch, history: numbers, params } = data as History;
  assertEquals([epoch, params.epochs, numbers.matrix[0]], [[0, 1, 2, 3], 4, [[1, 2], [3, 4]]]);
  assertEquals(numbers.loss as (number | null)[], [1, 0.5, null, 0.25]);
  assertEquals(
    check(showHistory(new History({ epochs: 0, steps: 1, verbose: 0 })), "history").html.includes("<svg"),
    false,
  );
});

Deno.test("showHistory: a long run gives few data, the last epoch among them", () => {
  const history = new History({ epochs: 10_000, steps: 1, verbose: 0 });
  for (let epoch = 0; epoch < 10_000; epoch++) history.add(epoch, { loss: 1 / (epoch + 1) });
  const { html, data } = check(showHistory(history), "history");
  const { epoch, history: { loss } } = data as History;
  assertEquals([epoch.length, loss.length, epoch.at(-1), loss.at(-1), loss[1]], [2001, 2001, 9999, 1e-4, 1 / 6]);
  assert(html.length < 20_000);
});

Deno.test("showModel: a table of layers, and a drawing where they branch", () => {
  const name = HOSTILE.replaceAll("/", "");
  const chain = sequential([layers.dense({ units: 3, inputShape: [2], name }), layers.dense({ units: 1 })]);
  const { html, data } = check(showModel(chain), "model");
  assertStringIncludes(html, "<td>9</td>");
  assertStringIncludes(html, "Total params: 13");
  assertEquals(html.includes("<svg"), false);
  assertEquals((data as { calls: unknown[] }).calls.length, 3);
  const open = check(showModel(sequential([layers.dense({ units: 3 })])), "model");
  assertStringIncludes(open.html, "Not built yet");

  const x = input({ shape: [2], name: "x" });
  const side = layers.dense({ units: 2, name }).apply(x);
  const branched = model({ inputs: x, outputs: layers.add({ name: "sum" }).apply([x, side]) });
  const { html: drawn, data: calls } = check(showModel(branched), "model");
  assertStringIncludes(drawn, "Connected to");
  assertEquals(drawn.match(/<rect/g)!.length, 3);
  assertEquals((calls as { calls: { layer: string; inputs: string[] }[] }).calls.map(({ inputs }) => inputs), [
    [],
    ["x"],
    ["x", name],
  ]);
});

Deno.test("showSearch: the best trials, what mattered, and a link to the report", async () => {
  const trials = Array.from({ length: 30 }, (_, id): Trial => ({
    id,
    params: { hidden: 4 + id % 4, rate: 0.1, kind: HOSTILE },
    status: id === 3 ? "failed" : "done",
    score: id === 3 ? null : 1 / (1 + id % 4),
    standardError: null,
    history: { val_loss: [1, 0.5] },
    runs: [],
    epochs: 2,
    seconds: 0.5,
    attempts: 1,
    ...(id === 3 ? { reason: HOSTILE } : {}),
  }));
  const { html, data } = check(showSearch(await makeResult(trials)), "search");
  assertEquals(html.match(/<tr>/g)!.length, 21);
  assertStringIncludes(html, "… and 10 more");
  assertStringIncludes(html, "<svg");
  const [, link] = html.match(/href="data:text\/html;base64,([^"]+)"/)!;
  assertStringIncludes(new TextDecoder().decode(Uint8Array.fromBase64(link)), "<!doctype html>");
  const { trials: listed, best } = data as { trials: object[]; best: number };
  assertEquals([listed.length, best, "history" in listed[0]], [30, 7, false]);
  check(showSearch(await makeResult(trials.slice(3, 4))), "search");
});

/** A fit that is shown live, with a clock set by hand and a front end that may refuse. */
function record(sendOne: () => Promise<void> = () => Promise.resolve()) {
  const clock = { ms: 0 };
  const sent: { type: string; id: string; text: string; html: string }[] = [];
  const history = new History({ epochs: 100, steps: 4, verbose: 1 });
  const live = new LiveFit(history, (type, content) => {
    const { data, transient } = content as { data: Record<string, string>; transient: { display_id: string } };
    sent.push({ type, id: transient.display_id, text: data["text/plain"], html: data["text/html"] });
    return sendOne();
  }, () => clock.ms);
  const run = async (from: number, to: number, ms: number): Promise<void> => {
    for (let epoch = from; epoch < to; epoch++) {
      live.onEpochBegin(epoch);
      for (let batch = 0; batch < 4; batch++) {
        clock.ms += ms / 4;
        live.onBatchEnd(batch, () => ({ loss: 2 }));
        await new Promise((resolve) => setTimeout(resolve));
      }
      history.add(epoch, { loss: 1 / (epoch + 1), [HOSTILE]: 0 });
      live.onEpochEnd(epoch, { loss: 1 / (epoch + 1), [HOSTILE]: 0 }, ms / 1000);
      await new Promise((resolve) => setTimeout(resolve));
    }
  };
  return { live, sent, run };
}

Deno.test("LiveFit: one display, drawn anew four times a second at most, the last state at the end", async () => {
  const { live, sent, run } = record();
  await run(0, 100, 20); // two seconds
  await live.onTrainEnd();
  assertEquals(sent.map(({ type }) => type), ["display_data", ...Array(sent.length - 1).fill("update_display_data")]);
  assert(sent.length >= 8 && sent.length <= 10, `${sent.length}`);
  assertEquals(new Set(sent.map(({ id }) => id)).size, 1);
  const last = sent.at(-1)!;
  assertStringIncludes(last.text, "Epoch 100/100 - 0s 5ms/step - loss: 0.0100 - ");
  assertStringIncludes(last.text, "2s in all");
  for (const { html, text } of sent) {
    checkMarkup(html);
    assertStringIncludes(html, "<svg");
    assertEquals(ANSI.test(text), false);
  }
});

Deno.test("LiveFit: long epochs show their batches, a short fit is shown once, one without epochs not at all", async () => {
  const long = record();
  await long.run(0, 1, 4000);
  assertEquals(long.sent.map(({ text }) => text.split(" - ")[1]), [
    "batch 1/4",
    "batch 2/4",
    "batch 3/4",
    "4s 1s/step",
  ]);
  const short = record();
  await short.run(0, 3, 1);
  assertEquals(short.sent.length, 0);
  await short.live.onTrainEnd();
  assertEquals(short.sent.map(({ type }) => type), ["display_data"]);
  const none = record();
  await none.live.onTrainEnd();
  assertEquals(none.sent.length, 0);
});

Deno.test("LiveFit: a front end that refuses, throws or is slow does not end a training", async () => {
  for (
    const refuse of [() => Promise.reject(new Error("gone")), () => {
      throw new Error("gone");
    }]
  ) {
    const { live, sent, run } = record(refuse);
    await run(0, 2, 600);
    await live.onTrainEnd();
    assert(sent.length >= 3);
  }
  let release = (): void => {};
  const { live, sent, run } = record(() => new Promise((resolve) => release = resolve));
  await run(0, 3, 2000);
  assertEquals(sent.length, 1, "nothing is drawn while the last picture is on its way");
  const end = live.onTrainEnd();
  for (let i = 0; i < 3; i++) {
    release();
    await new Promise((resolve) => setTimeout(resolve));
  }
  await end;
  assertEquals(sent.length, 2);
});

Deno.test("openProgress: live in a notebook with verbose 1, lines with verbose 2 and where nothing can be shown", async () => {
  const broadcast = (): Promise<void> => Promise.resolve();
  const sink = openProgressSink({ Deno: { stderr: {}, jupyter: { broadcast } } });
  const history = new History({ epochs: 1, steps: 1, verbose: 1 });
  const kind = async (verbose: 0 | 1 | 2, where = sink): Promise<string | undefined> => {
    const progress = await openProgress({ epochs: 1, steps: 1, verbose }, history, where);
    return progress?.constructor.name;
  };
  assertEquals([await kind(0), await kind(1), await kind(2)], [undefined, "LiveFit", "LineProgress"]);
  for (const jupyter of [{}, { broadcast: 1 }, undefined]) {
    const other = openProgressSink({ Deno: { stderr: { isTerminal: () => false }, jupyter } });
    assertEquals(await kind(1, other), "LineProgress");
  }
});
