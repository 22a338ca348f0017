import { assert, assertEquals, assertThrows } from "@std/assert";
import { conditional } from "../../src/search/space/conditional.ts";
import { integer } from "../../src/search/space/integer.ts";
import { keyOfParams } from "../../src/search/space/key_of_params.ts";
import { logUniform } from "../../src/search/space/log_uniform.ts";
import { resolveSpace } from "../../src/search/space/resolve_space.ts";
import { grid } from "../../src/search/samplers/grid.ts";
import { quasiRandom } from "../../src/search/samplers/quasi_random.ts";
import { random } from "../../src/search/samplers/random.ts";
import { resolveSampler } from "../../src/search/samplers/resolve_sampler.ts";
import { samplerTable } from "../../src/search/samplers/gen/table.ts";
import { cmaEs } from "../../src/search/samplers/cma_es.ts";
import { tpe } from "../../src/search/samplers/tpe.ts";
import type { Space } from "../../src/search/space/space.ts";
import { uniform } from "../../src/search/space/uniform.ts";
import { proposeAll } from "./propose_all.ts";

const DRAWS = 4000;
/** Kolmogorov's limit for p = 0.001. */
const KS_LIMIT = 1.949 / Math.sqrt(DRAWS);
/** Limits of chi-square for p = 0.001 by degrees of freedom. */
const CHI_SQUARE_LIMIT: Record<number, number> = { 2: 13.816, 4: 18.467, 9: 27.877, 15: 37.697 };

/** The largest distance of the distribution of `values`, that should be even in [0, 1], from it. */
function kolmogorov(values: number[]): number {
  const sorted = Float64Array.from(values).sort();
  return Math.max(...Array.from(sorted, (x, i) => Math.max(x - i / DRAWS, (i + 1) / DRAWS - x)));
}

function chiSquare(values: unknown[], probabilities: Map<unknown, number>): number {
  const counts = new Map<unknown, number>();
  for (const value of values) {
    assert(probabilities.has(value), `${value} is no value`);
    counts.set(value, (counts.get(value) ?? 0) + 1);
  }
  let sum = 0;
  for (const [value, p] of probabilities) {
    sum += ((counts.get(value) ?? 0) - p * values.length) ** 2 / (p * values.length);
  }
  return sum;
}

const mixed: Space = {
  u: uniform(-3, 5),
  l: logUniform(1e-5, 10),
  c: ["a", "b", "c", "d", "e"],
  i: integer(-3, 42, { step: 3 }),
  g: integer(1, 10, { log: true }),
  when: [1, 2, 3],
  sub: conditional(uniform(0, 1), { when: [1, 2] }),
  k: "constant",
};

for (const sampler of [random(), quasiRandom(), tpe({ startupTrials: DRAWS })]) {
  Deno.test(`${sampler.id} draws every kind of dimension from its distribution`, () => {
    const all = proposeAll(sampler, mixed, DRAWS);
    assert(kolmogorov(all.map(({ u }) => (u as number + 3) / 8)) < KS_LIMIT);
    assert(kolmogorov(all.map(({ l }) => Math.log10(l as number * 1e5) / 6)) < KS_LIMIT);
    const even = (values: unknown[]): Map<unknown, number> => new Map(values.map((v) => [v, 1 / values.length]));
    assert(chiSquare(all.map(({ c }) => c), even(["a", "b", "c", "d", "e"])) < CHI_SQUARE_LIMIT[4]);
    assert(
      chiSquare(all.map(({ i }) => i), even(Array.from({ length: 16 }, (_, k) => 3 * k - 3))) < CHI_SQUARE_LIMIT[15],
    );
    const logs = Array.from({ length: 10 }, (_, k): [number, number] => [
      k + 1,
      Math.log((k + 1.5) / (k + 0.5)) / Math.log(10.5 / 0.5),
    ]);
    assert(chiSquare(all.map(({ g }) => g), new Map(logs)) < CHI_SQUARE_LIMIT[9]);
    assert(chiSquare(all.map(({ when }) => when), even([1, 2, 3])) < CHI_SQUARE_LIMIT[2]);
    for (const params of all) {
      assertEquals("sub" in params, params.when !== 3);
      assertEquals(params.k, "constant");
    }
    assertEquals(Object.keys(all.find(({ when }) => when === 1)!), Object.keys(mixed));
  });
}

Deno.test("random: in a small space the first trial has the space's distribution, and none comes twice", () => {
  const space: Space = { g: integer(1, 10, { log: true }), b: ["x", "y"] };
  const logs = Array.from({ length: 20 }, (_, k): [string, number] => {
    const g = (k >> 1) + 1;
    return [g + "xy"[k % 2], Math.log((g + 0.5) / (g - 0.5)) / Math.log(21) / 2];
  });
  const sampler = random();
  const firsts = Array.from({ length: DRAWS }, (_, seed) => {
    const [{ g, b }] = proposeAll(sampler, space, 1, { seed });
    return `${g}${b}`;
  });
  assert(chiSquare(firsts, new Map(logs)) < 43.82); // 19 degrees of freedom, p = 0.001
});

