import { type Block, DocumentDrawing } from "../../drawing/document.ts";
import { type Maths, name, number, partial, row, showNumber, sumOf } from "../../drawing/maths.ts";
import { mathsText } from "../../drawing/maths_text.ts";
import { cleanText } from "../../errors/clean_text.ts";
import type { Station } from "./chain_rule.ts";
import {
  findPath,
  type FoundPath,
  MOST_PATHS,
  type PathGroup,
  writeLevel,
  writeRoute,
  type Writing,
} from "./find_path.ts";

/** The chain of factors of one weight, as plain data. Texts are formulas; numbers have all their digits. */
export interface WeightPathData {
  /** What it is. */
  readonly kind: "path";
  /** The version of this form. */
  readonly version: 1;
  /** The weight: `dense/kernel[0,0]`. */
  readonly weight: string;
  /** Its value. */
  readonly value: number;
  /** ∂E/∂w as the kernel computes it. */
  readonly gradient: number;
  /** ∂E/∂w as the sum of the products. */
  readonly sum: number;
  /** Sum minus gradient where they differ by more than rounding explains; else null. */
  readonly difference: number | null;
  /** What the samples add that count most, the largest first. */
  readonly groups: readonly WeightPathGroup[];
  /** What all others add together; null if there are none. */
  readonly rest: { readonly count: number; readonly sum: number } | null;
}

/** What one sample adds: all its paths, or where they are many the sums of every layer along the largest terms. */
export interface WeightPathGroup {
  /** The number of the sample, from 0; null for a batch of one, and for what belongs to no sample alone. */
  readonly sample: number | null;
  /** What they add together. */
  readonly sum: number;
  /** All its paths, each as its factors and their product; null where they are many. */
  readonly routes:
    | readonly {
      readonly factors: readonly {
        readonly of: string;
        readonly by: string;
        readonly formula: string | null;
        readonly value: number;
      }[];
      readonly product: number;
    }[]
    | null;
  /** The sums of every layer along the largest terms; null where the paths are listed. */
  readonly levels:
    | readonly {
      readonly of: string;
      readonly gradient: number;
      readonly terms: readonly {
        readonly to: string;
        readonly formula: string | null;
        readonly factor: number;
        readonly gradient: number;
      }[];
      readonly rest: { readonly count: number; readonly sum: number } | null;
    }[]
    | null;
  /** Losses that are computed along with the activation before them, as the products that they stand for. */
  readonly unfolded: readonly string[];
}

/** ∂E/∂w of one weight: the sum over all paths from it to the loss of the products along them. What `explain(…).path(…)` gives. */
export class WeightPath extends DocumentDrawing {
  readonly #writing: Writing;
  readonly #weight: string;
  readonly #station: Station;
  readonly #found: FoundPath;

  /** @ignore */
  constructor(writing: Writing, weight: string, station: Station) {
    super();
    this.#writing = writing;
    this.#weight = weight;
    this.#station = station;
    this.#found = findPath(writing, station);
  }

  /** ∂E/∂w as the kernel computes it. */
  get gradient(): number {
    return this.#writing.chain.gradientOf(this.#station);
  }

  /** ∂E/∂w as the sum of the products. */
  get sum(): number {
    return this.#found.sum;
  }

  /** Sum minus gradient where they differ by more than rounding explains: 4 units in the last place for each term. Else null. */
  get difference(): number | null {
    const { sum, terms, size } = this.#found;
    const difference = sum - this.gradient;
    const { precision } = this.#writing.chain.trace;
    // In float64 some ops are derived by differences, which are good to 1e-11 of a term.
    const unit = precision === "float32" ? 4 * 2 ** -24 * Math.max(1, terms) : 1e-9;
    return Math.abs(difference) <= unit * Math.max(size, Math.abs(this.gradient)) ? null : difference;
  }

