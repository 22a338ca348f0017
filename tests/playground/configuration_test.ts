import { assert, assertEquals } from "@std/assert";
import fc from "fast-check";
import type { Configuration, OptionValue, Part } from "../../tools/playground/configuration/configuration.ts";
import { LIMITS } from "../../tools/playground/configuration/configuration.ts";
import { DATA_NAMES } from "../../tools/playground/configuration/data_names.ts";
import { DEFAULT_CONFIGURATION } from "../../tools/playground/configuration/default_configuration.ts";
import { FEATURE_NAMES } from "../../tools/playground/configuration/feature_names.ts";
import type { Field, Fields } from "../../tools/playground/configuration/field.ts";
import { readHash, writeHash } from "../../tools/playground/configuration/hash.ts";
import { HIDEABLE_NAMES } from "../../tools/playground/configuration/hideable_names.ts";
import { DENSE_FIELDS, LAYER_FIELDS } from "../../tools/playground/configuration/layer_fields.ts";
import { LOSS_FIELDS } from "../../tools/playground/configuration/loss_fields.ts";
import { OPTIMIZER_FIELDS } from "../../tools/playground/configuration/optimizer_fields.ts";
import { PRESETS } from "../../tools/playground/configuration/presets.ts";
import { PLAIN_FIELDS, readConfiguration } from "../../tools/playground/configuration/read_configuration.ts";
import { SCHEDULE_FIELDS } from "../../tools/playground/configuration/schedule_fields.ts";

/** Values that a field allows. */
function valueOf(field: Field): fc.Arbitrary<OptionValue> {
  if (field.kind === "boolean") return fc.boolean();
  if (field.kind === "choice") return fc.constantFrom(...field.choices);
  const { min, max, isInteger, isOptional, isAbove, isBelow } = field;
  const value = isInteger
    ? fc.integer({ min, max })
    : fc.double({ min, max, minExcluded: isAbove, maxExcluded: isBelow, noNaN: true }).map((x) => x + 0); // JSON has no −0
  return isOptional ? fc.option(value) : value;
}

function optionsOf(fields: Fields): fc.Arbitrary<Readonly<Record<string, OptionValue>>> {
  const values = Object.fromEntries(Object.entries(fields).map(([name, field]) => [name, valueOf(field)]));
  return fc.record(values, { requiredKeys: [] }).map((options) => {
    // What is the default is not written.
    return Object.fromEntries(
      Object.entries(fields).flatMap(([name, { initial }]) => {
        const value = options[name];
        return value === undefined || value === initial ? [] : [[name, value]];
      }),
    );
  });
}

function partOf(table: Readonly<Record<string, Fields>>, without: readonly string[] = []): fc.Arbitrary<Part> {
  const names = Object.keys(table).filter((name) => !without.includes(name));
  return fc.constantFrom(...names).chain((name) => optionsOf(table[name]).map((options) => ({ name, options })));
}

/** A dense layer always says how many units it has. */
function withUnits({ name, options }: Part): Part {
  return { name, options: name === "dense" ? { units: LAYER_FIELDS.dense.units.initial, ...options } : options };
}

function recordOf<T>(fields: Fields): fc.Arbitrary<T> {
  const values = Object.fromEntries(Object.entries(fields).map(([name, field]) => [name, valueOf(field)]));
  return fc.record(values) as fc.Arbitrary<T>;
}

const coordinate = fc.double({ min: -1e6, max: 1e6, noNaN: true }).map((x) => x + 0);
const { top, data, stop, view } = PLAIN_FIELDS;

const configurations: fc.Arbitrary<Configuration> = fc.record({
  top: recordOf<Pick<Configuration, "learningRate" | "batchSize" | "shuffle" | "seed" | "language">>(top),
  data: recordOf<Configuration["data"]>(data),
  points: fc.array(fc.record({ x1: coordinate, x2: coordinate, y: fc.nat({ max: LIMITS.classes - 1 }) }), {
    maxLength: 8,
  }),
  features: fc.subarray([...FEATURE_NAMES], { minLength: 1 }),
  layers: fc.array(partOf(LAYER_FIELDS, ["normalization"]).map(withUnits), { maxLength: LIMITS.layers }),
  output: optionsOf(DENSE_FIELDS),
  loss: partOf(LOSS_FIELDS),
  optimizer: partOf(OPTIMIZER_FIELDS),
  schedule: fc.option(partOf(SCHEDULE_FIELDS)),
  weights: fc.option(
    fc.array(
      fc.float({ noNaN: true, noDefaultInfinity: true, min: -Math.fround(1e30), max: Math.fround(1e30) }).map((x) =>
        x + 0
      ),
      { maxLength: 20 },
    ),
  ),
  stop: recordOf<Configuration["stop"]>(stop),
  view: recordOf<Configuration["view"]>(view),
  hide: fc.subarray([...HIDEABLE_NAMES]),
  preset: fc.option(fc.constantFrom("xor_7", "vanishing")),
}).map(({ top, points, data, ...rest }) => ({
  ...rest,
  ...top,
  data: { ...data, points: data.name === "own" ? points : [] },
}));

Deno.test("playground: a configuration comes back from an address as it went in", () => {
  fc.assert(
    fc.property(configurations, (configuration) => {
      const { configuration: read, problems } = readHash(writeHash(configuration));
      assertEquals(problems, []);
      // Weights are float32 numbers, written with as few digits as that takes.
      const exact = ({ weights, ...rest }: Configuration) => ({ ...rest, weights: weights?.map(Math.fround) });
      assertEquals(exact(read), exact(configuration));
      assertEquals(writeHash(readHash(writeHash(read)).configuration), writeHash(read));
    }),
    { numRuns: 150 },
  );
});

