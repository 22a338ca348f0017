import { assert, assertEquals } from "@std/assert";
import { DEFAULT_CONFIGURATION } from "../../tools/playground/configuration/default_configuration.ts";
import type { Configuration, OptionValue, OptionValues } from "../../tools/playground/configuration/configuration.ts";
import type { Field, Fields } from "../../tools/playground/configuration/field.ts";
import { ACTIVATIONS, INITIALIZERS, LAYER_FIELDS } from "../../tools/playground/configuration/layer_fields.ts";
import { LOSS_FIELDS } from "../../tools/playground/configuration/loss_fields.ts";
import { hasRate, OPTIMIZER_FIELDS, WITHOUT_GRADIENTS } from "../../tools/playground/configuration/optimizer_fields.ts";
import { SCHEDULE_FIELDS } from "../../tools/playground/configuration/schedule_fields.ts";
import { makeCall } from "../../tools/playground/engine/plan/make_call.ts";
import { planOf } from "../../tools/playground/engine/plan/plan_of.ts";
import { activationTable } from "../../src/activations/gen/table.ts";
import { camelCase } from "../../src/errors/camel_case.ts";
import { lossTable } from "../../src/losses/gen/table.ts";
import { optimizerTable } from "../../src/optimizers/gen/table.ts";
import { resolveOptimizer } from "../../src/optimizers/resolve_optimizer.ts";
import { isPopulation } from "../../src/optimizers/population_optimizer.ts";
import { scheduleTable } from "../../src/schedules/gen/table.ts";

/** Options that take values of other kinds than one number or name. */
const NOT_PLAIN = ["optimizer", "excludeLayers", "excludeEmbeddings", "temperature", "mutation"];

/** The ends of what a field allows. */
function endsOf(field: Field): OptionValue[] {
  if (field.kind === "boolean") return [true, false];
  if (field.kind === "choice") return [...field.choices];
  const { min, max, isAbove, isBelow, isInteger, isOptional } = field;
  const tiny = (max - min) * 1e-6;
  const ends = [isAbove ? min + (isInteger ? 1 : tiny) : min, isBelow ? max - (isInteger ? 1 : tiny) : max];
  return isOptional ? [null, ...ends] : ends;
}

function withOptimizer(name: string, options: OptionValues): Configuration {
  return { ...DEFAULT_CONFIGURATION, optimizer: { name, options } };
}

const makeOptimizer = (name: string, options: OptionValues) =>
  resolveOptimizer(makeCall(planOf(withOptimizer(name, options), 2, 1).optimizer) as "adam");

Deno.test("playground: every optimizer of the library is offered, with all its options and its defaults", () => {
  assertEquals(Object.keys(OPTIMIZER_FIELDS).sort(), Object.keys(optimizerTable).sort());
  for (const [name, fields] of Object.entries(OPTIMIZER_FIELDS)) {
    const made = makeOptimizer(name, {});
    assertEquals(isPopulation(made), WITHOUT_GRADIENTS.includes(name), name);
    const { learningRate: _, ...config } = made.config as Record<string, OptionValue>;
    const known = Object.keys(config).filter((key) => !NOT_PLAIN.includes(key));
    const offered = Object.keys(fields).filter((key) => !NOT_PLAIN.includes(key));
    // Options of another strategy are not in its config.
    const extra = name === "differential_evolution" ? ["bestShare", "adaptationRate"] : [];
    assertEquals([...known, ...extra].sort(), offered.sort(), name);
    for (const key of known) assertEquals(fields[key].initial, config[key], `${name}.${key}`);
    assertEquals(hasRate(name), !isPopulation(made) || made.inner !== null || name === "evolution_strategy", name);
  }
});

/** Options that only make sense beside others. */
const BESIDE: Readonly<Record<string, OptionValues>> = {
  bestShare: { strategy: "jade" },
  adaptationRate: { strategy: "jade" },
  elitism: { populationSize: 512 },
};

Deno.test("playground: the library takes what the fields of optimizers allow, to their ends", () => {
  for (const [name, fields] of Object.entries(OPTIMIZER_FIELDS)) {
    for (const [key, field] of Object.entries(fields)) {
      for (const value of endsOf(field)) {
        const even = key === "populationSize" && name === "evolution_strategy" && Number(value) % 2 === 1;
        if (!even) makeOptimizer(name, { ...BESIDE[key], [key]: value });
      }
    }
  }
});

/** Calls a factory with the ends of each option alone. */
function tryEnds(
  table: Readonly<Record<string, Fields>>,
  make: (name: string, options: OptionValues) => unknown,
): void {
  for (const [name, fields] of Object.entries(table)) {
    make(name, {});
    for (const [key, field] of Object.entries(fields)) {
      for (const value of endsOf(field)) make(name, { [key]: value });
    }
  }
}

Deno.test("playground: the library takes what the fields of layers, losses and schedules allow, to their ends", () => {
  tryEnds(LAYER_FIELDS, (name, options) => {
    return planOf({ ...DEFAULT_CONFIGURATION, layers: [{ name, options }] }, 2, 1).layers.map(makeCall);
  });
  tryEnds(LOSS_FIELDS, (name, options) => {
    return makeCall(planOf({ ...DEFAULT_CONFIGURATION, loss: { name, options } }, 2, 1).loss);
  });
  tryEnds(SCHEDULE_FIELDS, (name, options) => {
    return makeCall(planOf({ ...DEFAULT_CONFIGURATION, schedule: { name, options } }, 2, 1).optimizer);
  });
  for (const initializer of INITIALIZERS) {
    for (const initializerScale of [null, 0.5, -2]) {
      const layers = [{ name: "dense", options: { initializer, initializerScale } }];
      planOf({ ...DEFAULT_CONFIGURATION, layers }, 2, 1).layers.map(makeCall);
    }
  }
});

Deno.test("playground: losses, schedules and activations are those of the library", () => {
  const losses = Object.keys(lossTable).filter((name) => name !== "sparse_categorical_crossentropy");
  assertEquals(Object.keys(LOSS_FIELDS).sort(), losses.sort()); // classes are columns here
  for (const [name, fields] of Object.entries(LOSS_FIELDS)) {
    const options = (lossTable[name as "huber"].options as readonly string[]).filter((key) =>
      !["axis", "reduction"].includes(key)
    );
    assertEquals(Object.keys(fields).sort(), options.sort(), name);
  }
  const schedules = Object.keys(scheduleTable).filter((name) => name !== "piecewise_constant_decay");
  assertEquals(Object.keys(SCHEDULE_FIELDS).sort(), schedules.sort()); // its options are lists
  const activations = Object.keys(activationTable).filter((name) => name !== "threshold"); // which asks for two numbers
  assertEquals([...ACTIVATIONS].sort() as string[], activations.sort());
  assert(Object.keys(LAYER_FIELDS).every((name) => camelCase(name) !== ""));
});