Deno.test("every sampler ends when a small space is used up, having tried each allowed point once", () => {
  const space: Space = {
    optimizer: ["adam", "sgd"],
    momentum: conditional([0, 0.5, 0.9], { optimizer: "sgd" }),
    hidden: integer(1, 5),
  };
  const forbidden = [{ hidden: 1, momentum: 0.9 }, ({ hidden }: { hidden?: unknown }) => hidden === 4];
  const allowed = (1 + 3) * 4 - 1;
  for (const sampler of [grid(), random(), quasiRandom(), tpe(), tpe({ multivariate: false }), cmaEs()]) {
    const evaluate = ({ hidden }: { hidden?: unknown }): number => (hidden as number) ** 2;
    const all = proposeAll(sampler, space, 100, { forbidden, evaluate });
    assertEquals(all.length, allowed, sampler.id);
    assertEquals(new Set(all.map(keyOfParams)).size, allowed, sampler.id);
    assert(all.every(({ hidden, momentum }) => hidden !== 4 && !(hidden === 1 && momentum === 0.9)), sampler.id);
    assertEquals(sampler.count(resolveSpace(space, { forbidden })), allowed);
  }
});

Deno.test("forbidden parts of a continuous space are not tried", () => {
  const forbidden = [({ u }: { u?: unknown }) => (u as number) > 0.1];
  for (const sampler of [random(), quasiRandom(), tpe(), tpe({ multivariate: false }), cmaEs()]) {
    const all = proposeAll(sampler, { u: uniform(0, 1) }, 60, { forbidden, evaluate: ({ u }) => -(u as number) });
    assertEquals(all.length, 60);
    assert(all.every(({ u }) => (u as number) <= 0.1), sampler.id);
    assertEquals(sampler.count(resolveSpace({ u: uniform(0, 1) })), null);
    const message = "the forbidden combinations must leave something to try";
    assertThrows(() => proposeAll(sampler, { u: uniform(0, 1) }, 1, { forbidden: [() => true] }), RangeError, message);
  }
});

Deno.test("grid: a continuous range, too many points and nothing left are errors that help", () => {
  const propose = (space: Space, forbidden = [] as object[]): unknown => {
    return proposeAll(grid(), space, 1, { forbidden: forbidden as never });
  };
  assertThrows(
    () => propose({ rate: logUniform(0.001, 0.1) }),
    RangeError,
    "write logUniform(0.001, 0.1, { steps: 4 })",
  );
  assertThrows(() => propose({ a: integer(1, 2000), b: integer(1, 2000) }), RangeError, "at most 1000000 combinations");
  assertThrows(() => propose({ a: [1] }, [{ a: 1 }]), RangeError, "must leave something to try, got none left");
  assertEquals(propose({ rate: logUniform(0.01, 1, { steps: 3 }) }), [{ rate: 0.01 }]);
});

Deno.test("every sampler: the same seed gives the same params, another seed others, and propose is pure", () => {
  const evaluate = ({ u, c }: { u?: unknown; c?: unknown }): number => (u as number) ** 2 + (c === "a" ? 0 : 5);
  for (const sampler of [random(), quasiRandom(), tpe(), tpe({ multivariate: false }), cmaEs()]) {
    const all = proposeAll(sampler, mixed, 40, { seed: 5, evaluate });
    assertEquals(proposeAll(resolveSampler(sampler.id), mixed, 40, { seed: 6, evaluate }).length, 40);
    assertEquals(proposeAll(sampler, mixed, 40, { seed: 5, evaluate }), all);
    const other = proposeAll(sampler, mixed, 40, { seed: 6, evaluate });
    assert(all.every(({ u }, i) => u !== other[i].u), sampler.id);
    // Another object, asked once, in the middle, its finished trials in another order.
    const fresh = resolveSampler({ id: sampler.id, config: sampler.config });
    assertEquals([fresh.id, fresh.config], [sampler.id, sampler.config]);
    const finished = all.slice(0, 30).map((params, index) => {
      return { index, params, score: evaluate(params), status: "done" };
    });
    const context = { space: resolveSpace(mixed), seed: 5, index: 30, direction: "min" as const };
    assertEquals(fresh.propose({ ...context, finished: finished.toReversed() }), all[30]);
    const mirrored = finished.map((trial) => ({ ...trial, score: -trial.score }));
    assertEquals(fresh.propose({ ...context, finished: mirrored, direction: "max" }), all[30]);
  }
});

Deno.test("samplers are found by name, saved form or themselves, and options are checked", () => {
  assertEquals(Object.keys(samplerTable), ["grid", "random", "quasi_random", "tpe", "cma_es"]);
  for (const [id, row] of Object.entries(samplerTable)) {
    assertEquals(row.create().id, id);
    assertEquals(resolveSampler(id).config, row.create().config);
    assertEquals(row.create().isAdaptive, id === "tpe" || id === "cma_es");
  }
  assertEquals(resolveSampler("quasiRandom").id, "quasi_random");
  assertEquals(resolveSampler({ id: "tpe", config: { candidates: 5 } }).config.candidates, 5);
  const own = random();
  assert(resolveSampler(own) === own);
  assertThrows(() => resolveSampler("tpee"), RangeError, 'Unknown sampler "tpee"; did you mean "tpe"?');
  assertThrows(() => resolveSampler(3 as never), TypeError, "Cannot resolve sampler");
  assertThrows(
    () => tpe({ candidates: 0 }),
    RangeError,
    "Cannot create tpe sampler: candidates must be an integer from 1 to 10000, got 0",
  );
  assertThrows(() => tpe({ startup: 1 } as never), TypeError, 'unknown option "startup"');
  assertThrows(() => quasiRandom({ scramble: 1 as never }), TypeError, "scramble must be true or false, got 1");
  assertThrows(() => grid({ steps: 3 } as never), TypeError, "there are no options");
});
