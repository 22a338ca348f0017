import { assertEquals } from "@std/assert";
import { loadModel } from "../../mod.ts";
import { hashWeights } from "../models/hash_weights.ts";
import { buildTwoHeads, ROWS, x, y } from "../models/two_heads.ts";
import { assertSameBits } from "./assert_same_bits.ts";
import { WORKERS } from "./compare_workers.ts";

const weights = y.label.map((c) => 0.5 + c);
const options = { batchSize: 13, verbose: 0, validationSplit: 0.2, sampleWeight: { size: weights } } as const;

for (const numerics of ["fast", "portable"] as const) {
  Deno.test(`several inputs and outputs: the same bits for any number of workers, and after a resume with another, ${numerics}`, async () => {
    const whole = buildTwoHeads({ numerics });
    const { history } = await whole.fit(x, y, { ...options, epochs: 3, workers: 1 });
    const expected = [whole.evaluate(x, y, { workers: 1 }), whole.predict(x, { workers: 1 })];
    const halves: Uint8Array[] = [];
    for (const workers of WORKERS) {
      const other = buildTwoHeads({ numerics });
      const found = await other.fit(x, y, { ...options, epochs: 3, workers });
      assertEquals(hashWeights(other), hashWeights(whole), `${workers} workers`);
      assertEquals(found.history, history, `${workers} workers`);
      assertEquals([other.evaluate(x, y, { workers }), other.predict(x, { batchSize: 7, workers })], expected);
      const half = buildTwoHeads({ numerics });
      await half.fit(x, y, { ...options, epochs: 1, workers, shuffle: true });
      halves.push(half.toBytes());
    }
    for (const [i, bytes] of halves.entries()) {
      const second = await loadModel(bytes);
      const workers = WORKERS[(i + 1) % WORKERS.length];
      await second.fit(x, y, { ...options, initialEpoch: 1, epochs: 3, workers });
      assertEquals(hashWeights(second), hashWeights(whole), `${WORKERS[i]} workers, then ${workers}`);
    }
  });
}

Deno.test("a stream of several inputs and outputs: the same bits for any number of workers", async () => {
  const batches = [[0, 7], [7, 12], [12, ROWS]].map(([from, to]) => ({
    x: [x.left.slice(from, to), x.right.slice(from, to)],
    y: { label: y.label.slice(from, to), size: y.size.slice(from, to) },
  }));
  await assertSameBits(() => buildTwoHeads(), (m, workers) => m.fit(batches, { epochs: 2, verbose: 0, workers }));
});
