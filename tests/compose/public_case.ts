import { ops } from "../../mod.ts";
import { differentiate } from "../../src/graph/differentiate.ts";
import { Graph } from "../../src/graph/graph.ts";
import { map, type Symbolic } from "../../src/tensor/symbolic.ts";

/** Numbers with their shape. */
export interface Numbers {
  readonly shape: readonly number[];
  readonly data: readonly number[];
}

/** A case of tests/golden/public_ops.json. */
export interface PublicCase {
  readonly op: keyof typeof ops;
  /** "$0" stands for the first tensor, and so on. */
  readonly args: readonly unknown[];
  readonly tensors: readonly Numbers[];
  readonly y: readonly Numbers[];
  readonly dy: readonly Numbers[];
  /** The gradients of Σ dy · y by the tensors; null where there is none. */
  readonly dx: readonly (Numbers | null)[];
}

/** A case as a graph: its results, and the gradients by its tensors. */
export interface CaseGraph {
  readonly leaves: readonly Symbolic[];
  readonly results: readonly Symbolic[];
  /** Σ dy · y over all results. */
  readonly loss: Symbolic;
  readonly gradients: readonly (Symbolic | null)[];
  valueOf(leaf: Symbolic): readonly number[];
}

/** Composes a case. */
export function composeCase({ op, args, tensors, dy }: PublicCase): CaseGraph {
  const graph = new Graph({ batch: tensors[0].shape[0] ?? 1 });
  const leaves = tensors.map(({ shape }, i) => graph.input(`x${i}`, shape));
  const fill = (arg: unknown): unknown =>
    Array.isArray(arg)
      ? arg.map(fill)
      : typeof arg === "string" && arg.startsWith("$")
      ? leaves[Number(arg.slice(1))]
      : typeof arg === "object" && arg !== null
      ? Object.fromEntries(Object.entries(arg).map(([key, value]) => [key, fill(value)]))
      : arg;
  const given = (ops[op] as (...args: unknown[]) => Symbolic | Symbolic[])(...args.map(fill));
  const results = Array.isArray(given) ? given : [given];
  const weights = results.map((y, i) => graph.input(`dy${i}`, y.shape));
  const loss = results
    .map((y, i) => graph.apply("weighted_sum", [y, weights[i]]))
    .reduce((a, b) => map(graph, "add", [a, b]));
  return {
    leaves: [...leaves, ...weights],
    results,
    loss,
    gradients: differentiate(graph, loss, leaves),
    valueOf: (leaf) => leaves.includes(leaf) ? tensors[leaves.indexOf(leaf)].data : dy[weights.indexOf(leaf)].data,
  };
}

/** What a case is called in messages. */
export function describeCase({ op, args, tensors }: PublicCase): string {
  return `${op} ${JSON.stringify(args)} of ${tensors.map(({ shape }) => `[${shape}]`).join(" and ")}`;
}

/** All cases. */
export const cases: readonly PublicCase[] = JSON.parse(
  await Deno.readTextFile(new URL("../golden/public_ops.json", import.meta.url)),
);
