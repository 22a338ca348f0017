import { assertEquals, assertStrictEquals, assertThrows } from "@std/assert";
import * as activations from "../../src/activations/activations.ts";
import { resolveActivation } from "../../src/activations/resolve_activation.ts";
import { activationTable } from "../../src/activations/gen/table.ts";
import { Graph } from "../../src/graph/graph.ts";
import { camelCase } from "../../src/errors/camel_case.ts";

/** The attributes of the node that an activation adds. */
function nodeOf(activation: activations.Activation): unknown {
  const graph = new Graph();
  const x = graph.input("x", [2, 3]);
  const y = activation.apply(graph, x);
  return y === x ? "x" : y.op === "map" ? y.attributes : y.op;
}

Deno.test("resolveActivation takes snake_case, camelCase and Keras's other names", () => {
  assertEquals(resolveActivation("leaky_relu").config, { negativeSlope: 0.2 });
  assertEquals(resolveActivation("leakyRelu").id, "leaky_relu");
  assertEquals(resolveActivation("swish").id, "silu");
  assertEquals(resolveActivation("hard_swish").id, "hard_silu");
  assertEquals(resolveActivation("hardSwish").id, "hard_silu");
});

Deno.test("resolveActivation passes activations on and restores saved ones", () => {
  for (const id of Object.keys(activationTable)) {
    const make = activations[camelCase(id) as "relu"];
    const activation = id === "threshold" ? activations.threshold({ threshold: 1, defaultValue: 0 }) : make();
    assertEquals(activation.id, id);
    assertStrictEquals(resolveActivation(activation), activation);
    const again = resolveActivation(JSON.parse(JSON.stringify({ id, config: activation.config })));
    assertEquals(again.config, activation.config);
    assertEquals(nodeOf(again), nodeOf(activation));
  }
});

Deno.test("the cheapest formula is taken that the options allow", () => {
  assertEquals(nodeOf(activations.linear()), "x");
  assertEquals(nodeOf(activations.relu()), { formula: "relu", scalars: {} });
  assertEquals(nodeOf(activations.relu({ negativeSlope: 0.1 })), {
    formula: "relu_general",
    scalars: { negativeSlope: 0.1, threshold: 0 },
  });
  assertEquals(nodeOf(activations.relu({ maxValue: 6 })), {
    formula: "relu_capped",
    scalars: { negativeSlope: 0, threshold: 0, maxValue: 6 },
  });
  assertEquals(nodeOf(activations.gelu()), { formula: "gelu", scalars: {} });
  assertEquals(nodeOf(activations.gelu({ approximate: true })), { formula: "gelu_tanh", scalars: {} });
  assertEquals(nodeOf(activations.softmax({ axis: -1 })), "softmax");
});

Deno.test("wrong activations are named", () => {
  assertThrows(() => resolveActivation("rleu"), RangeError, 'Unknown activation "rleu"; did you mean "relu"?');
  assertThrows(() => resolveActivation(null as unknown as string), TypeError, "Cannot use activation");
  assertThrows(() => resolveActivation("__proto__"), RangeError, "Unknown activation");
  assertThrows(
    () => activations.softmax({ axis: 0.5 }),
    RangeError,
    "Cannot create softmax activation: axis must be an integer, got 0.5",
  );
  assertThrows(
    () => activations.leakyRelu({ slope: 1 } as object),
    TypeError,
    'Cannot create leaky_relu activation: unknown option "slope"',
  );
  assertThrows(() => activations.elu({ alpha: -1 }), RangeError, "alpha must be a number >= 0, got -1");
  assertThrows(() => activations.celu({ alpha: 0 }), RangeError, "alpha must be a number > 0, got 0");
  assertThrows(
    () => activations.gelu({ approximate: 1 as unknown as boolean }),
    TypeError,
    "approximate must be true or false",
  );
  assertThrows(() => resolveActivation("threshold"), TypeError, "threshold must be a finite number, got undefined");
  assertThrows(() => activations.relu({ maxValue: -1 }), RangeError, "maxValue must be a number >= 0, got -1");
});
