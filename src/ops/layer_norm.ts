import { layerNorm as layerNormBody } from "../kernels/bodies/layer_norm.ts";
import { formatShape } from "../tensor/format_shape.ts";
import { placeParts } from "../tensor/place_parts.ts";
import type { Shape } from "../tensor/shape.ts";
import { partsOf, type Symbolic } from "../tensor/symbolic.ts";
import { checkRows } from "./check_rows.ts";
import { costOfPass } from "./cost_of_pass.ts";
import { at, count, matrixOf, none, type OpOfParts, read, type ReferenceValue, write } from "./op.ts";
import { splitRows } from "./split_rows.ts";

/**
 * Normalises every row of the last axis: y = (x − μ) / √(σ² + epsilon) · scale + offset, with the row's mean μ and population variance σ².
 *
 * x [..., width], scale [width], offset [width] → y [..., width], statistics [..., 2]: μ and 1 / √(σ² + epsilon). Attributes: `epsilon`;
 * `center`, false for μ = 0, so that σ² is the mean square (RMSNorm); `inputs`, what is given behind x, of "scale", "offset".
 *
 * Sources: Ba et al., Layer normalization, 2016; Zhang and Sennrich, Root mean square layer normalization, 2019.
 */
export const layerNorm: OpOfParts = {
  takes: { inputs: [1, 3], needs: ["epsilon", "center", "inputs"] },
  shapes([x, ...others], attributes) {
    checkRows("layer_norm", x);
    const names = attributes.inputs as readonly string[];
    if (names.length !== others.length) {
      throw new TypeError(
        `Cannot apply layer_norm: inputs names ${names.length} tensors behind x, got ${others.length}`,
      );
    }
    others.forEach((shape, i) => {
      if (formatShape(shape) !== formatShape(x.slice(-1))) {
        throw new TypeError(
          `Cannot apply layer_norm: ${names[i]} must have one element a column, shape ${
            formatShape(x.slice(-1))
          }, got ${formatShape(shape)}`,
        );
      }
    });
    return [x, statisticsShape(x)];
  },

  differentiate(g, node, [dy, dStatistics]) {
    if (dy === null || dStatistics !== null) throw new Error("The statistics of layer_norm have no gradient");
    const [x] = node.inputs;
    const [, statistics] = partsOf(g, node);
    const { scale } = named(node);
    const dx = g.apply("layer_norm_backward", scale === undefined ? [dy, x, statistics] : [dy, x, statistics, scale], {
      center: node.attributes.center,
    });
    const others: Readonly<Record<string, () => Symbolic>> = {
      scale: () => g.apply("layer_norm_scale_backward", [dy, x, statistics]),
      offset: () => g.apply("sum_columns", [dy]),
    };
    return [dx, ...(node.attributes.inputs as readonly string[]).map((name) => others[name]())];
  },

  evaluate(inputs, node) {
    const [x] = inputs;
    const { width, rows } = matrixOf(x.shape);
    const names = node.attributes.inputs as readonly string[];
    const given = (name: string): ReferenceValue | undefined => inputs[1 + names.indexOf(name)];
    const [scale, offset] = ["scale", "offset"].map((name) => names.includes(name) ? given(name)!.data : null);
    const { offsets: [, statistics], elements } = placeParts(node.parts!);
    const y = new Float64Array(elements);
    const [g, o] = [scale, offset].map((data) => data === null ? -1 : 0);
    const { epsilon, center } = node.attributes as { epsilon: number; center: boolean };
    layerNormBody(y, 0, y, statistics, x.data, 0, scale ?? y, g, offset ?? y, o, rows, width, epsilon, center ? 1 : 0);
    return y;
  },

  lower({ node, output, inputs, call }) {
    const [x, ...others] = inputs;
    const names = node.attributes.inputs as readonly string[];
    const given = (name: string) => names.includes(name) ? read(others[names.indexOf(name)], 0) : none;
    const { split, rows, width, stride } = splitRows(node, node.inputs[0].shape);
    const { offsets } = placeParts(node.parts!);
    call("layer_norm_forward", [
      write(output, stride),
      write(at(output, offsets[1]), 2 * rows),
      read(x, stride),
      given("scale"),
      given("offset"),
      count(rows),
      width,
      node.attributes.epsilon as number,
      node.attributes.center ? 1 : 0,
    ], split);
  },

  cost: (node) => costOfPass(node, 8),
};

/** The shape of the statistics of x: two numbers a row. */
function statisticsShape(x: Shape): Shape {
  return [...x.slice(0, -1), 2];
}

/** The inputs behind x, by name. */
function named(node: Symbolic): Readonly<Record<string, Symbolic | undefined>> {
  const names = node.attributes.inputs as readonly string[];
  return Object.fromEntries(names.map((name, i) => [name, node.inputs[1 + i]]));
}
