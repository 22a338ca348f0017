import fc from "fast-check";
import { type FunctionalModel, input, Layer, type LayerOutput, layers, model, type Predictions } from "../../mod.ts";
import type { Symbolic, Tracing } from "../../mod.ts";

/** The choices that make a model: its inputs, for every call of a layer what it is and what it reads, and its outputs. */
export const modelChoices = fc.record({
  rows: fc.integer({ min: 1, max: 5 }),
  inputs: fc.array(fc.integer({ min: 1, max: 5 }), { minLength: 1, maxLength: 3 }),
  calls: fc.array(
    fc.record({ kind: fc.nat(13), a: fc.nat(1000), b: fc.nat(1000), size: fc.integer({ min: 1, max: 5 }) }),
    {
      minLength: 1,
      maxLength: 12,
    },
  ),
  outputs: fc.array(fc.record({ which: fc.nat(1000), loss: fc.nat(3), weight: fc.integer({ min: 0, max: 3 }) }), {
    minLength: 1,
    maxLength: 3,
  }),
  seed: fc.nat(10_000),
});

/** The choices of one model. */
export type ModelChoices = typeof modelChoices extends fc.Arbitrary<infer T> ? T : never;

/** Gives the sum and the difference of what it is given. */
class SumAndDifference extends Layer {
  constructor() {
    super("sum_and_difference");
  }
  override call(t: Tracing, a: Symbolic, b: Symbolic): readonly Symbolic[] {
    return [t.ops.add(a, b), t.ops.subtract(a, b)];
  }
}

const LOSSES = ["mean_squared_error", "log_cosh", "huber"] as const;

/** The width of a tensor between layers. */
const widthOf = ({ sampleShape }: LayerOutput): number => sampleShape[0]!;

/**
 * A model of rank-2 tensors: branches, joins, layers with two results, models as layers, dense layers and models that are called again
 * wherever the width fits, and outputs of which some are not trained. It is compiled; every input is read.
 */
export function makeModel(
  { inputs: widths, calls, outputs: chosen, seed }: ModelChoices,
): FunctionalModel<Predictions> {
  const inputs = widths.map((width, i) => input({ shape: [width], name: `in${i}` }));
  const pool: LayerOutput[] = [...inputs];
  const known: { readonly width: number; apply(x: LayerOutput): readonly LayerOutput[] }[] = [];
  const remember = (width: number, apply: (x: LayerOutput) => readonly LayerOutput[]) => {
    known.push({ width, apply });
    return apply;
  };
  for (const { kind, a, b, size } of calls) {
    const first = pool[a % pool.length];
    const alike = pool.filter((node) => widthOf(node) === widthOf(first));
    const second = alike[b % alike.length];
    const tanh = (x: LayerOutput): LayerOutput => layers.activation({ activation: "tanh" }).apply(x);
    switch (kind) {
      case 0:
      case 1: {
        const dense = layers.dense({
          units: size,
          activation: kind === 0 ? "tanh" : "linear",
          kernelRegularizer: "l2",
        });
        pool.push(...remember(widthOf(first), (x) => [dense.apply(x)])(first));
        break;
      }
      case 2: // layers and models that are there already
      case 3:
      case 4: {
        const fitting = known.filter(({ width }) => width === widthOf(first));
        if (fitting.length > 0) pool.push(...fitting[b % fitting.length].apply(first));
        break;
      }
      case 5:
        pool.push(layers.add().apply([first, second]));
        break;
      case 6:
        pool.push(tanh(layers.multiply().apply([first, second, first]))); // products of products stay small
        break;
      case 7:
        pool.push(layers.concatenate().apply([first, pool[b % pool.length]]));
        break;
      case 8:
        pool.push(layers.maximum().apply([first, second]));
        break;
      case 9:
        pool.push(layers.dropout({ rate: 0.3 }).apply(first));
        break;
      case 10:
        pool.push(...new SumAndDifference().apply<readonly LayerOutput[]>([first, second]));
        break;
      case 11: { // a model with two outputs as a layer
        const given = input({ shape: [widthOf(first)] });
        const hidden = layers.dense({ units: size, activation: "sigmoid" }).apply(given);
        const inner = model({ inputs: given, outputs: [hidden, layers.dense({ units: 2 }).apply(hidden)] });
        pool.push(...remember(widthOf(first), (x) => inner.apply<readonly LayerOutput[]>(x))(first));
        break;
      }
      case 12:
        pool.push(layers.layerNormalization().apply(layers.dense({ units: size + 1 }).apply(first)));
        break;
      default:
        pool.push(layers.average().apply([first, second, second]));
    }
  }
  const outputs = chosen.map(({ which }) => pool[pool.length - 1 - which % Math.min(pool.length, 4)]);
  const all = layers.concatenate({ name: "all" }).apply([...inputs, ...outputs]);
  const m = model({ inputs, outputs: [...outputs, layers.dense({ units: 2, name: "end" }).apply(all)] }, { seed });
  m.compile({
    optimizer: "sgd",
    loss: [...chosen.map(({ loss }) => loss === 3 ? null : LOSSES[loss]), "mean_squared_error"],
    lossWeights: [...chosen.map(({ loss, weight }) => loss === 3 ? null : weight / 2), 1],
  });
  return m;
}
