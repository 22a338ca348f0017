import { assert, assertEquals, assertThrows } from "@std/assert";
import { choice } from "../../src/search/space/choice.ts";
import { conditional } from "../../src/search/space/conditional.ts";
import { constant } from "../../src/search/space/constant.ts";
import { describeSpace } from "../../src/search/space/describe_space.ts";
import { integer } from "../../src/search/space/integer.ts";
import { isAllowed } from "../../src/search/space/is_allowed.ts";
import { listPoints } from "../../src/search/space/list_points.ts";
import { logUniform } from "../../src/search/space/log_uniform.ts";
import { resolveSpace } from "../../src/search/space/resolve_space.ts";
import type { ParamsOf, Space } from "../../src/search/space/space.ts";
import { uniform } from "../../src/search/space/uniform.ts";

type Thrown = typeof RangeError | typeof TypeError;

Deno.test("a wrong dimension is refused with what, rule and found", () => {
  const cases: [make: () => unknown, type: Thrown, message: string][] = [
    [() => choice([]), RangeError, "Cannot create choice: values must hold at least one value, got []"],
    [() => choice([4, 8, 4]), RangeError, "Cannot create choice: values must differ from each other, got 4 twice"],
    [() => choice([1, NaN]), RangeError, "values[1] must be a finite number, a string, a boolean or null, got NaN"],
    [() => choice([[4, 4]] as never), TypeError, "values[0] must be a finite number, a string, a boolean or null"],
    [() => choice("relu" as never), TypeError, 'values must be an array, got "relu"'],
    [() => integer(4, 4), RangeError, "max must be larger than min, got min 4 and max 4; use constant for one value"],
    [() => integer(1, 2.5), RangeError, "Cannot create integer range: max must be an integer, got 2.5"],
    [() => integer(1, 9, { step: 0 }), RangeError, "step must be an integer >= 1, got 0"],
    [() => integer(1, 9, { step: 9 }), RangeError, "step must be at most max - min = 8, got 9"],
    [() => integer(0, 9, { log: true }), RangeError, "min must be >= 1 with log, got 0"],
    [() => integer(1, 9, { log: true, step: 2 }), RangeError, "step must be 1 with log, got 2"],
    [() => integer(1, 9, { setp: 2 } as never), TypeError, 'unknown option "setp"; did you mean "step"?'],
    [() => uniform(1, 0), RangeError, "Cannot create uniform range: max must be larger than min, got min 1 and max 0"],
    [() => uniform(-1e308, 1e308), RangeError, "max - min must be finite"],
    [() => uniform(0, Infinity), RangeError, "max must be a finite number, got Infinity"],
    [() => uniform("0" as never, 1), TypeError, 'min must be a finite number, got "0"'],
    [() => uniform(0, 1, { steps: 1 }), RangeError, "steps must be an integer from 2 to 1000000, got 1"],
    [() => logUniform(0, 1), RangeError, "Cannot create log-uniform range: min must be a number > 0, got 0"],
    [() => logUniform(-1, 1), RangeError, "min must be a number > 0, got -1"],
    [() => constant(undefined as never), TypeError, "Cannot create constant: value must be a finite number"],
    [() => conditional([1, 2], {}), RangeError, "the condition must name a parameter, got {}"],
    [() => conditional([1, 2], { a: [] }), RangeError, "when.a must hold a value, got []"],
    [
      () => conditional([1, 2], "a" as never),
      TypeError,
      'the condition must be an object such as { optimizer: "sgd" }',
    ],
    [() => conditional(conditional([1], { a: 1 }) as never, { b: 1 }), TypeError, "must not be conditional itself"],
  ];
  for (const [make, type, message] of cases) assertThrows(make, type, message);
});

Deno.test("a wrong space is refused, and the parameter is named", () => {
  const cases: [space: unknown, options: object, type: Thrown, message: string][] = [
    [{}, {}, RangeError, "Cannot resolve space: it must have at least one parameter, got {}"],
    [[4, 8], {}, TypeError, "it must be an object such as { hidden: [4, 8] }"],
    [null, {}, TypeError, "got null"],
    [{ hidden: [] }, {}, RangeError, 'parameter "hidden": values must hold at least one value, got []'],
    [{ rate: () => 1 }, {}, TypeError, 'parameter "rate" must be an array of values, a single value, or one of choice'],
    [{ rate: { kind: "uniform", min: 2, max: 1 } }, {}, RangeError, 'parameter "rate": max must be larger than min'],
    [{ rate: { kind: "uniform", min: 1, mx: 2 } }, {}, TypeError, 'unknown option "mx"'],
    [{ rate: { kind: "normal", mean: 0 } }, {}, TypeError, 'parameter "rate" must be an array of values'],
    [{ "": [1] }, {}, RangeError, "a parameter's name must not be empty"],
    [
      { optimizer: ["sgd"], momentum: conditional([0, 0.9], { optimiser: "sgd" }) },
      {},
      TypeError,
      'the condition of "momentum" names "optimiser", which is no parameter; did you mean "optimizer"?',
    ],
    [
      { optimizer: ["sgd"], momentum: conditional([0, 0.9], { optimizer: "adam" }) },
      {},
      RangeError,
      'the condition of "momentum" wants "optimizer" to be "adam", which it never is',
    ],
    [
      { a: conditional([1], { b: 1 }), b: conditional([1], { a: 1 }) },
      {},
      RangeError,
      "the conditions of a, b must not depend on each other",
    ],
    [{ a: [1] }, { forbidden: { a: 1 } }, TypeError, "forbidden must be an array"],
    [{ a: [1] }, { forbidden: [{}] }, RangeError, "forbidden[0] must name a parameter, for {} forbids everything"],
    [{ a: [1] }, { forbidden: [{ a: 1 }, 3] }, TypeError, "forbidden[1] must be an object of values or a function"],
    [{ a: [1] }, { forbidden: [{ a: 2 }] }, RangeError, 'forbidden[0] wants "a" to be 2, which it never is'],
    [{ a: uniform(0, 1) }, { forbidden: [{ a: 0.5 }] }, RangeError, '"a", which is continuous and never has one value'],
  ];
  for (const [space, options, type, message] of cases) {
    assertThrows(() => resolveSpace(space as Space, options), type, message);
  }
});

