import { assert, assertEquals } from "@std/assert";
import fc from "fast-check";
import { load } from "../../src/edge/edge.ts";
import { Layer } from "../../src/layers/layer.ts";
import type { Tracing } from "../../src/layers/tracing.ts";
import * as layers from "../../src/layers/layers.ts";
import { compileModel } from "../../src/export/compile_model.ts";
import { describeCompiled } from "../../src/export/describe_compiled.ts";
import { type Sequential, sequential } from "../../src/models/sequential.ts";
import { toModule } from "../../src/export/to_module.ts";
import type { Symbolic } from "../../src/tensor/symbolic.ts";
import { draw, scramble } from "./sample_models.ts";

const SAMPLES = 5;

/** Compares both engines, the module and the report with `model.predict`, for a model whose numbers are about 1. */
async function compare(model: Sequential, what: string): Promise<void> {
  const { inputs: [shape] } = model.network.settle(null);
  const width = shape.reduce((a, b) => a * b, 1);
  const x = draw(SAMPLES * width, 9);
  const want = model.predict({ data: x, shape: [SAMPLES, ...shape] }).data;
  const largest = want.reduce((a, b) => Math.max(a, Math.abs(b)), 1);
  const near = (found: ArrayLike<number>, by: string): void => {
    assertEquals(found.length, want.length);
    want.forEach((w, i) => {
      assert(Math.abs(found[i] - w) <= 2e-5 * largest, `${what}, ${by} [${i}]: ${found[i]}, wanted ${w}`);
    });
  };
  for (const weights of ["float32", "float16"] as const) {
    const bytes = compileModel(model, { weights, calibration: { data: x, shape: [SAMPLES, ...shape] } });
    const found = load(bytes).predictBatch(x);
    const { report } = describeCompiled(bytes);
    const error = found.reduce((most, v, i) => Math.max(most, Math.abs(v - want[i])), 0);
    assert(
      Math.abs(error - report!.maxError) <= 2e-5 * largest,
      `${what}: reported ${report!.maxError}, found ${error}`,
    );
    if (weights === "float16") continue;
    near(found, "wasm");
    near(load(bytes, { engine: "javascript" }).predictBatch(x), "javascript");
  }
  const module = await import(`data:text/javascript,${encodeURIComponent(toModule(model))}`);
  const samples = Array.from({ length: SAMPLES }, (_, i) => nest(x.subarray(i * width, (i + 1) * width), shape));
  near((module.predict(samples) as unknown[]).flat(Infinity) as number[], "module");
}

function nest(data: Float32Array, [first, ...rest]: readonly number[]): unknown {
  if (rest.length === 0) return [...data];
  return Array.from(
    { length: first },
    (_, i) => nest(data.subarray(i * data.length / first, (i + 1) * data.length / first), rest),
  );
}

Deno.test("a normalization behind dense and a change of shape is not dropped", async () => {
  const between: Record<string, layers.Layer[]> = {
    flatten: [layers.flatten()],
    reshape: [layers.reshape({ targetShape: [2, 6] })],
    "reshape and back": [layers.reshape({ targetShape: [12] }), layers.reshape({ targetShape: [3, 4] })],
  };
  for (const [name, reshaping] of Object.entries(between)) {
    const model = scramble(sequential([
      layers.dense({ units: 4, inputShape: [3, 2] }),
      ...reshaping,
      layers.normalization(),
      layers.dense({ units: 2 }),
    ]));
    await compare(model, name);
    const { operations } = describeCompiled(compileModel(model, { weights: "float16" }));
    assertEquals(operations.includes("matmul"), true);
    assertEquals(operations.length, name === "reshape and back" ? 2 : 3, `${name}: ${operations}`);
  }
});

Deno.test("any stack of layers that scale, reshape and multiply compiles to what it is", async () => {
  const step = fc.tuple(fc.nat({ max: 6 }), fc.nat({ max: 5 }));
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 7 }), async (steps) => {
      let shape = [2, 6];
      const stack = steps.map(([kind, size], i) => {
        const inputShape = i === 0 ? { inputShape: shape } : {};
        const elements = shape.reduce((a, b) => a * b, 1);
        switch (kind) {
          case 0:
            shape = [...shape.slice(0, -1), size + 1];
            return layers.dense({ units: size + 1, ...inputShape });
          case 1:
            shape = [elements];
            return layers.flatten(inputShape);
          case 2: {
            const last = [1, 2, 3, 4, 6].filter((n) => elements % n === 0)[size % 2];
            shape = [elements / last, last];
            return layers.reshape({ targetShape: shape, ...inputShape });
          }
          case 3:
            return layers.rescaling({ scale: 0.5, offset: size, ...inputShape });
          case 4:
            return layers.activation({ activation: "relu", ...inputShape });
          default:
            return layers.normalization(inputShape);
        }
      });
      await compare(scramble(sequential(stack)), stack.map((layer) => layer.type).join(", "));
    }),
    { seed: 5, numRuns: 60 },
  );
});

/** Two branches that scale one input, or one product, by other numbers, and meet again. */
class Branches extends Layer {
  constructor(readonly kind: "input" | "product" | "reshaped") {
    super("branches", { inputShape: [4] }, []);
  }
  override get config(): Record<string, never> {
    return {};
  }
  protected override build(): void {
    const initializer = {
      id: "drawn",
      config: {},
      initialize: (s: readonly number[]) => draw(s.reduce((a, b) => a * b, 1), 3),
    };
    for (const name of ["a", "b"]) this.addWeight({ name, shape: [4], initializer });
    for (const name of ["kernel", "other"]) this.addWeight({ name, shape: [4, 4], initializer });
  }
  override call(t: Tracing, x: Symbolic): Symbolic {
    const g = t.graph;
    const multiply = (value: Symbolic): Symbolic => g.apply("matmul", [value, t.weight("kernel")]);
    const source = this.kind === "input" ? x : multiply(x);
    const seen = this.kind === "reshaped" ? g.apply("reshape", [source], { shape: [x.shape[0], 4] }) : source;
    const scaled = [seen, source].map((value, i) => g.apply("scale_columns", [value, t.weight(i === 0 ? "a" : "b")]));
    // One kernel is used three times, once transposed.
    const [left, right] = scaled.map(multiply);
    const turned = g.apply("matmul", [scaled[0], t.weight("kernel")], { transposeB: true });
    const sum = g.apply("map", [left, right], { formula: "add" });
    return g.apply("map", [sum, g.apply("map", [turned, source], { formula: "add" })], { formula: "add" });
  }
}

Deno.test("branches that scale one value do not overwrite each other", async () => {
  for (const kind of ["input", "product", "reshaped"] as const) {
    const model = scramble(sequential([new Branches(kind)]));
    await compare(model, kind);
    assertEquals(
      "normalization" in describeCompiled(compileModel(model)).inputs[0],
      false,
      "the input is read as it is too",
    );
  }
});

Deno.test("what an input is scaled by is told where it fits the input's columns", () => {
  const port = (...stack: layers.Layer[]) => describeCompiled(compileModel(scramble(sequential(stack)))).inputs[0];
  assertEquals(port(layers.normalization({ inputShape: [2, 3] })).normalization?.scale.length, 3);
  const turned = port(layers.reshape({ targetShape: [3, 2], inputShape: [2, 3] }), layers.normalization());
  assertEquals(turned.normalization, undefined);
});
