import { checkPlainObject } from "../errors/check_plain_object.ts";
import { describeValue } from "../errors/describe_value.ts";
import { evaluateFormula } from "../formula/evaluate.ts";
import type { Formula } from "../formula/formula.ts";
import { formatShape } from "../tensor/format_shape.ts";
import type { Json } from "../tensor/json.ts";
import type { Attributes, Symbolic } from "../tensor/symbolic.ts";
import { formulaOf, formulaRowOf } from "./formulas.ts";
import { count, matrixOf, type Op, read, write } from "./op.ts";
import { splitElements } from "./split_elements.ts";

function formulaIn(attributes: Attributes): Formula {
  return formulaOf(attributes.formula as string, (attributes.by ?? null) as string | null);
}

function scalarsIn(attributes: Attributes, formula: Formula): number[] {
  const scalars = (attributes.scalars ?? {}) as Readonly<Record<string, number>>;
  return formula.scalars.map((name) => scalars[name]);
}

/**
 * An elementwise formula: y[i] = f(inputs[…][i]; scalars).
 *
 * Attributes: `formula` (a formula's id), `scalars` (by name), `by` (for a backward pass, the vector it derives by).
 */
export const map: Op = {
  takes: { inputs: [1, 8], needs: ["formula"], may: ["scalars", "by"] },
  inPlace: true,

  shape(inputs, attributes) {
    checkFormula(formulaIn(attributes), inputs.length, attributes);
    for (const shape of inputs) {
      if (formatShape(shape) !== formatShape(inputs[0])) {
        throw new TypeError(
          `Cannot apply ${attributes.formula}: shapes must be equal, got ${inputs.map(formatShape).join(" and ")}`,
        );
      }
    }
    return inputs[0];
  },

  differentiate(g, node, dy) {
    const row = formulaRowOf(node.attributes.formula as string);
    const sources = new Map<string, Symbolic>([["dy", dy], ["y", node]]);
    row.forward.vectors.forEach((name, i) => sources.set(name, node.inputs[i]));
    return row.forward.vectors.map((name) => {
      if (!row.by.includes(name)) return null;
      const backward = formulaOf(row.id, name);
      const result = backward.outputs["y"];
      if (result.kind === "vector") return sources.get(result.name)!;
      const inputs = backward.vectors.map((v) => sources.get(v)!);
      return g.apply("map", inputs, { ...node.attributes, by: name });
    });
  },

  evaluate(inputs, node) {
    const formula = formulaIn(node.attributes);
    return evaluateFormula(formula, inputs.map((v) => v.data), scalarsIn(node.attributes, formula))["y"];
  },

  lower({ node, output, inputs, call }) {
    const formula = formulaIn(node.attributes);
    const scalars = scalarsIn(node.attributes, formula);
    const { split, stride } = splitElements(node);
    call(formula.name, [
      write(output, stride),
      ...inputs.map((ref) => read(ref, stride)),
      ...scalars,
      count(stride),
    ], split);
  },

  cost(node) {
    const { rows, width } = matrixOf(node.shape);
    return { flops: 10 * rows * width, bytes: 4 * rows * width * (1 + node.inputs.length) };
  },
};

/** Checks that a formula gets as many tensors as it reads, and its scalars by name. */
function checkFormula({ vectors, scalars }: Formula, inputs: number, attributes: Attributes): void {
  const what = `apply ${attributes.formula}`;
  if (inputs !== vectors.length) {
    throw new TypeError(`Cannot ${what}: it takes ${vectors.length} tensors (${vectors.join(", ")}), got ${inputs}`);
  }
  const given = (attributes.scalars ?? {}) as Readonly<Record<string, Json>>;
  checkPlainObject(what, "scalars must be an object", given);
  // A backward pass gets those of the forward pass, and may need fewer.
  const unknown = (attributes.by ?? null) === null
    ? Object.keys(given).find((name) => !scalars.includes(name))
    : undefined;
  if (unknown !== undefined) {
    const list = scalars.length === 0 ? "it has none" : `scalars are: ${scalars.join(", ")}`;
    throw new TypeError(`Cannot ${what}: unknown scalar ${describeValue(unknown)}; ${list}`);
  }
  for (const name of scalars) {
    if (typeof given[name] === "number") continue;
    throw new TypeError(`Cannot ${what}: scalar ${name} must be a number, got ${describeValue(given[name])}`);
  }
}
