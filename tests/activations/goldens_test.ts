import { assert, assertEquals } from "@std/assert";
import { activationFormulas } from "../../src/activations/formulas.ts";
import { activationTable } from "../../src/activations/gen/table.ts";
import { resolveActivation } from "../../src/activations/resolve_activation.ts";
import { differentiate } from "../../src/graph/differentiate.ts";
import { evaluateGraph } from "../../src/graph/evaluate_graph.ts";
import { Graph } from "../../src/graph/graph.ts";
import { map } from "../../src/tensor/symbolic.ts";
import type { Json } from "../../src/tensor/json.ts";

/** What tests/golden/activations.py writes. */
interface Goldens {
  readonly x: number[];
  readonly elementwise: {
    id: string;
    options: Record<string, Json>;
    y: (number | "Infinity")[];
    dx: (number | "Infinity")[];
  }[];
  readonly rows: { id: string; shape: number[]; x: number[]; dy: number[]; y: number[]; dx: number[] }[];
}

const goldens: Goldens = JSON.parse(Deno.readTextFileSync(new URL("../golden/activations.json", import.meta.url)));

/** y = f(x) and dx = dy · f'(x), by the float64 reference of the graph. */
function run(id: string, config: Record<string, Json>, shape: number[], x: number[], dy: number[]): Float64Array[] {
  const graph = new Graph();
  const leaf = graph.variable("x", shape);
  const y = resolveActivation({ id, config }).apply(graph, leaf);
  const weights = graph.input("dy", shape);
  const [dx] = differentiate(graph, graph.apply("sum_all", [map(graph, "mul", [y, weights])]), [leaf]);
  return evaluateGraph([y, dx!], (node) => Float64Array.from(node === leaf ? x : dy));
}

/**
 * 1e-12 of the value: both sides round some ten times at 1.1e-16. Where the table says that terms cancel, 1e-12 of what they
 * cancel from instead: of |x| up to 25 (beyond, every activation is 0, ±1, linear or saturated), or of 1.
 */
function bound(of: "value" | "argument" | "one" | undefined, x: number, want: number): number {
  const scale = of === "one" ? 1 : of === "argument" && Math.abs(x) < 25 ? Math.abs(x) : 0;
  return 1e-12 * Math.max(Math.abs(want), scale);
}

for (const { id, options, y, dx } of goldens.elementwise) {
  Deno.test(`${id} ${JSON.stringify(options)}: values and derivatives are PyTorch's or mpmath's`, () => {
    const { x } = goldens;
    const [gotY, gotDx] = run(id, options, [x.length], x, x.map(() => 1));
    const { tolerance } = activationTable[id as keyof typeof activationTable];
    x.forEach((at, i) => {
      const wantY = Number(y[i]);
      const wantDx = Number(dx[i]);
      if (wantY === Infinity) return assertEquals([gotY[i], gotDx[i]], [Infinity, Infinity], `at ${at}`);
      const { forward, backward } = tolerance;
      assert(Math.abs(gotY[i] - wantY) <= bound(forward.of, at, wantY), `y(${at}) is ${gotY[i]}, wanted ${wantY}`);
      assert(
        Math.abs(gotDx[i] - wantDx) <= bound(backward.of, at, wantDx),
        `y'(${at}) is ${gotDx[i]}, wanted ${wantDx}`,
      );
    });
  });
}

for (const { id, shape, x, dy, y, dx } of goldens.rows) {
  Deno.test(`${id}: values and derivatives of rows are PyTorch's (|x| to ${Math.max(...x).toFixed(0)})`, () => {
    const [gotY, gotDx] = run(id, {}, shape, x, dy);
    // dx = y (dy − Σ dy·y) cancels, so its error is measured against 1.
    y.forEach((want, i) =>
      assert(Math.abs(gotY[i] - want) <= 1e-12 * Math.abs(want) + 1e-300, `y[${i}] is ${gotY[i]}, wanted ${want}`)
    );
    dx.forEach((want, i) => assert(Math.abs(gotDx[i] - want) <= 1e-12, `dx[${i}] is ${gotDx[i]}, wanted ${want}`));
  });
}

Deno.test("every activation and every formula has golden values", () => {
  const known = new Set([...goldens.elementwise, ...goldens.rows].map(({ id }) => id));
  const flat = ["step", "sign"]; // flat_test.ts
  assertEquals(Object.keys(activationTable).filter((id) => !known.has(id)), flat);
  const used = new Set<unknown>();
  for (const { id, options } of goldens.elementwise) {
    const graph = new Graph();
    used.add(resolveActivation({ id, config: options }).apply(graph, graph.input("x", [1])).attributes.formula);
  }
  assertEquals(activationFormulas.map((row) => row.id).filter((id) => !used.has(id)), []);
});
