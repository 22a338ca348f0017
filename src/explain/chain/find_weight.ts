import { describeValue } from "../../errors/describe_value.ts";
import { nearestName } from "../../errors/nearest_name.ts";
import { formatShape } from "../../tensor/format_shape.ts";
import type { ChainRule, Station } from "./chain_rule.ts";
import { type Names, splitName } from "./names.ts";

/** A weight by the name that a user gave. */
export interface FoundWeight {
  readonly station: Station;
  /** Its name in the order that is asked for: `dense/kernel[0,0]`, or `w[1][1][1]`. */
  readonly name: string;
}

/**
 * The element of a weight that a name stands for: `dense/kernel[0,0]`; in the lecture's order, where indices count from 1, also `w[1][1][1]` and
 * `b[1][1]`.
 *
 * @throws {TypeError | RangeError} If it is no text of that form, there is no such weight, or an index is out of range
 */
export function findWeight(chain: ChainRule, names: Names, given: unknown): FoundWeight {
  const what = "follow a path";
  const isLecture = names.order === "lecture";
  const parameters = chain.trace.parameters;
  const example = parameters.length === 0
    ? "dense/kernel[0,0]"
    : exampleOf(chain, parameters[0].node, isLecture ? 1 : 0);
  const found = typeof given === "string" ? /^([^[\]]+)((?:\[[^[\]]*\])*)$/.exec(given.trim()) : null;
  if (found === null) {
    throw new TypeError(`Cannot ${what}: a weight is named as "${example}", got ${describeValue(given)}`);
  }
  const [, name, brackets] = found;
  const indices = [...brackets.matchAll(/\[([^\]]*)\]/g)].flatMap(([, inner]) => inner.split(",")).map((each) =>
    /^\s*\d+\s*$/.test(each) ? Number(each) : NaN
  );
  const isShort = isLecture && (name === "w" || name === "b");
  const target = isShort ? findByLayer(chain, names, what, given as string, name, indices) : { name, index: indices };
  const parameter = parameters.find((each) => each.name === target.name);
  if (parameter === undefined) {
    const known = parameters.map((each) => each.name);
    const near = nearestName(target.name, known);
    throw new RangeError(
      `Cannot ${what}: no weight ${describeValue(target.name)}${
        near === undefined ? "." : `; did you mean "${near}"?`
      } Weights are: ${known.join(", ")}`,
    );
  }
  const { shape } = chain.node(parameter.node);
  const from = isLecture && !isShort ? 1 : 0;
  const index = target.index.map((each) => each - from);
  if (index.length !== shape.length) {
    throw new TypeError(
      `Cannot ${what}: "${parameter.name}" has shape ${formatShape(shape)}, so one of it is named as "${
        exampleOf(chain, parameter.node, from)
      }", got ${describeValue(given)}`,
    );
  }
  index.forEach((each, axis) => {
    if (Number.isInteger(each) && each >= 0 && each < shape[axis]) return;
    const first = isLecture ? 1 : 0;
    throw new RangeError(
      `Cannot ${what}: "${parameter.name}" has shape ${
        formatShape(shape)
      }, so an index of axis ${axis} is an integer from ${first} to ${shape[axis] - 1 + first}, got ${
        describeValue(given)
      }`,
    );
  });
  const element = index.reduce((at, each, axis) => at * shape[axis] + each, 0);
  const station = { node: parameter.node, element };
  return {
    station,
    name: isShort ? given as string : `${parameter.name}${showIndex(index.map((each) => each + from))}`,
  };
}

/** The name of the first element of a weight. */
function exampleOf(chain: ChainRule, node: number, from: number): string {
  const { name, shape } = chain.node(node);
  return `${name}${showIndex(shape.map(() => from))}`;
}

function showIndex(index: readonly number[]): string {
  return index.length === 0 ? "" : `[${index.join(",")}]`;
}

/** `w[layer][to][from]` as a kernel `[from, to]`, `b[layer][to]` as a bias, counted from 0. */
function findByLayer(
  chain: ChainRule,
  names: Names,
  what: string,
  given: string,
  kind: "w" | "b",
  [layer, to, from, ...more]: readonly number[],
): { name: string; index: number[] } {
  const wanted = kind === "w" ? "kernel" : "bias";
  const isWhole = to !== undefined && (kind === "b") === (from === undefined) && more.length === 0;
  const parameter = chain.trace.parameters.find(({ name, node }) => {
    const [owner, own] = splitName(name);
    return own === wanted && names.numberOf(owner) === layer &&
      chain.node(node).shape.length === (kind === "w" ? 2 : 1);
  });
  if (!isWhole || parameter === undefined) {
    const known = chain.trace.parameters.map(({ name, node }) => {
      const [owner] = splitName(name);
      return `${name} ${formatShape(chain.node(node).shape)} of layer ${names.numberOf(owner) ?? "?"}`;
    });
    throw new RangeError(
      `Cannot ${what}: ${
        describeValue(given)
      } must be w[layer][to][from] or b[layer][to] of a layer with such a kernel or bias. Weights are: ${
        known.join(", ")
      }`,
    );
  }
  return { name: parameter.name, index: (kind === "w" ? [from, to] : [to]).map((each) => each - 1) };
}
