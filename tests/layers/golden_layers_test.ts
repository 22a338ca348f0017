import { layerTable } from "../../src/layers/gen/table.ts";
import golden from "../golden/layers.json" with { type: "json" };
import { checkGoldenLayer, type GoldenLayer } from "./golden_layer.ts";

for (const numerics of ["fast", "portable"] as const) {
  for (const [i, given] of (golden.cases as unknown as GoldenLayer[]).entries()) {
    const row = layerTable[given.type as keyof typeof layerTable];
    Deno.test(`${given.type} ${i} ${JSON.stringify(given.options)} agrees with PyTorch, ${numerics}`, () =>
      checkGoldenLayer(given, () => row.create(given.options), numerics));
  }
}
