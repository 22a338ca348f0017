import { assert, assertAlmostEquals, assertEquals, assertThrows } from "@std/assert";
import { formulas, layers, ops, sequential } from "../../mod.ts";
import type { CustomActivation, CustomLoss } from "../../mod.ts";
import { Graph } from "../../src/graph/graph.ts";
import { drawNumbers } from "../models/draw_numbers.ts";

const { exp, mul, neg, scalar, softplus, square, sub, vector } = formulas;
// deno-lint-ignore no-explicit-any
type Any = any;

Deno.test("a loss and an activation may be formulas", async () => {
  const error = sub(vector("p"), vector("t"));
  // ln cosh d = d + softplus(−2d) − ln 2.
  const logCosh = sub(formulas.add(error, softplus(mul(-2, error))), Math.LN2);
  const loss: CustomLoss = {
    id: "own_log_cosh",
    call: (t, yTrue, yPred) => t.ops.mean(t.ops.formula(logCosh, { p: yPred, t: yTrue }), { axis: -1 }),
  };
  const swish: CustomActivation = {
    id: "own_swish",
    config: { beta: 1 },
    call: (t, x) => t.ops.formula(mul(vector("x"), formulas.sigmoid(mul(scalar("beta"), vector("x")))), { x, beta: 1 }),
  };
  const X = drawNumbers(30, 3, 1);
  const Y = X.map(([a, b]) => [a * b, 3 * a]);
  const build = (activation: CustomActivation | string, of: CustomLoss | string) => {
    const net = sequential([layers.dense({ units: 4, activation, inputShape: [3] }), layers.dense({ units: 2 })], {
      seed: 6,
    });
    net.compile({ optimizer: "adam", loss: of });
    return net;
  };
  const [own, library] = [build(swish, loss), build("silu", "log_cosh")];
  for (const net of [own, library]) await net.fit(X, Y, { epochs: 4, batchSize: 8, verbose: 0 });
  assertAlmostEquals(own.evaluate(X, Y).loss, library.evaluate(X, Y).loss, 1e-5);
});

Deno.test("parts that are equal are computed once, and what is known at once", () => {
  const graph = new Graph({ batch: 2 });
  const x = graph.input("x", [2, 3]);
  const before = graph.nodes.length;
  const bell = () => exp(neg(square(vector("x"))));
  ops.formula(formulas.add(bell(), mul(bell(), mul(scalar("a"), scalar("b")))), { x, a: 2, b: 3 });
  const formulaNodes = graph.nodes.slice(before).map(({ attributes }) => attributes.formula);
  assertEquals(formulaNodes, ["mul", "affine", "exponential", "affine", "add"]);
  assertEquals(ops.formula(vector("x"), { x }), x);
  const chosen = formulas.select(formulas.greater(scalar("a"), 1), vector("x"), exp(vector("x")));
  assert(ops.formula(chosen, { x, a: 2 }) === x);
});

Deno.test("what is wrong with a formula is said", () => {
  const graph = new Graph({ batch: 2 });
  const x = graph.input("x", [2, 3]);
  const e = mul(vector("x"), scalar("factor"));
  const refused: readonly [() => unknown, string][] = [
    [() => ops.formula(e, { x }), 'Cannot apply formula: it needs a value for "factor"'],
    [
      () => ops.formula(e, { x, factor: 2, facto: 1 } as Any),
      'it has no "facto"; did you mean "factor"? It has: x, factor',
    ],
    [() => ops.formula(e, { x, factor: "2" } as Any), 'factor must be a tensor of the graph that is traced, got "2"'],
    [() => ops.formula(e, { x: 1, factor: 2 }), "it must depend on a tensor, but it is one number"],
    [() => ops.formula(x as Any, {}), "it must be an expression made by formulas"],
    [
      () => ops.formula({ kind: "apply", primitive: "constructor", operands: [] } as Any, {}),
      "it must be an expression",
    ],
    [
      () => ops.formula({ kind: "apply", primitive: "add", operands: [vector("x")] } as Any, {}),
      "it must be an expression",
    ],
    [() => ops.formula(e, null as Any), "values must be an object, got null"],
  ];
  for (const [make, message] of refused) assertThrows(make, TypeError, message);
  assertThrows(() => (formulas as Any).multiply, TypeError, "formulas.mul");
});