Deno.test("the points of a space: order, steps, conditions of conditions, forbidden combinations", () => {
  const points = (space: Space, options = {}): unknown => listPoints(resolveSpace(space, options), 1000);
  assertEquals(points({ a: [1, 2], b: ["x", null], c: true }), [
    { a: 1, b: "x", c: true },
    { a: 1, b: null, c: true },
    { a: 2, b: "x", c: true },
    { a: 2, b: null, c: true },
  ]);
  assertEquals(points({ a: integer(1, 8, { step: 3 }) }), [{ a: 1 }, { a: 4 }, { a: 7 }]);
  assertEquals(points({ a: integer(3, 5, { log: true }) }), [{ a: 3 }, { a: 4 }, { a: 5 }]);
  assertEquals(points({ a: uniform(-1, 1, { steps: 5 }) }), [-1, -0.5, 0, 0.5, 1].map((a) => ({ a })));
  assertEquals(points({ a: logUniform(1, 16, { steps: 5 }) }), [1, 2, 4, 8, 16].map((a) => ({ a })));
  // The child stands first and is conditional on a conditional parameter.
  const nested: Space = {
    beta: conditional([0.5, 0.9], { nesterov: true }),
    nesterov: conditional([true, false], { optimizer: ["sgd"] }),
    optimizer: ["adam", "sgd"],
  };
  assertEquals(points(nested), [
    { optimizer: "adam" },
    { beta: 0.5, nesterov: true, optimizer: "sgd" },
    { beta: 0.9, nesterov: true, optimizer: "sgd" },
    { nesterov: false, optimizer: "sgd" },
  ]);
});

Deno.test("forbidden: values, lists of values, functions; a left-out parameter matches nothing", () => {
  const space: Space = { hidden: [4, 8, 16], rate: [0.1, 1], momentum: conditional([0, 0.9], { rate: 0.1 }) };
  const rules = [{ hidden: [4, 8], momentum: 0.9 }, (params: { hidden?: unknown }) => params.hidden === 16];
  const resolved = resolveSpace(space, { forbidden: rules });
  assert(isAllowed(resolved, { hidden: 4, rate: 1 }));
  assert(!isAllowed(resolved, { hidden: 8, rate: 0.1, momentum: 0.9 }));
  assertEquals(listPoints(resolved, 100), [
    { hidden: 4, rate: 0.1, momentum: 0 },
    { hidden: 4, rate: 1 },
    { hidden: 8, rate: 0.1, momentum: 0 },
    { hidden: 8, rate: 1 },
  ]);
});

Deno.test("a described space is JSON, from which the same space is made again", () => {
  const space: Space = {
    units: integer(4, 64, { log: true }),
    rate: logUniform(1e-4, 1, { steps: 4 }),
    width: uniform(0, 1),
    optimizer: ["adam", "sgd"],
    momentum: conditional(uniform(0, 0.99), { optimizer: "sgd" }),
    epochs: 5,
  };
  const isBad = (params: object): boolean => "momentum" in params;
  const resolved = resolveSpace(space, { forbidden: [{ optimizer: "adam", rate: 1 }, isBad] });
  const described = describeSpace(resolved) as unknown as {
    parameters: { name: string; dimension: Space[string]; when?: object }[];
    forbidden: unknown[];
  };
  assertEquals(JSON.parse(JSON.stringify(described)), described);
  assertEquals(described.forbidden, [{ optimizer: "adam", rate: 1 }, { function: String(isBad) }]);
  const again = Object.fromEntries(described.parameters.map(({ name, dimension, when }) => {
    return [name, when === undefined ? dimension : { kind: "conditional", dimension, when }];
  }));
  assertEquals(describeSpace(resolveSpace(JSON.parse(JSON.stringify(again)))), {
    parameters: described.parameters as never,
    forbidden: [],
  });
  assertEquals(described.parameters.map(({ name }) => name), Object.keys(space));
});

Deno.test("the types of params follow from the space", () => {
  const space = {
    hidden: [4, 8],
    rate: logUniform(0.1, 1),
    activation: choice(["relu", "tanh"]),
    layers: 2,
    momentum: conditional(uniform(0, 0.99), { activation: "relu" }),
  } satisfies Space;
  const build = (params: ParamsOf<typeof space>): number => {
    const { hidden, rate, activation, layers, momentum = 0 } = params;
    const name: "relu" | "tanh" = activation;
    return hidden * rate * layers + momentum + name.length;
  };
  // As a search infers them from a space written in place.
  const infer = <S extends Space>(_: { space: S; build: (params: ParamsOf<S>) => number }): void => {};
  infer({
    space: { hidden: [4, 8], rate: [0.1, 1], bias: true, units: conditional([4, 8], { hidden: 4 }) },
    build: ({ hidden, rate, bias, units }) => {
      const optional: number | undefined = units;
      const flag: boolean = bias;
      return hidden * rate + (optional ?? 0) + Number(flag);
    },
  });
  assertEquals(build({ hidden: 4, rate: 0.5, activation: "relu", layers: 2 }), 8);
});
