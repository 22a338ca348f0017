import { assert, assertEquals, assertThrows } from "@std/assert";
import { losses } from "../../mod.ts";
import { resolveActivation } from "../../src/activations/resolve_activation.ts";
import { differentiate } from "../../src/graph/differentiate.ts";
import { evaluateGraph } from "../../src/graph/evaluate_graph.ts";
import { Graph } from "../../src/graph/graph.ts";
import { resolveLoss } from "../../src/losses/resolve_loss.ts";
import type { Json } from "../../src/tensor/json.ts";
import type { Symbolic } from "../../src/tensor/symbolic.ts";
import { runGraph } from "../compose/run_graph.ts";

interface Numbers {
  readonly shape: readonly number[];
  readonly data: readonly number[];
}

interface Golden {
  readonly id: string;
  readonly options: Readonly<Record<string, Json>>;
  readonly p: Numbers;
  readonly t: Numbers;
  readonly loss: Numbers;
  readonly dp: Numbers;
}

const goldens: Golden[] = JSON.parse(await Deno.readTextFile(new URL("../golden/loss_axes.json", import.meta.url)));

function compare(what: string, found: ArrayLike<number>, want: readonly number[], tolerance: number): void {
  assertEquals(found.length, want.length, what);
  want.forEach((w, i) =>
    assert(Math.abs(found[i] - w) <= tolerance * Math.max(1, Math.abs(w)), `${what} [${i}]: ${found[i]}, not ${w}`)
  );
}

Deno.test("losses over an axis agree with PyTorch, in float64 and by the kernels, in the same bits for any number of shares", () => {
  for (const { id, options, p, t, loss, dp } of goldens) {
    const what = `${id} ${JSON.stringify(options)} of [${p.shape}]`;
    const graph = new Graph({ batch: p.shape[0] });
    const [predictions, labels] = [graph.input("p", p.shape), graph.input("t", t.shape)];
    const values = resolveLoss({ id, config: options }).call(graph, labels, predictions);
    assertEquals(values.shape, loss.shape, what);
    const scale = graph.constant(1 / loss.data.length, loss.shape);
    const mean = graph.apply("weighted_sum", [values, scale]);
    const [gradient] = differentiate(graph, mean, [predictions]) as Symbolic[];
    const outputs = [values, gradient];
    const read = (leaf: Symbolic): readonly number[] => (leaf === predictions ? p : t).data;
    const float64 = evaluateGraph(outputs, (leaf) => Float64Array.from(read(leaf)));
    const alone = runGraph([predictions, labels], outputs, read);
    [loss, dp].forEach(({ data }, i) => {
      compare(`result ${i} of ${what}`, float64[i], data, 1e-12);
      compare(`kernels' result ${i} of ${what}`, alone[i], data, 32 * 2 ** -24);
    });
    for (const ranks of [2, 3, 4, 7]) assertEquals(runGraph([predictions, labels], outputs, read, ranks), alone, what);
  }
});

Deno.test("behind a softmax over the same axis the loss goes on from the logits", () => {
  for (const id of ["categorical_crossentropy", "sparse_categorical_crossentropy"]) {
    const graph = new Graph({ batch: 2 });
    const z = graph.input("z", [2, 3, 4]);
    const p = resolveActivation({ id: "softmax", config: { axis: 1 } }).apply(graph, z);
    const t = graph.input("t", id.startsWith("sparse") ? [2, 4] : [2, 3, 4]);
    const values = resolveLoss({ id, config: { axis: 1 } }).call(graph, t, p);
    const isUsed = (node: Symbolic): boolean => node.op === "softmax" || node.inputs.some(isUsed);
    assertEquals(isUsed(values), false, id);
    // So it is finite where the probability is 0.
    const logits = Float64Array.from({ length: 24 }, (_, i) => i % 12 < 4 ? 2000 : -2000);
    const labels = Float64Array.from({ length: 24 }, (_, i) => id.startsWith("sparse") ? 2 : i % 12 >= 8 ? 1 : 0);
    const [found] = evaluateGraph(
      [values],
      (leaf) => leaf === z ? logits : labels.subarray(0, leaf === t ? t.shape.reduce((a, b) => a * b) : 0),
    );
    assertEquals([...found], new Array(8).fill(4000));
  }
});

Deno.test("an axis that is none is refused", () => {
  assertThrows(
    () => losses.categoricalCrossentropy({ axis: 0 }),
    RangeError,
    "Cannot create categorical_crossentropy loss: axis must be one of a sample's, from 1 on or negative, got 0, which is the batch",
  );
  assertThrows(() => losses.cosineSimilarity({ axis: 0.5 }), RangeError, "axis must be an integer, got 0.5");
  const graph = new Graph({ batch: 2 });
  const p = graph.input("p", [2, 3]);
  for (const axis of [2, -2, -3]) {
    assertThrows(
      () => losses.binaryCrossentropy({ axis }).call(graph, p, p),
      RangeError,
      `Cannot compute binary_crossentropy: axis must be one of the predictions', the batch being 0, got ${axis} for samples of shape [3]`,
    );
  }
});
