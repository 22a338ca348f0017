import { assert, assertEquals, assertNotEquals, assertThrows } from "@std/assert";
import { bucketByLength, layers, loadModel, sequential } from "../../mod.ts";
import { hashWeights } from "../models/hash_weights.ts";

const LENGTHS = [3, 1, 4, 1, 5, 2, 6, 5, 3, 5, 2, 4];
const X = LENGTHS.map((length, i) => Array.from({ length }, (_, t) => 1 + (3 * i + t) % 8));
const Y = X.map((words) => words.length % 2);

const createModel = () => {
  const m = sequential([
    layers.embedding({ inputDim: 9, outputDim: 4, maskZero: true, inputShape: [null] }),
    layers.globalAveragePooling1d(),
    layers.dense({ units: 1, activation: "sigmoid" }),
  ], { seed: 5 });
  m.compile({ optimizer: "adam", loss: "binary_crossentropy" });
  return m;
};

/** The sequences of an epoch as they were, by what the batches say of themselves. */
function check(
  batches: ReturnType<typeof bucketByLength>,
  padded: (words: number[], steps: number) => number[],
): number[] {
  const seen: number[] = [];
  let count = 0;
  for (const { x, y, indices } of batches) {
    const rows = x.toArray() as number[][];
    const labels = y.toArray() as number[];
    assertEquals(rows.length, indices.length);
    indices.forEach((number, i) => {
      assertEquals(rows[i], padded(X[number], x.shape[1]));
      assertEquals(labels[i], Y[number]);
      seen.push(number);
    });
    count++;
  }
  assertEquals(count, batches.length);
  assertEquals(seen.toSorted((a, b) => a - b), X.map((_, i) => i));
  return seen;
}

Deno.test("batches hold sequences of one length, each once, in an order that seed and epoch fix", () => {
  const plain = (words: number[], steps: number): number[] => {
    assertEquals(words.length, steps);
    return words;
  };
  const batches = bucketByLength(X, Y, { batchSize: 2, seed: 3 });
  const [first, second] = [check(batches, plain), check(batches, plain)];
  assertNotEquals(first, second);
  batches.setEpoch(0);
  assertEquals(check(batches, plain), first);
  assertEquals(check(bucketByLength(X, Y, { batchSize: 2, seed: 3 }), plain), first);
  assertNotEquals(check(bucketByLength(X, Y, { batchSize: 2, seed: 4 }), plain), first);
  const still = bucketByLength(X, Y, { batchSize: 2, shuffle: false });
  assertEquals(check(still, plain), [1, 3, 5, 10, 0, 8, 2, 11, 4, 7, 9, 6]);
  assertEquals(check(still, plain), [1, 3, 5, 10, 0, 8, 2, 11, 4, 7, 9, 6]);
});

Deno.test("with boundaries sequences are padded to the length of their bucket", () => {
  for (const padding of ["pre", "post"] as const) {
    const batches = bucketByLength(X, Y, { batchSize: 4, boundaries: [2, 4, 6], padding });
    check(batches, (words, steps) => {
      assertEquals(steps, [2, 4, 6].find((length) => words.length <= length));
      const more = new Array(steps - words.length).fill(0);
      return padding === "pre" ? [...more, ...words] : [...words, ...more];
    });
  }
});

Deno.test("labels may be arrays, or one a step; weights go along", () => {
  const oneHot = bucketByLength(X, Y.map((y) => [y, 1 - y]), { batchSize: 5, sampleWeight: LENGTHS });
  for (const { y, sampleWeight, indices } of oneHot) {
    assertEquals(y.toArray(), Array.from(indices, (number) => [Y[number], 1 - Y[number]]));
    assertEquals([...sampleWeight!], Array.from(indices, (number) => LENGTHS[number]));
  }
  const steps = X.map((words) => words.map((word) => [word / 9]));
  const padded = bucketByLength(X, steps, { boundaries: [6], perStep: true, labelValue: -1, padding: "post" });
  const [{ y, indices }] = padded;
  const rows = y.toArray() as number[][][];
  indices.forEach((number, i) => {
    assertEquals(rows[i].slice(LENGTHS[number]), new Array(6 - LENGTHS[number]).fill([-1]));
    assertEquals(rows[i].slice(0, LENGTHS[number]).map(([v]) => v), steps[number].map(([v]) => Math.fround(v)));
  });
});

