import { assert, assertAlmostEquals, assertEquals, assertRejects, assertThrows } from "@std/assert";
import type { Configuration } from "../../tools/playground/configuration/configuration.ts";
import { PRESETS } from "../../tools/playground/configuration/presets.ts";
import { compareSomeRates } from "../../tools/playground/engine/compare_rates.ts";
import { diagnoseRun, tryOut } from "../../tools/playground/engine/diagnose_run.ts";
import { explainChain } from "../../tools/playground/engine/explain_chain.ts";
import { measureCurvature } from "../../tools/playground/engine/measure_curvature.ts";
import { runPhase } from "../../tools/playground/engine/run_phase.ts";
import { Session } from "../../tools/playground/engine/session.ts";
import { trainSeries } from "../../tools/playground/engine/train_series.ts";
import type { Reply, ReplyBody } from "../../tools/playground/protocol.ts";

/** A preset's run after some epochs. */
function train(id: string, epochs: number, changes: Partial<Configuration> = {}): Session {
  const { configuration } = PRESETS.find((preset) => preset.id === id)!;
  const session = new Session({ ...configuration, ...changes });
  for (let epoch = 0; epoch < epochs;) if (session.step()) epoch++;
  return session;
}

/** A reply as one of a kind. */
function as<Kind extends Reply["kind"]>(reply: ReplyBody, kind: Kind): ReplyBody & { readonly kind: Kind } {
  assertEquals(reply.kind, kind);
  return reply as ReplyBody & { readonly kind: Kind };
}

const language = "en";

Deno.test("playground: the chain of a weight ends in the gradient that the step finds", () => {
  const session = train("worked_example", 0);
  const { html, text, latex, edges } = as(
    explainChain({ id: 1, kind: "chain", weight: 0, samples: null }, { session, language }),
    "chain",
  );
  assert(text.includes("0.68493 · 0.19481 · 0.5 · 0.23978 · 0.1"), text); // the lecture's factors
  assert(/<math/.test(html) && !/<script|onerror/.test(html) && latex.includes("partial"));
  assertEquals([...edges], [0, 0, 0, 1, 0, 0, 1, 0, 1]);
  const spanish = as(
    explainChain({ id: 1, kind: "chain", weight: 0, samples: null }, { session, language: "es" }),
    "chain",
  );
  assert(spanish.text !== text && spanish.text.includes("0.68493"));
  // With dropout the masks are those of the step that comes next.
  const dropped = train("dropout", 3);
  const path = as(
    explainChain({ id: 1, kind: "chain", weight: 5, samples: null }, { session: dropped, language }),
    "chain",
  );
  const { gradients } = runPhase(dropped, "backward");
  const found = Number(path.text.match(/kernel.*: (\S+)\s*$/)?.[1].replace("−", "-"));
  assertAlmostEquals(found, gradients![5], Math.abs(gradients![5]) * 1e-3, path.text.slice(-200));
  const chain = { id: 1, kind: "chain", samples: null } as const;
  for (const weight of [-1, 12, 0.5]) {
    assertThrows(() => explainChain({ ...chain, weight }, { session, language }), RangeError, "weight");
  }
  assertThrows(
    () => explainChain({ ...chain, weight: 0, samples: [1] }, { session, language }),
    RangeError,
    "sample 1",
  );
  // A bias, and a weight behind other layers.
  for (const weight of [16 * 2, 16 * 2 + 16 + 3]) {
    explainChain({ ...chain, weight, samples: [0, 2] }, { session: dropped, language });
  }
});

Deno.test("playground: presets that show why a network does not learn are diagnosed so", () => {
  const rulesOf = (id: string, epochs: number): string[] => {
    const session = train(id, epochs);
    const { findings } = as(diagnoseRun({ id: 1, kind: "diagnose" }, { session, language }), "findings");
    return findings.filter(({ severity }) => severity === "problem").map(({ rule }) => rule);
  };
  const wanted: [id: string, epochs: number, rule: string][] = [
    ["rate_25", 200, "rate_too_large"],
    ["vanishing", 10, "vanishing"],
    ["dead_relu", 10, "dead_layer"],
    ["linear_stack", 30, "linear_stack"],
    ["symmetric", 50, "symmetric_units"],
  ];
  for (const [id, epochs, rule] of wanted) assertEquals(rulesOf(id, epochs)[0], rule, id);
  assertEquals(rulesOf("xor_7", 200), []);
  const { findings } = as(
    diagnoseRun({ id: 1, kind: "diagnose" }, { session: train("overfitting", 200), language: "es" }),
    "findings",
  );
  assertEquals(findings.map(({ rule, severity }) => [rule, severity])[0], ["overfitting", "note"]);
  assert(findings[0].remedy !== null && findings[0].source !== "");
  const exploding = train("exploding", 0);
  assertThrows(
    () => {
      while (!exploding.step());
      while (!exploding.step());
    },
    Error,
    "not finite",
  );
  const exploded = as(diagnoseRun({ id: 1, kind: "diagnose" }, { session: exploding, language }), "findings");
  assertEquals([exploded.findings[0].rule, exploded.findings[0].severity], ["exploding", "problem"]);
  const early = as(diagnoseRun({ id: 1, kind: "diagnose" }, { session: train("rate_25", 1), language }), "findings");
  assertEquals([early.findings, early.skill], [[], null]);
});

