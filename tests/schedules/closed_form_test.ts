import { assertAlmostEquals, assertEquals, assertThrows } from "@std/assert";
import { resolveSchedule } from "../../src/schedules/resolve_schedule.ts";
import * as schedules from "../../src/schedules/schedules.ts";
import type { ScheduleSpec } from "../../src/schedules/resolve_schedule.ts";

const close = (found: number, wanted: number) => assertAlmostEquals(found, wanted, 1e-15);

Deno.test("inverseTimeDecay: 1 / (1 + rate · p)", () => {
  const smooth = schedules.inverseTimeDecay({ initialLearningRate: 0.6, decaySteps: 10, decayRate: 0.5 });
  close(smooth.at(0), 0.6);
  close(smooth.at(10), 0.4);
  close(smooth.at(5), 0.48);
  const stairs = schedules.inverseTimeDecay({
    initialLearningRate: 0.6,
    decaySteps: 10,
    decayRate: 0.5,
    staircase: true,
  });
  close(stairs.at(9), 0.6);
  close(stairs.at(10), 0.4);
  close(stairs.at(19), 0.4);
});

Deno.test("exponentialDecay: half-lives, with and without stairs", () => {
  const { at } = schedules.exponentialDecay({ initialLearningRate: 0.8, decaySteps: 10, decayRate: 0.25 });
  close(at(5), 0.4);
  close(at(10), 0.2);
  close(at(15), 0.1);
});

Deno.test("polynomialDecay: defaults, end, cycle", () => {
  const line = schedules.polynomialDecay({ initialLearningRate: 0.1001, decaySteps: 100 });
  close(line.at(50), 0.0501);
  close(line.at(100), 0.0001);
  close(line.at(1000), 0.0001);
  const cycle = schedules.polynomialDecay({
    initialLearningRate: 1,
    decaySteps: 10,
    endLearningRate: 0.2,
    power: 2,
    cycle: true,
  });
  close(cycle.at(0), 1);
  close(cycle.at(5), 0.2 + 0.8 * 0.25);
  close(cycle.at(10), 0.2);
  close(cycle.at(15), 0.2 + 0.8 * 0.0625); // span 20
  close(cycle.at(20), 0.2);
});

Deno.test("piecewiseConstantDecay: a boundary belongs to the piece before it", () => {
  const { at } = schedules.piecewiseConstantDecay({ boundaries: [2, 5], values: [3, 2, 1] });
  assertEquals([0, 2, 3, 5, 6, 100].map(at), [3, 3, 2, 2, 1, 1]);
  assertEquals(schedules.piecewiseConstantDecay({ boundaries: [], values: [7] }).at(3), 7);
});

Deno.test("cosineDecay: warm-up from the initial rate to the target, then decay from the target", () => {
  const { at } = schedules.cosineDecay({
    initialLearningRate: 0.1,
    decaySteps: 100,
    alpha: 0.2,
    warmupTarget: 0.5,
    warmupSteps: 10,
  });
  close(at(0), 0.1);
  close(at(5), 0.3);
  close(at(10), 0.5);
  close(at(60), 0.5 * (0.8 * 0.5 + 0.2));
  close(at(110), 0.1);
  close(at(999), 0.1);
  const none = schedules.cosineDecay({ initialLearningRate: 0.1, decaySteps: 100, warmupSteps: 10 });
  close(none.at(50), 0.05);
});

Deno.test("cosineDecayRestarts: mMul lowers the peaks; a period begins exactly at its first step", () => {
  const { at } = schedules.cosineDecayRestarts({ initialLearningRate: 1, firstDecaySteps: 10, mMul: 0.5, alpha: 0.1 });
  close(at(0), 1);
  close(at(10), 0.9 * 0.5 + 0.1);
  close(at(20), 0.9 * 0.25 + 0.1);
  close(at(30), 0.9 * 0.25 + 0.1);
  const plain = schedules.cosineDecayRestarts({ initialLearningRate: 1, firstDecaySteps: 3 });
  for (let k = 0; k < 40; k++) close(plain.at(3 * (2 ** k - 1)), 1);
});

