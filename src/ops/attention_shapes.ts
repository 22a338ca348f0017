import { formatShape } from "../tensor/format_shape.ts";
import type { Shape } from "../tensor/shape.ts";
import type { Attributes } from "../tensor/symbolic.ts";

/** What may be given behind query, key and value. */
const OTHERS = ["keys", "queries", "pairs", "step"] as const;

/** The sizes of a call of attention, and where its inputs stand. */
export interface AttentionShapes {
  readonly batch: number;
  /** Steps of the query. */
  readonly t: number;
  /** Steps of key and value. */
  readonly s: number;
  readonly heads: number;
  /** Heads of key and value. */
  readonly groups: number;
  readonly width: number;
  readonly valueWidth: number;
  /** How many heads have a mask of pairs of their own; 1 for none. */
  readonly pairHeads: number;
  /** The number of each optional input among those behind query, key and value; −1 for none. */
  readonly at: Readonly<Record<(typeof OTHERS)[number], number>>;
}

/**
 * The sizes of attention over query [batch, t, heads, width], key [batch, s, groups, width] and value [batch, s, groups, valueWidth].
 *
 * @throws {TypeError} If they do not fit
 */
export function readAttention([q, k, v, ...others]: readonly Shape[], attributes: Attributes): AttentionShapes {
  const [batch, t, heads, width] = q, [, s, groups] = k, valueWidth = v[3];
  const names = attributes.inputs as readonly string[];
  const fits = q.length === 4 && formatShape(k) === formatShape([batch, s, groups, width]) &&
    formatShape(v) === formatShape([batch, s, groups, valueWidth]) && s > 0 && heads % groups === 0 &&
    names.length === others.length;
  if (!fits) {
    throw new TypeError(
      "Cannot apply attention: query, key and value must be [batch, t, heads, width], [batch, s, groups, width] and [batch, s, groups, " +
        `valueWidth], and inputs name all others, got ${[q, k, v].map(formatShape).join(", ")} and ${names.join(", ")}`,
    );
  }
  const at = Object.fromEntries(OTHERS.map((name) => [name, names.indexOf(name)])) as AttentionShapes["at"];
  const pairs = at.pairs < 0 ? null : others[at.pairs];
  const pairHeads = pairs?.length === 4 ? pairs[1] : 1;
  const wanted = {
    keys: [batch, s],
    queries: [batch, t],
    pairs: pairs?.length === 4 ? [batch, heads, t, s] : [batch, t, s],
    step: [],
  };
  names.forEach((name, i) => {
    if (Object.hasOwn(wanted, name) && formatShape(wanted[name as "keys"]) === formatShape(others[i])) return;
    throw new TypeError(`Cannot apply attention: ${name} must not have shape ${formatShape(others[i])}`);
  });
  return { batch, t, s, heads, groups, width, valueWidth, pairHeads, at };
}