  #title(): string {
    const value = this.#writing.chain.valueOf(this.#station);
    return `w = ${cleanText(this.#weight, 200)} = ${showNumber(value, this.#writing.digits)}`;
  }

  #summary(): string {
    const { words, chain } = this.#writing;
    const { groups } = this.#found;
    if (groups.length === 0) return words.noPath();
    if (chain.trace.samples > 1) return words.sumOverSamples(chain.trace.samples);
    const [{ routes }] = groups;
    if (routes === null) return words.manyPaths(MOST_PATHS);
    return routes.length === 1 ? words.onePath() : words.paths(routes.length);
  }

  #groupTitle({ sample, sum }: PathGroup): string {
    const { words, digits, names } = this.#writing;
    const first = names.order === "lecture" ? 1 : 0;
    return `${sample === null ? words.penalty() : words.sample(sample + first)}: ${showNumber(sum, digits)}`;
  }

  #describeGroup({ routes, levels, unfolded }: PathGroup): Block[] {
    const writing = this.#writing;
    return [
      ...routes?.map((route, i): Block => ({
        kind: "maths",
        label: routes.length === 1 ? "" : `${i + 1}. `,
        lines: writeRoute(writing, route),
      })) ?? [],
      ...levels?.map((level): Block => ({ kind: "maths", label: "", lines: writeLevel(writing, level) })) ?? [],
      ...unfolded.length === 0 ? [] : [
        {
          kind: "fold",
          title: writing.words.fused(),
          open: false,
          blocks: unfolded.map((each): Block => ({ kind: "maths", label: "", lines: [each] })),
        } as const,
      ],
    ];
  }

  /** The sum of what was shown, and what the kernel says. */
  #end(): (Maths | string)[] {
    const { words, digits } = this.#writing;
    const { groups, rest, sum } = this.#found;
    const all = groups.length === 1 && groups[0].routes !== null
      ? groups[0].routes.map(({ product }) => product)
      : groups.map((each) => each.sum);
    const parts: (Maths | string)[] = [];
    if (rest !== null) parts.push(words.moreSamples(rest.count, showNumber(rest.sum, digits)));
    const terms = rest === null ? all : [...all, rest.sum];
    if (terms.length > 1) {
      parts.push(row(partial(name("E"), name("w")), "=", sumOf(terms, digits), "=", number(sum, digits)));
    }
    parts.push(words.kernelGradient(showNumber(this.gradient, digits)));
    if (this.difference !== null) parts.push(words.differs(showNumber(this.difference, digits)));
    return parts;
  }

  /** @ignore Its blocks. */
  protected override describe(): { label: string; blocks: Block[] } {
    const { groups } = this.#found;
    return {
      label: this.#writing.words.chainOf(this.#weight),
      blocks: [
        { kind: "heading", text: this.#title() },
        { kind: "line", content: this.#summary() },
        { kind: "gap" },
        ...groups.flatMap((group, i): Block[] => {
          const blocks = this.#describeGroup(group);
          const isFolded = groups.length > 1 || group.sample !== null;
          return [
            ...isFolded ? [{ kind: "fold", title: this.#groupTitle(group), open: i === 0, blocks } as const] : blocks,
            { kind: "gap" },
          ];
        }),
        ...this.#end().map((content): Block => ({ kind: "line", content })),
      ],
    };
  }

  /** What is shown, as plain data. */
  override toJSON(): WeightPathData {
    const { chain } = this.#writing;
    const { groups, rest, sum } = this.#found;
    const text = (maths: Maths | null): string | null => maths === null ? null : mathsText(maths);
    return {
      kind: "path",
      version: 1,
      weight: this.#weight,
      value: chain.valueOf(this.#station),
      gradient: this.gradient,
      sum,
      difference: this.difference,
      groups: groups.map(({ sample, sum, routes, levels, unfolded }) => ({
        sample,
        sum,
        routes: routes?.map(({ factors, product }) => ({
          factors: factors.map(({ of, by, formula, value }) => ({
            of: mathsText(of),
            by: mathsText(by),
            formula: text(formula),
            value,
          })),
          product,
        })) ?? null,
        levels: levels?.map(({ of, gradient, terms, rest }) => ({
          of: mathsText(of),
          gradient,
          terms: terms.map(({ to, formula, factor, gradient }) => ({
            to: mathsText(to),
            formula: text(formula),
            factor,
            gradient,
          })),
          rest,
        })) ?? null,
        unfolded: unfolded.map(mathsText),
      })),
      rest,
    };
  }
}
