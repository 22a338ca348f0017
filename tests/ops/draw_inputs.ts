import { RandomStream } from "../../src/tensor/random_stream.ts";
import { sizeOf } from "../../src/tensor/size_of.ts";
import type { OpSample } from "./op_sample.ts";

/** The step that dropout samples run at. */
const STEP = 0xfffffff7;

/** Input data for a sample, always the same: float32 numbers held in float64. */
export function drawInputs({ inputs }: OpSample, seed = 1): Float64Array[] {
  const random = new RandomStream(seed, 77);
  const last = inputs.find(({ draw }) => draw === "normal")?.shape.at(-1) ?? 1;
  const width = inputs.find(({ draw, shape }) => draw !== "labels" && shape.length > 1)?.shape.at(-1) ?? last;
  return inputs.map(({ shape, draw }) => {
    const values = new Float64Array(sizeOf(shape));
    for (let i = 0; i < values.length; i++) {
      if (draw === "normal") values[i] = Math.fround(3 * random.nextNormal());
      else if (draw === "distribution") values[i] = Math.exp(random.nextNormal());
      else if (draw === "labels") values[i] = random.nextInteger(width);
      else if (draw === "ones") values[i] = 1;
      else if (draw === "tied") values[i] = random.nextInteger(2);
      else values[i] = STEP;
    }
    if (draw === "distribution") {
      for (let at = 0; at < values.length; at += width) {
        const row = values.subarray(at, at + width);
        const sum = row.reduce((a, b) => a + b, 0);
        row.forEach((v, j) => row[j] = Math.fround(v / sum));
      }
    }
    return values;
  });
}
