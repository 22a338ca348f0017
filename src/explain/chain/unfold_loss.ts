import { fraction, group, joined, type Maths, name, number, partial, row, signedNumber } from "../../drawing/maths.ts";
import type { Symbolic } from "../../tensor/symbolic.ts";
import type { ChainRule, Station } from "./chain_rule.ts";
import type { Names } from "./names.ts";

/** A fused loss: what it is asked for, and what it computes at. */
interface Fused {
  readonly chain: ChainRule;
  readonly names: Names;
  readonly reader: Symbolic;
  /** The node of the prediction. */
  readonly predicted: number;
  /** What goes into the activation. */
  readonly z: Station;
  readonly digits: number;
}

/**
 * ∂E/∂z of a crossentropy that is computed along with the sigmoid or softmax before it, as the product that it stands for:
 * ŷ − y = (ŷ − y)/(ŷ · (1 − ŷ)) · ŷ · (1 − ŷ), or Σ ∂E/∂ŷ · ∂ŷ/∂z. null where there is no such loss, or a factor is not finite.
 */
export function unfoldLoss(chain: ChainRule, names: Names, z: Station, digits: number): Maths | null {
  const call = chain.trace.calls.find((call) => call.z === z.node && call.a !== call.z && !chain.reachesLoss(call.a));
  if (call === undefined) return null;
  const reader = chain.readersOf(z.node).find(({ op, attributes }) =>
    op === "softmax_crossentropy" || op === "sparse_softmax_crossentropy" ||
    op === "map" && attributes.formula === "binary_crossentropy_logits"
  );
  if (reader === undefined || chain.gradientOf(z) === 0) return null;
  const fused: Fused = { chain, names, reader, predicted: call.a, z, digits };
  return reader.op === "map" ? unfoldSigmoid(fused) : unfoldSoftmax(fused);
}

function unfoldSigmoid({ chain, names, reader, predicted, z, digits }: Fused): Maths | null {
  const label: Station = { node: reader.inputs.find(({ id }) => id !== z.node)!.id, element: z.element };
  const prediction: Station = { node: predicted, element: z.element };
  const [p, wanted, total] = [chain.valueOf(prediction), chain.valueOf(label), chain.gradientOf(z)];
  const slope = p * (1 - p);
  const [first, scale] = [total / slope, total / (p - wanted)];
  if (![first, scale].every(Number.isFinite)) return null;
  const nameP = names.nameOf(prediction) ?? name("ŷ");
  const difference = row(nameP, "−", names.nameOf(label) ?? number(wanted, digits));
  const slopeMaths = row(nameP, "·", group(row(number(1), "−", nameP)));
  const times = scaled(scale, digits);
  return row(
    partial(name("E"), names.nameOf(z)!),
    "=",
    times.length === 0 ? difference : joined("·", [group(difference), ...times]),
    "=",
    joined("·", [fraction(difference, slopeMaths), ...times, group(slopeMaths)]),
    "=",
    number(first, digits),
    "·",
    number(slope, digits),
    "=",
    number(total, digits),
  );
}

/** With so many labels that are not 0 the sum is still written out. */
const MOST_TERMS = 3;

function unfoldSoftmax({ chain, names, reader, predicted, z, digits }: Fused): Maths | null {
  const { shape, value } = chain.node(predicted);
  const width = shape.at(-1)!;
  const start = Math.floor(z.element / width) * width;
  const own = z.element - start;
  const labels = chain.node(reader.inputs[1].id).value;
  const wanted = Array.from({ length: width }, (_, k) => {
    return reader.op === "softmax_crossentropy" ? labels[start + k] : labels[start / width] === k ? 1 : 0;
  });
  const p = value[z.element];
  const total = chain.gradientOf(z);
  const scale = total / (wanted.reduce((sum, t) => sum + t, 0) * p - wanted[own]);
  const terms = wanted.flatMap((t, k) => {
    if (t === 0) return [];
    return [{ k, first: -t / value[start + k] * scale, second: value[start + k] * ((k === own ? 1 : 0) - p) }];
  });
  if (terms.length === 0 || terms.length > MOST_TERMS) return null;
  if (terms.some(({ first }) => !Number.isFinite(first))) return null;
  const nameOf = (k: number): Maths => names.nameOf({ node: predicted, element: start + k }) ?? name("ŷ");
  const nameZ = names.nameOf(z)!;
  const difference = row(nameOf(own), "−", number(wanted[own], digits));
  const times = scaled(scale, digits);
  return row(
    partial(name("E"), nameZ),
    "=",
    times.length === 0 ? difference : joined("·", [group(difference), ...times]),
    "=",
    joined("+", terms.map(({ k }) => row(partial(name("E"), nameOf(k)), "·", partial(nameOf(k), nameZ)))),
    "=",
    joined("+", terms.map(({ first, second }) => row(number(first, digits), "·", signedNumber(second, digits)))),
    "=",
    number(total, digits),
  );
}

/** What the loss counts, where it is not 1. */
function scaled(scale: number, digits: number): Maths[] {
  return Math.abs(scale - 1) < 1e-4 ? [] : [number(scale, digits)];
}
