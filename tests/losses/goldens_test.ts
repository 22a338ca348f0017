import { assert, assertEquals } from "@std/assert";
import { resolveActivation } from "../../src/activations/resolve_activation.ts";
import { differentiate } from "../../src/graph/differentiate.ts";
import { evaluateGraph } from "../../src/graph/evaluate_graph.ts";
import { Graph } from "../../src/graph/graph.ts";
import { resolveLoss } from "../../src/losses/resolve_loss.ts";
import { lossTable } from "../../src/losses/gen/table.ts";
import type { Json } from "../../src/tensor/json.ts";

/** What tests/golden/losses.py writes. */
interface Golden {
  readonly id: string;
  readonly options: Record<string, Json>;
  readonly activation: "sigmoid" | "softmax" | null;
  readonly shape: number[];
  readonly labelShape: number[];
  readonly t: number[];
  readonly p: number[];
  readonly weights: number[];
  readonly losses: number[];
  readonly dp: number[];
}

const goldens: Golden[] = JSON.parse(Deno.readTextFileSync(new URL("../golden/losses.json", import.meta.url)));

/** The losses of the rows, and the derivative of Σ weights · losses by what went in. */
function run({ id, options, activation, shape, labelShape, t, p, weights }: Golden): Float64Array[] {
  const graph = new Graph();
  const values = { t, p, weights };
  const leaf = graph.variable("p", shape);
  const yPred = activation === null ? leaf : resolveActivation(activation).apply(graph, leaf);
  const losses = resolveLoss({ id, config: options }).call(graph, graph.input("t", labelShape), yPred);
  assertEquals(losses.shape, shape.slice(0, -1));
  const total = graph.apply("weighted_sum", [losses, graph.input("weights", losses.shape)]);
  const [dp] = differentiate(graph, total, [leaf]);
  return evaluateGraph(
    [losses, dp!],
    (node) => Float64Array.from(values[node.attributes.name as "t" | "p" | "weights"]),
  );
}

goldens.forEach((golden, number) => {
  const { id, options, activation } = golden;
  Deno.test(`${number} ${id} ${JSON.stringify(options)} ${activation ?? ""}: losses and derivatives are PyTorch's`, () => {
    const [losses, dp] = run(golden);
    // 1e-12: some tens of roundings at 1.1e-16; terms of a row cancel, so it is relative to at least 1.
    golden.losses.forEach((want, i) => {
      assert(
        Math.abs(losses[i] - want) <= 1e-12 * Math.max(1, Math.abs(want)),
        `loss ${i} is ${losses[i]}, wanted ${want}`,
      );
    });
    golden.dp.forEach((want, i) => {
      assert(Math.abs(dp[i] - want) <= 1e-12 * Math.max(1, Math.abs(want)), `dp ${i} is ${dp[i]}, wanted ${want}`);
    });
  });
});

Deno.test("every loss has golden values", () => {
  const known = new Set(goldens.map(({ id }) => id));
  assertEquals(Object.keys(lossTable).filter((id) => !known.has(id)), []);
});
