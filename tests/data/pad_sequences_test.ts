import { assertEquals, assertThrows } from "@std/assert";
import { padSequences, tensor } from "../../mod.ts";

Deno.test("sequences are padded and cut as in Keras's examples", () => {
  // https://keras.io/api/data_loading/timeseries/ and the tests of Keras's pad_sequences.
  const words = [[1], [2, 3], [4, 5, 6]];
  const pad = (options?: Parameters<typeof padSequences>[1]) => padSequences(words, options).toArray();
  assertEquals(pad(), [[0, 0, 1], [0, 2, 3], [4, 5, 6]]);
  assertEquals(pad({ value: -1 }), [[-1, -1, 1], [-1, 2, 3], [4, 5, 6]]);
  assertEquals(pad({ padding: "post" }), [[1, 0, 0], [2, 3, 0], [4, 5, 6]]);
  assertEquals(pad({ maxLength: 2 }), [[0, 1], [2, 3], [5, 6]]);
  assertEquals(pad({ maxLength: 2, truncating: "post" }), [[0, 1], [2, 3], [4, 5]]);
  assertEquals(pad({ maxLength: 4, padding: "post", truncating: "post" }), [[1, 0, 0, 0], [2, 3, 0, 0], [4, 5, 6, 0]]);
  assertEquals(padSequences([[[1, 2]], [[3, 4], [5, 6]]], { value: 7 }).toArray(), [[[7, 7], [1, 2]], [[3, 4], [
    5,
    6,
  ]]]);
});

Deno.test("sequences may be empty, typed arrays and tensors", () => {
  const padded = padSequences([[], Float32Array.of(1, 2), tensor([3]), new Uint8Array(0), [true]], { maxLength: 2 });
  assertEquals(padded.toArray(), [[0, 0], [1, 2], [0, 3], [0, 0], [0, 1]]);
  assertEquals(padSequences([[], []], { maxLength: 1, value: 5 }).toArray(), [[5], [5]]);
});

Deno.test("what is no list of sequences is named", () => {
  // deno-lint-ignore no-explicit-any
  const pad = (given: any, options?: any) => () => padSequences(given, options);
  assertThrows(pad([]), TypeError, "sequences must be an array of at least one sequence, got []");
  assertThrows(pad(tensor([[1, 2]])), TypeError, "sequences must be an array");
  assertThrows(pad([1, 2]), TypeError, "sequences[0] must be a sequence, an array of its steps, got 1");
  assertThrows(pad([[1], "ab"]), TypeError, "sequences[1]");
  assertThrows(pad([[1], [[1, 2]]]), TypeError, "must have one shape, got [] and, in sequences[1], [2]");
  assertThrows(pad([[1, [2]]]), TypeError, "sequences[0]");
  assertThrows(pad([[], []]), TypeError, "all sequences are empty; say maxLength");
  assertThrows(pad([[1]], { maxLength: 0 }), RangeError, "maxLength");
  assertThrows(pad([[1]], { maxlen: 3 }), TypeError, 'unknown option "maxlen"');
  assertThrows(pad([[1]], { padding: "left" }), RangeError, "padding");
  assertThrows(pad([[1]], { value: NaN }), RangeError, "value must be a finite number");
});