Deno.test("oneCycle: starts at max / 25, stays at the end", () => {
  const { at } = schedules.oneCycle({ maxLearningRate: 1, totalSteps: 10 });
  close(at(0), 0.04);
  close(at(2), 1);
  close(at(9), 4e-6);
  close(at(500), 4e-6);
});

Deno.test("schedules: config is JSON and restores the schedule, from either spelling", () => {
  const all = [
    schedules.exponentialDecay({ initialLearningRate: 0.1, decaySteps: 10, decayRate: 0.5 }),
    schedules.piecewiseConstantDecay({ boundaries: [4], values: [1, 0.1] }),
    schedules.polynomialDecay({ initialLearningRate: 0.1, decaySteps: 10, power: 2 }),
    schedules.inverseTimeDecay({ initialLearningRate: 0.1, decaySteps: 10, decayRate: 2 }),
    schedules.cosineDecay({ initialLearningRate: 0.1, decaySteps: 10 }),
    schedules.cosineDecayRestarts({ initialLearningRate: 0.1, firstDecaySteps: 3 }),
    schedules.oneCycle({ maxLearningRate: 0.1, totalSteps: 12 }),
  ];
  for (const schedule of all) {
    const saved = JSON.parse(JSON.stringify({ id: schedule.id, config: schedule.config }));
    const again = resolveSchedule(saved);
    assertEquals(again.config, schedule.config);
    for (let step = 0; step < 20; step++) assertEquals(again.at(step), schedule.at(step));
    assertEquals(resolveSchedule(schedule), schedule);
  }
  const camel = resolveSchedule({ id: "oneCycle", config: { maxLearningRate: 0.1, totalSteps: 12 } });
  assertEquals(camel.id, "one_cycle");
});

Deno.test("schedules: errors name the option, the rule and what was found", () => {
  const decay = { initialLearningRate: 0.1, decaySteps: 10, decayRate: 0.5 };
  const rangeErrors: [() => unknown, string][] = [
    [() => schedules.exponentialDecay({ ...decay, decaySteps: 0 }), "decaySteps must be an integer >= 1, got 0"],
    [() => schedules.exponentialDecay({ ...decay, initialLearningRate: NaN }), "initialLearningRate must be a number"],
    [() => schedules.piecewiseConstantDecay({ boundaries: [3, 3], values: [1, 2, 3] }), "must increase, got 3 after 3"],
    [
      () => schedules.oneCycle({ maxLearningRate: 1, totalSteps: 9, pctStart: 2 }),
      "pctStart must be a number >= 0 and",
    ],
    [
      () => schedules.oneCycle({ maxLearningRate: 1, totalSteps: 9, annealStrategy: "liner" as "linear" }),
      `annealStrategy must be one of "cos", "linear", got "liner"; did you mean "linear"?`,
    ],
    [() => resolveSchedule({ id: "cosine_decai", config: {} }), `Unknown schedule "cosine_decai"; did you mean`],
    [() => resolveSchedule({ id: "constructor", config: {} }), `Unknown schedule "constructor"`],
  ];
  for (const [attempt, message] of rangeErrors) assertThrows(attempt, RangeError, message);
  const typeErrors: [() => unknown, string][] = [
    [() => schedules.piecewiseConstantDecay({ boundaries: [3], values: [1] }), "got 1 boundaries and 1 values"],
    [() => schedules.exponentialDecay({} as typeof decay), "initialLearningRate must be a number >= 0, got undefined"],
    [() => schedules.exponentialDecay(undefined as unknown as typeof decay), "got undefined"],
    [
      () => schedules.exponentialDecay({ ...decay, decay_rate: 1 } as typeof decay),
      "options are camelCase: use decayRate",
    ],
    [() => resolveSchedule("one_cycle" as unknown as ScheduleSpec), `or { id, config }, got "one_cycle"`],
  ];
  for (const [attempt, message] of typeErrors) assertThrows(attempt, TypeError, message);
});