function initialsOf(fields: Fields): Record<string, OptionValue> {
  return Object.fromEntries(Object.entries(fields).map(([name, { initial }]) => [name, initial]));
}

Deno.test("playground: presets come back from their addresses, and their ids differ", () => {
  for (const { id, configuration } of PRESETS) {
    const { configuration: read, problems } = readHash(writeHash(configuration));
    assertEquals(problems, [], id);
    // An option that is the default is left out.
    const full = (of: Configuration) => ({
      ...of,
      layers: of.layers.map(({ name, options }) => ({
        name,
        options: { ...initialsOf(LAYER_FIELDS[name]), ...options },
      })),
      output: { ...initialsOf(DENSE_FIELDS), ...of.output },
    });
    assertEquals(full(read), full(configuration), id);
    assertEquals(configuration.preset, id);
  }
  assertEquals(new Set(PRESETS.map(({ id }) => id)).size, PRESETS.length);
  assertEquals(writeHash(DEFAULT_CONFIGURATION), "#v1=e30");
});

Deno.test("playground: whatever an address holds, a configuration that can be used comes out, with what was wrong", () => {
  const isUsable = (value: unknown): boolean => {
    const { configuration, problems } = readConfiguration(value);
    // What is taken is right: it comes back without complaint.
    const again = readHash(writeHash(configuration));
    assertEquals(again.problems, []);
    assertEquals(writeHash(again.configuration), writeHash(configuration));
    assert(problems.length <= 20);
    for (const { found, path } of problems) {
      assert(found.length <= 40 && path.length <= 160, JSON.stringify({ found, path }));
    }
    return true;
  };
  const keys = Object.keys(DEFAULT_CONFIGURATION);
  const anything = fc.jsonValue({ maxDepth: 4 });
  fc.assert(fc.property(anything, isUsable), { numRuns: 150 });
  fc.assert(fc.property(fc.dictionary(fc.constantFrom(...keys, "__proto__", "constructor"), anything), isUsable), {
    numRuns: 500,
  });
  // Each with one thing wrong, deep inside.
  fc.assert(
    fc.property(
      configurations,
      fc.constantFrom(...keys),
      fc.constantFrom(...keys),
      anything,
      (configuration, key, inner, value) => {
        const broken = { ...configuration, [key]: value, data: { ...configuration.data, [inner]: value } };
        return isUsable(JSON.parse(JSON.stringify(broken)));
      },
    ),
    { numRuns: 150 },
  );
  fc.assert(fc.property(fc.string({ unit: "binary" }), (text) => void readHash(`#v1=${text}`)), { numRuns: 150 });
  fc.assert(fc.property(fc.string(), (text) => void readHash(text)), { numRuns: 150 });
});

Deno.test("playground: wrong values are named, and the defaults stand in their places", () => {
  const cases: [value: unknown, path: string, rule: string][] = [
    [7, "", "object"],
    [{ script: "x" }, '"script"', "unknown"],
    [{ data: { name: "<img onerror=alert(1)>" } }, "data.name", "choice"],
    [{ data: { name: "own", points: "x" } }, "data.points", "list"],
    [{ data: { name: "own", points: [[1, 2]] } }, "data.points[0]", "list"],
    [{ data: { name: "own", points: [[1, 2, 7]] } }, "data.points[0]", "list"],
    [{ data: { name: "own", points: Array(201).fill([0, 0, 0]) } }, "data.points", "too_many"],
    [{ layers: [{ name: "lambda" }] }, "layers[0]", "choice"],
    [{ layers: [{ name: "constructor" }] }, "layers[0]", "choice"],
    [{ layers: [{ name: "dense", options: { units: 1e9 } }] }, "layers[0].options.units", "integer"],
    [{ layers: [{ name: "dense", options: { __proto__x: 1 } }] }, "layers[0].options.__proto__x", "unknown"],
    [{ layers: [{ name: "dense" }, { name: "normalization" }] }, "layers[1]", "choice"],
    [{ layers: Array(13).fill({ name: "dense" }) }, "layers", "too_many"],
    [{ optimizer: { name: "adam", options: { beta1: 1 } } }, "optimizer.options.beta1", "number"],
    [{ learningRate: "4.5" }, "learningRate", "number"],
    [{ learningRate: null }, "learningRate", "number"],
    [{ batchSize: 0 }, "batchSize", "integer"],
    [{ shuffle: 1 }, "shuffle", "boolean"],
    [{ features: ["x3"] }, "features", "choice"],
    [{ weights: [1, "2"] }, "weights", "list"],
    [{ hide: ["all"] }, "hide", "choice"],
    [{ preset: "<b>" }, "preset", "text"],
    [{ language: "fr" }, "language", "choice"],
  ];
  for (const [value, path, rule] of cases) {
    const { problems } = readConfiguration(value);
    assertEquals(problems.map((problem) => [problem.path, problem.rule])[0], [path, rule], JSON.stringify(value));
  }
  assertEquals(readConfiguration({ features: ["x3"] }).configuration.features, ["x1", "x2"]);
  assertEquals(readHash("#v1=!!!").problems[0].rule, "unreadable");
  assertEquals(readHash("#lang=es&hide=script,race").configuration.hide, ["race", "script"]);
  assertEquals(readHash(`${writeHash(DEFAULT_CONFIGURATION)}&lang=es`).configuration.language, "es");
  assertEquals(DATA_NAMES[0], "xor");
});
