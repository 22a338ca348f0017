import { assert, assertAlmostEquals, assertEquals } from "@std/assert";
import { type FunctionalModel, input, Layer, model, ops, type Symbolic, toModule, type Tracing } from "../../mod.ts";
import { load } from "../../src/edge/blocks.ts";
import { compileModel } from "../../src/export/compile_model.ts";
import { constant } from "../../src/initializers/constant.ts";
import { cases, describeCase, type PublicCase } from "../compose/public_case.ts";

/** So many cases of every op are tried. */
const MOST = 5;
/** Float32 along another path, of numbers that are not far from 1. */
const TOLERANCE = 1e-5;

const sizeOf = (shape: readonly number[]): number => shape.reduce((a, b) => a * b, 1);

/** The op of a case as a layer: tensors with a row for every sample come side by side in x, the others are weights. */
class CaseLayer extends Layer {
  readonly #case: PublicCase;
  readonly #batch: readonly boolean[];

  constructor(one: PublicCase, batch: readonly boolean[]) {
    super("case", {}, []);
    this.#case = one;
    this.#batch = batch;
  }

  override get config() {
    return this.commonConfig();
  }

  protected override build(): void {
    this.#case.tensors.forEach(({ shape }, i) => {
      if (!this.#batch[i]) this.addWeight({ name: `w${i}`, shape, initializer: constant({ value: 0 }) });
    });
  }

  override call(t: Tracing, x: Symbolic): Symbolic {
    const [batch] = x.shape;
    let from = 0;
    const leaves = this.#case.tensors.map(({ shape }, i): Symbolic => {
      if (!this.#batch[i]) return t.weight(`w${i}`);
      const width = sizeOf(shape.slice(1));
      from += width;
      return t.ops.reshape(t.ops.slice(x, [0, from - width], [batch, width]), [batch, ...shape.slice(1)]);
    });
    const fill = (arg: unknown): unknown =>
      Array.isArray(arg)
        ? arg.map(fill)
        : typeof arg === "string" && arg.startsWith("$")
        ? leaves[Number(arg.slice(1))]
        : typeof arg === "object" && arg !== null
        ? Object.fromEntries(Object.entries(arg).map(([key, value]) => [key, fill(value)]))
        : arg;
    const given = (ops[this.#case.op] as (...args: unknown[]) => Symbolic | Symbolic[])(...this.#case.args.map(fill));
    return Array.isArray(given) ? t.ops.concatenate(given.map((y) => t.ops.reshape(y, [y.shape[0], -1]))) : given;
  }
}

/** A case as a model and samples for it; null where it does not keep the batch. */
function modelOf(one: PublicCase): { net: FunctionalModel; x: number[][] } | null {
  const [rows] = one.tensors[0].shape;
  if (rows === 1) return null; // what holds for one row alone is not told apart
  const batch = one.tensors.map(({ shape }, i) => i === 0 || shape.length > 1 && shape[0] === rows);
  const width = one.tensors.reduce((sum, { shape }, i) => sum + (batch[i] ? sizeOf(shape.slice(1)) : 0), 0);
  const source = input({ shape: [width] });
  let net: FunctionalModel;
  try {
    net = model({ inputs: source, outputs: new CaseLayer(one, batch).apply(source) }) as FunctionalModel;
  } catch (error) {
    if (error instanceof TypeError || error instanceof RangeError) return null;
    throw error;
  }
  net.setWeights(Object.fromEntries(net.weights.map(({ name }) => {
    const { shape, data } = one.tensors[Number(/\d+$/.exec(name)![0])];
    return [name, { data: Float32Array.from(data), shape: [...shape] }];
  })));
  const x = Array.from({ length: rows }, (_, r) =>
    one.tensors.flatMap(({ shape, data }, i) => {
      const each = sizeOf(shape.slice(1));
      return batch[i] ? data.slice(r * each, (r + 1) * each) : [];
    }));
  return { net, x };
}

Deno.test("every public op that works sample by sample is compiled for the edge, and gives what the model gives", async () => {
  const tried = new Map<string, number>(), done = new Map<string, number>();
  for (const one of cases) {
    const { op } = one;
    if ((tried.get(op) ?? 0) >= MOST || one.tensors[0].shape.length === 0) continue;
    const found = modelOf(one);
    if (found === null) continue;
    tried.set(op, (tried.get(op) ?? 0) + 1);
    const { net, x } = found;
    let bytes: Uint8Array;
    try {
      bytes = compileModel(net);
    } catch (error) {
      // Along the batch: with other numbers of samples the values are others.
      assert(
        /does not work sample by sample|keep the batch axis first|must depend on its input/.test(`${error}`),
        `${describeCase(one)}: ${error}`,
      );
      continue;
    }
    const wanted = net.predict(x).data;
    const module = await import(`data:text/javascript,${encodeURIComponent(toModule(net))}`);
    const results = {
      wasm: load(bytes).predict(x),
      javascript: load(bytes, { engine: "javascript" }).predict(x),
      module: module.predict(x),
    };
    for (const [where, values] of Object.entries(results)) {
      const flat = (values as number[]).flat(Infinity as 1);
      assertEquals(flat.length, wanted.length);
      wanted.forEach((v, i) =>
        assertAlmostEquals(flat[i], v, TOLERANCE * Math.max(1, Math.abs(v)), `${where}, ${describeCase(one)}`)
      );
    }
    done.set(op, (done.get(op) ?? 0) + 1);
  }
  const missing = Object.keys(ops).filter((op) => !done.has(op));
  // Their cases state the length of the batch, or take from it; layers that use them are in tests/layers/samples.ts and hostile_blocks_test.ts.
  assertEquals(missing, ["broadcastTo", "pad", "reshape", "slice", "take"]);
});
