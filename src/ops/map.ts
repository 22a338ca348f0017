import { checkPlainObject } from "../errors/check_plain_object.ts";
import { describeValue } from "../errors/describe_value.ts";
import { evaluateFormula } from "../formula/evaluate.ts";
import type { Formula } from "../formula/formula.ts";
import { formatShape } from "../tensor/format_shape.ts";
import { sizeOf } from "../tensor/size_of.ts";
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
 * Attributes: `formula` (a formula's id), `scalars` (by name), `by` (for a backward pass, the vector it derives by), `flat` (the name of an
 * activation without slope, which refuses that gradients are asked for). A formula with cells
 * takes them as its last input: a tensor of so many numbers, or a single number. Nothing flows back to them.
 */
export const map: Op = {
  takes: { inputs: [1, 8], needs: ["formula"], may: ["scalars", "by", "flat"] },
  inPlace: true,

  shape(inputs, attributes) {
    const formula = formulaIn(attributes);
    checkFormula(formula, inputs.length, attributes);
    for (const shape of inputs.slice(0, formula.vectors.length)) {
      if (formatShape(shape) !== formatShape(inputs[0])) {
        throw new TypeError(
          `Cannot apply ${attributes.formula}: shapes must be equal, got ${inputs.map(formatShape).join(" and ")}`,
        );
      }
    }
    const cells = formula.cells.length;
    if (cells > 0 && sizeOf(inputs[formula.vectors.length]) !== cells) {
      const found = formatShape(inputs[formula.vectors.length]);
      throw new TypeError(`Cannot apply ${attributes.formula}: its cells must be ${cells} numbers, got ${found}`);
    }
    return inputs[0];
  },

  differentiate(g, node, dy) {
    if (node.attributes.flat !== undefined) throw refuseFlat(node);
    const row = formulaRowOf(node.attributes.formula as string);
    const sources = new Map<string, Symbolic>([["dy", dy], ["y", node]]);
    row.forward.vectors.forEach((name, i) => sources.set(name, node.inputs[i]));
    return node.inputs.map((_, i) => {
      const name = row.forward.vectors[i];
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
    const values = inputs.map((v) => v.data);
    const vectors = values.splice(0, formula.vectors.length);
    return evaluateFormula(formula, vectors, [
      ...scalarsIn(node.attributes, formula),
      ...values.flatMap((v) => [...v]),
    ])["y"];
  },

  lower({ node, output, inputs, call }) {
    const formula = formulaIn(node.attributes);
    const scalars = scalarsIn(node.attributes, formula);
    const { split, stride } = splitElements(node);
    call(formula.name, [
      write(output, stride),
      ...inputs.map((ref, i) => read(ref, i < formula.vectors.length ? stride : 0)),
      ...scalars,
      count(stride),
    ], split);
  },

  cost(node) {
    const { rows, width } = matrixOf(node.shape);
    return { flops: 10 * rows * width, bytes: 4 * rows * width * (1 + node.inputs.length) };
  },
};

/** The error for gradients through an activation that has no slope: nothing would reach the weights before it. */
function refuseFlat({ attributes, layer }: Symbolic): TypeError {
  return new TypeError(
    `Cannot train${
      layer === "" ? "" : ` layer "${layer}"`
    } with gradients: its activation must have a slope, and the derivative of ` +
      `"${attributes.flat}" is 0 wherever it has one, so that no weight before it would change; use an optimizer without gradients, such as ` +
      'optimizers.geneticAlgorithm(), or an activation such as "sigmoid" or "tanh"',
  );
}

/** Checks that a formula gets as many tensors as it reads, and its scalars by name. */
function checkFormula({ vectors, scalars, cells }: Formula, inputs: number, attributes: Attributes): void {
  const what = `apply ${attributes.formula}`;
  const names = [...vectors, ...(cells.length > 0 ? [`cells [${cells.join(", ")}]`] : [])];
  if (inputs !== names.length) {
    throw new TypeError(`Cannot ${what}: it takes ${names.length} tensors (${names.join(", ")}), got ${inputs}`);
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
