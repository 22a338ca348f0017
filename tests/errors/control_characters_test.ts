import { assert, assertEquals, assertThrows } from "@std/assert";
import { describeValue } from "../../src/errors/describe_value.ts";
import { initializers, input, Layer, layers, metrics, model, sequential } from "../../mod.ts";
import type { Symbolic } from "../../mod.ts";
import { hasControlCharacters } from "../../src/errors/has_control_characters.ts";
import { quoteName } from "../../src/files/quote_name.ts";

/** Every character that a terminal obeys, or that turns the order of what follows, and some that are letters. */
const BAD = ["\0", "\x07", "\t", "\n", "\r", "\x1b", "\x7f", "\x80", "\x9b", "\x9f", "\u2028", "\u202e", "\u2066"];
const GOOD = [" ", "~", "\xa0", "é", "层", "a\u0301", "🙂", "\u200d"];

Deno.test("control characters are seen, and letters are not taken for them", () => {
  for (const character of BAD) assert(hasControlCharacters(`a${character}b`), JSON.stringify(character));
  for (const character of GOOD) assert(!hasControlCharacters(`a${character}b`), JSON.stringify(character));
});

Deno.test("names of models, layers and metrics have none", () => {
  const bare = { create: () => ({ reset() {}, update() {}, result: () => 0 }) };
  const makers: ((name: string) => unknown)[] = [
    (name) => layers.dense({ units: 1, name }),
    (name) => sequential([layers.dense({ units: 1 })], { name }),
    (name) => metrics.precision({ name }),
    (name) =>
      sequential([layers.dense({ units: 1, inputShape: [1] })]).compile({ loss: "mse", metrics: [{ name, ...bare }] }),
  ];
  for (const make of makers) {
    for (const character of BAD) {
      const error = assertThrows(() => make(`a${character}b`), TypeError, "name must not have control characters, got");
      assert(!hasControlCharacters(error.message), JSON.stringify(error.message));
    }
    for (const character of GOOD) make(`a${character}b`);
  }
});

Deno.test("messages show no control characters of what they describe", () => {
  for (const character of BAD) {
    const name = `a${character}b`;
    const odd = { [name]: class {} };
    for (const value of [name, [name], { [name]: 1 }, new Error(name), odd[name], new odd[name](), Symbol(name)]) {
      assert(!hasControlCharacters(describeValue(value)), JSON.stringify([character, describeValue(value)]));
    }
    assert(!hasControlCharacters(quoteName(name)));
  }
  assertEquals(describeValue("a\x9b31mé"), '"a\\u009b31mé"');
  assertEquals(quoteName("\x9b".repeat(3)), '"\\u009b\\u009b\\u009b"');
});

Deno.test("types of layers, names of weights and names of ports have none", () => {
  class Own extends Layer {
    constructor(type: string, private weight = "w") {
      super(type, {}, []);
    }
    protected override build(): void {
      this.addWeight({ name: this.weight, shape: [1], initializer: initializers.zeros() });
    }
    override call(_: unknown, x: Symbolic): Symbolic {
      return x;
    }
  }
  const x = input({ shape: [1] });
  for (const character of ["\u001b", "\n", "\u202e"]) {
    assertThrows(() => new Own(`a${character}`), TypeError, "must not have control characters");
    assertThrows(() => new Own("own", `w${character}`).apply(x), TypeError, 'without "/" and control characters');
    const outputs = { [`a${character}`]: new Own("own").apply(x) };
    assertThrows(() => model({ inputs: x, outputs }), TypeError, "outputs: name must not have control characters");
    assertThrows(
      () => model({ inputs: { [`a${character}`]: x }, outputs: new Own("own").apply(x) }),
      TypeError,
      "inputs: name must not have control characters",
    );
  }
  assertThrows(() => new Own("a/b"), TypeError, 'type: name must be a string without "/"');
});
