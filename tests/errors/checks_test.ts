import { assertEquals, assertThrows } from "@std/assert";
import { checkBoolean } from "../../src/errors/check_boolean.ts";
import { checkInteger } from "../../src/errors/check_integer.ts";
import { checkNumber } from "../../src/errors/check_number.ts";
import { checkOptions } from "../../src/errors/check_options.ts";
import { checkString } from "../../src/errors/check_string.ts";

/** The whole message of the error that is thrown, and its class. */
function messageOf(attempt: () => unknown, type: ErrorConstructor): string {
  return assertThrows(attempt, type).message;
}

Deno.test("checkOptions: known options pass, undefined and left-out ones too", () => {
  checkOptions("create x", undefined, ["a"]);
  checkOptions("create x", {}, ["a"]);
  checkOptions("create x", { a: undefined }, ["a"]);
  checkOptions("create x", Object.create(null), []);
});

Deno.test("checkOptions: a misspelt option names the nearest", () => {
  assertEquals(
    messageOf(
      () => checkOptions("create sgd optimizer", { lerningRate: 1 }, ["learningRate", "momentum"]),
      TypeError,
    ),
    `Cannot create sgd optimizer: unknown option "lerningRate"; did you mean "learningRate"? ` +
      "Options are: learningRate, momentum",
  );
});

Deno.test("checkOptions: snake_case of a known option is told the camelCase", () => {
  assertEquals(
    messageOf(() => checkOptions("create sgd optimizer", { learning_rate: 1 }, ["learningRate"]), TypeError),
    `Cannot create sgd optimizer: unknown option "learning_rate"; options are camelCase: use learningRate. ` +
      "Options are: learningRate",
  );
});

Deno.test("checkOptions: no hint where nothing is near, no list where there is none", () => {
  assertEquals(
    messageOf(() => checkOptions("create x", { zebra: 1 }, ["units"]), TypeError),
    `Cannot create x: unknown option "zebra". Options are: units`,
  );
  assertEquals(
    messageOf(() => checkOptions("create x", { units: 1 }, []), TypeError),
    `Cannot create x: unknown option "units"; there are no options`,
  );
});

Deno.test("checkOptions: __proto__ and constructor as own keys are unknown options", () => {
  for (const key of ["__proto__", "constructor", "toString"]) {
    const given = JSON.parse(`{ "${key}": { "units": 1 } }`);
    assertThrows(() => checkOptions("create x", given, ["units"]), TypeError, `unknown option "${key}"`);
  }
});

Deno.test("checkOptions: what is no object is refused", () => {
  for (const given of [null, 3, "units", [1], () => 1]) {
    assertThrows(
      () => checkOptions("create x", given as object, ["units"]),
      TypeError,
      "options must be an object, got",
    );
  }
});

Deno.test("checkInteger: rule and class of the error", () => {
  const what = "create dense layer";
  assertEquals(checkInteger(what, "units", 1, { min: 1 }), 1);
  assertEquals(checkInteger(what, "units", 2 ** 53 - 1), 2 ** 53 - 1);
  const ranges: [unknown, { min?: number; max?: number }, string][] = [
    [0, { min: 1 }, "units must be an integer >= 1, got 0"],
    [1.5, { min: 1 }, "units must be an integer >= 1, got 1.5"],
    [NaN, {}, "units must be an integer, got NaN"],
    [2 ** 53, {}, "units must be an integer, got 9007199254740992"],
    [7, { min: 1, max: 6 }, "units must be an integer from 1 to 6, got 7"],
    [7, { max: 6 }, "units must be an integer <= 6, got 7"],
  ];
  for (const [value, range, rule] of ranges) {
    assertEquals(messageOf(() => checkInteger(what, "units", value, range), RangeError), `Cannot ${what}: ${rule}`);
  }
  assertEquals(
    messageOf(() => checkInteger(what, "units", "8", { min: 1 }), TypeError),
    `Cannot ${what}: units must be an integer >= 1, got "8"`,
  );
  assertThrows(() => checkInteger(what, "units", 3n), TypeError, "got 3n");
});

Deno.test("checkNumber: rule and class of the error", () => {
  const what = "create sgd optimizer";
  assertEquals(checkNumber(what, "momentum", 0, { min: 0, maxExclusive: 1 }), 0);
  assertEquals(
    messageOf(() => checkNumber(what, "momentum", 1, { min: 0, maxExclusive: 1 }), RangeError),
    `Cannot ${what}: momentum must be a number >= 0 and < 1, got 1`,
  );
  assertEquals(
    messageOf(() => checkNumber(what, "epsilon", 0, { minExclusive: 0, max: 9 }), RangeError),
    `Cannot ${what}: epsilon must be a number > 0 and <= 9, got 0`,
  );
  for (const value of [NaN, Infinity, -Infinity]) {
    assertThrows(() => checkNumber(what, "x", value), RangeError, `x must be a finite number, got ${value}`);
  }
  assertThrows(() => checkNumber(what, "x", null), TypeError, "x must be a finite number, got null");
});

Deno.test("checkBoolean, checkString", () => {
  assertEquals(checkBoolean("create x", "nesterov", false), false);
  assertThrows(() => checkBoolean("create x", "nesterov", 1), TypeError, "nesterov must be true or false, got 1");
  assertEquals(checkString("create x", "mode", "max", ["min", "max"]), "max");
  assertEquals(checkString("create x", "name", "anything"), "anything");
  assertEquals(
    messageOf(() => checkString("create x", "mode", "maxx", ["min", "max"]), RangeError),
    `Cannot create x: mode must be one of "min", "max", got "maxx"; did you mean "max"?`,
  );
  assertThrows(() => checkString("create x", "mode", 3, ["min"]), TypeError, `must be one of "min", got 3`);
});