Deno.test("a fit takes the batches: as steps by hand, with any number of threads, and after a resume", async () => {
  const options = { batchSize: 3, boundaries: [2, 6], seed: 7 };
  const byHand = createModel();
  for (let epoch = 0; epoch < 3; epoch++) {
    const batches = bucketByLength(X, Y, options);
    batches.setEpoch(epoch);
    for (const { x, y } of batches) byHand.trainOnBatch(x, y);
  }
  for (const workers of [1, 2] as const) {
    const m = createModel();
    const { history } = await m.fit(bucketByLength(X, Y, options), { epochs: 3, verbose: 0, workers });
    assertEquals(history.loss.length, 3);
    assertEquals(hashWeights(m), hashWeights(byHand));
  }
  const half = createModel();
  await half.fit(bucketByLength(X, Y, options), { epochs: 1, verbose: 0 });
  const rest = await loadModel(half.toBytes());
  await rest.fit(bucketByLength(X, Y, options), { initialEpoch: 1, epochs: 3, verbose: 0 });
  assertEquals(hashWeights(rest), hashWeights(byHand));
});

Deno.test("evaluate and predict take the batches, too", () => {
  const m = createModel();
  const batches = bucketByLength(X, Y, { batchSize: 3, shuffle: false });
  const y = m.predict(batches).data;
  const indices = [...batches].flatMap((batch) => [...batch.indices]);
  let loss = 0;
  indices.forEach((number, i) => {
    assert(Math.abs(y[i] - m.predict([X[number]]).data[0]) < 1e-6);
    loss -= Math.log(Y[number] === 1 ? y[i] : 1 - y[i]) / X.length;
  });
  assert(Math.abs((m.evaluate(batches) as { loss: number }).loss - loss) < 1e-5);
});

Deno.test("what cannot be put into buckets is named", () => {
  // deno-lint-ignore no-explicit-any
  const bucket = (x: any, y: any, options?: any) => () => bucketByLength(x, y, options);
  assertThrows(bucket([[1], []], [1, 2]), TypeError, "x[1] is empty; a sequence must have at least one step");
  assertThrows(bucket([], []), TypeError, "x must be an array of at least one sequence");
  assertThrows(bucket([[1], [2]], [1]), TypeError, "x and y must have as many entries, got 2 and 1");
  assertThrows(bucket([[1]], [1], { sampleWeight: [1, 2] }), TypeError, "x and sampleWeight must have as many");
  assertThrows(bucket([[1]], [NaN]), RangeError, "y[0] must be a finite number");
  assertThrows(bucket([[1], [2, 3]], [[1], [1, 2]]), TypeError, "where each step has a label, say perStep: true");
  assertThrows(bucket([[1], [2, 3]], [[1], [1]], { perStep: true }), TypeError, "got 1 in y[1] for 2 steps");
  assertThrows(bucket([[1, 2, 3]], [1], { boundaries: [2] }), RangeError, "got 2 and, in x[0], 3 steps");
  assertThrows(bucket([[1]], [1], { boundaries: [2, 2] }), RangeError, "boundaries must ascend, got 2 and then 2");
  assertThrows(bucket([[1]], [1], { boundaries: [] }), TypeError, "boundaries must be an array of lengths");
  assertThrows(bucket([[1]], [1], { value: 1 }), TypeError, "value goes with boundaries only");
  assertThrows(bucket([[1]], [1], { boundaries: [1], labelValue: 1 }), TypeError, "labelValue goes with perStep");
  assertThrows(bucket([[1]], [1], { batchSize: 0 }), RangeError, "batchSize");
  assertThrows(bucket([[1]], [1], { seed: -1 }), RangeError, "seed");
});
