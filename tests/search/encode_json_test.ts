import { assert, assertEquals } from "@std/assert";
import fc from "fast-check";
import { decodeJson, encodeJson } from "../../src/search/journal/encode_json.ts";

Deno.test("encodeJson and decodeJson give every number, string and nesting back to the bit", () => {
  const value = fc.letrec((tie) => ({
    value: fc.oneof({ maxDepth: 3 }, fc.double(), fc.string(), fc.boolean(), fc.constant(null), tie("list")),
    list: fc.array(tie("value")),
  })).value;
  fc.assert(fc.property(fc.dictionary(fc.string(), value), (each) => {
    const plain = Object.fromEntries(Object.entries(each));
    assertEquals(decodeJson(encodeJson(plain)), plain);
  }));
  for (const each of [-0, NaN, Infinity, -Infinity, 5e-324, 0.1 + 0.2]) {
    assert(Object.is(decodeJson(encodeJson(each)), each), String(each));
  }
});

Deno.test("encodeJson is plain JSON where JSON has the numbers", () => {
  assertEquals(encodeJson({ a: [1, 2.5], b: "NaN" }), '{"a":[1,2.5],"b":"NaN"}');
  assertEquals(encodeJson([NaN]), '[{"$number":"NaN"}]');
});
