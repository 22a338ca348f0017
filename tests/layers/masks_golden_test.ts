import { assert, assertEquals } from "@std/assert";
import { layers } from "../../mod.ts";
import { differentiate } from "../../src/graph/differentiate.ts";
import { evaluateGraph } from "../../src/graph/evaluate_graph.ts";
import { Graph } from "../../src/graph/graph.ts";
import type { Symbolic } from "../../src/tensor/symbolic.ts";
import golden from "../golden/masks.json" with { type: "json" };

/** Both are float64. */
const FLOAT64 = 1e-11;

interface Given {
  readonly shape: readonly number[];
  readonly data: readonly number[];
  readonly mask: readonly number[] | null;
}

/** A layer in float64: its result, the result's mask, and the gradients of Σ dy · y by inputs and weights. */
function run(
  layer: layers.Layer,
  inputs: readonly Given[],
  weights: Readonly<Record<string, readonly number[]>>,
  dy: readonly number[],
) {
  layer.addNode(inputs.map(({ shape }) => layers.inputLayer({ shape: shape.slice(1) }).open()));
  const graph = new Graph({ batch: inputs[0].shape[0] });
  const values = new Map<Symbolic, readonly number[]>();
  const leaf = (name: string, shape: readonly number[], data: readonly number[]): Symbolic => {
    const node = graph.input(name, shape);
    values.set(node, data);
    return node;
  };
  const xs = inputs.map(({ shape, data }, i) => leaf(`x${i}`, shape, data));
  const masks = new Map<Symbolic, Symbolic>();
  inputs.forEach(({ shape, mask }, i) => {
    if (mask !== null) masks.set(xs[i], leaf(`m${i}`, shape.slice(0, -1), mask));
  });
  const variables = Object.fromEntries(
    Object.entries(weights).map(([name, data]) => [name, leaf(name, [data.length], data)]),
  );
  const assigned: Record<string, Symbolic> = {};
  const [y] = layer.trace(
    {
      graph,
      training: true,
      seed: 1,
      masks,
      nextIndex: () => 0,
      assign: (_, { name }, value) => assigned[name] = value,
      addLoss: () => {},
      changeLabels: () => {},
      isFrozen: () => false,
      variable: (_, { name }) => variables[name],
    },
    xs,
    { index: 0, path: "layer", options: {} },
  );
  const mask = masks.get(y) ?? null;
  const learned = Object.values(variables).filter((_, i) => !Object.keys(weights)[i].startsWith("moving"));
  const loss = graph.apply("weighted_sum", [y, leaf("dy", y.shape, dy)]);
  const gradients = differentiate(graph, loss, [...xs, ...learned]) as Symbolic[];
  const wanted = [y, ...(mask === null ? [] : [mask]), ...Object.values(assigned), ...gradients];
  const found = evaluateGraph(wanted, (node) => Float64Array.from(values.get(node)!));
  const of = (node: Symbolic): Float64Array => found[wanted.indexOf(node)];
  return {
    y: of(y),
    mask: mask === null ? null : { shape: mask.shape, data: [...of(mask)] },
    assigned: Object.fromEntries(Object.entries(assigned).map(([name, node]) => [name, of(node)])),
    gradients: gradients.map(of),
  };
}

function near(found: ArrayLike<number>, expected: readonly number[], what: string): void {
  assertEquals(found.length, expected.length, what);
  const scale = Math.max(1, ...expected.map(Math.abs));
  expected.forEach((value, i) =>
    assert(Math.abs(found[i] - value) <= FLOAT64 * scale, `${what} ${i}: ${found[i]}, PyTorch ${value}`)
  );
}

for (const { layer, options, inputs, masks, y, mask, dy, dx } of [...golden.masking, ...golden.merging]) {
  const shapes = inputs.map(({ shape }, i) => `[${shape}]${masks[i] === null ? "" : " masked"}`).join(", ");
  Deno.test(`${layer} of ${shapes} agrees with PyTorch`, () => {
    const create = layers[layer as "add"] as (options: object) => layers.Layer;
    const found = run(create(options), inputs.map((x, i) => ({ ...x, mask: masks[i] })), {}, dy);
    near(found.y, y, "y");
    assertEquals(found.mask, mask);
    dx.forEach((values, i) => near(found.gradients[i], values, `dx ${i}`));
  });
}

for (const given of golden.batchNormalization) {
  Deno.test(`batch normalization of [${given.shape}] with a mask agrees with PyTorch`, () => {
    const { shape, x, mask, gamma, beta, mean, variance } = given;
    const moving = new Array<number>(gamma.length).fill(0);
    const weights = { gamma, beta, moving_mean: moving, moving_variance: moving };
    const layer = layers.batchNormalization({ momentum: 0 });
    const found = run(layer, [{ shape, data: x, mask }], weights, given.dy);
    near(found.y, given.y, "y");
    assertEquals(found.mask?.data, mask);
    near(found.assigned.moving_mean, mean, "mean");
    near(found.assigned.moving_variance, variance, "variance");
    near(found.gradients[0], given.dx, "dx");
    near(found.gradients[1], given.dgamma, "dgamma");
    near(found.gradients[2], given.dbeta, "dbeta");
  });
}