Deno.test("playground: remedies, rates and series are tried on networks like the run's, which stays as it is", async () => {
  const session = train("rate_25", 60);
  const before = session.weights();
  const remedies = as(await tryOut({ id: 1, kind: "tryRemedies" }, { session, language }), "remedies");
  assert(remedies.text.includes("learningRate") || remedies.text.includes("rate"), remedies.text);
  const rates = as(
    await compareSomeRates({ id: 1, kind: "compareRates", rates: [0.1, 4.5, 25], epochs: 60 }, { session, language }),
    "rates",
  );
  for (const rate of ["0.1", "4.5", "25"]) assert(rates.text.includes(rate) && rates.html.includes(rate));
  const request = { id: 1, kind: "series", hidden: [4, 2], rates: [4.5], epochs: [20, 40], seeds: [1, 2] } as const;
  const found = as(await trainSeries(request, { session, language }), "series");
  assert(found.html.includes("<svg") && !/<script/.test(found.html) && found.text !== "");
  assertEquals(session.weights(), before);
  const reject = async (task: () => Promise<ReplyBody>, message: string) =>
    void await assertRejects(task, Error, message);
  await reject(() => trainSeries({ ...request, hidden: [] }, { session, language }), "sizes");
  await reject(() => trainSeries({ ...request, epochs: [1e9] }, { session, language }), "epochs");
  await reject(
    () => compareSomeRates({ id: 1, kind: "compareRates", rates: [-1], epochs: 9 }, { session, language }),
    "rates",
  );
  const evolving = train("without_gradients", 2);
  await reject(
    () => compareSomeRates({ id: 1, kind: "compareRates", rates: [1], epochs: 9 }, { session: evolving, language }),
    "no learning rate",
  );
});

Deno.test("playground: curvature says η·λmax and the place, of many samples by a part", () => {
  const start = as(
    measureCurvature({ id: 1, kind: "curvature" }, { session: train("xor_7", 0), language }),
    "curvature",
  );
  assertAlmostEquals(start.rateTimesLargest!, 4.5 * start.largest, 1e-9);
  assertAlmostEquals(start.suggestedRate!, 2 / start.largest, 1e-9);
  assertEquals(start.samples, 4);
  const valley = as(
    measureCurvature({ id: 1, kind: "curvature" }, { session: train("xor_valley", 2000), language }),
    "curvature",
  );
  assert(/valley|minimum/.test(valley.words!), valley.words!);
  const wide = as(
    measureCurvature({ id: 1, kind: "curvature" }, { session: train("vanishing", 1), language }),
    "curvature",
  );
  assert(wide.samples < 300 && wide.largest > 0);
});

Deno.test("playground: statistics of layers are those of the last step", () => {
  const session = train("vanishing", 2);
  const { statistics, weights, updates } = session.frame({ boundary: 0, maps: 0, statistics: true, language });
  assertEquals(statistics!.length, 11);
  const [first] = statistics!;
  const { offset, shape: [rows, columns] } = session.parameters[0];
  let still = 0;
  for (let i = offset; i < offset + rows * columns; i++) if (updates![i] === 0) still++;
  assertEquals(first.frozenShare, still / (rows * columns));
  assert(first.dz! < 1e-5 * statistics![10].dz!, "the gradient vanishes");
  assert(first.updateRatio! < 1e-4 && first.weightNorm! > 0 && weights.length > 0);
  assertEquals(
    train("vanishing", 0).frame({ boundary: 0, maps: 0, statistics: true, language }).statistics![0].updateRatio,
    null,
  );
});
