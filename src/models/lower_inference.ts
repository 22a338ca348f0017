import type { Call, CallArgument } from "../files/compiled_format.ts";
import { edgeOperations } from "../memory/gen/edge_kernels.ts";
import type { Argument, BufferRef } from "../ops/op.ts";
import { opNamed } from "../ops/table.ts";
import { type Lifetime, placeBuffers } from "../program/place_buffers.ts";
import { sizeOf } from "../tensor/size_of.ts";
import { type InferenceGraph, type InferenceNode, TRACED_ROWS, type Weight } from "./inference_graph.ts";

/** A folded graph as calls. */
export interface LoweredInference {
  readonly calls: readonly Call[];
  readonly arenaElements: number;
  readonly inputAt: number;
  readonly outputAt: number;
  /** Every tensor that calls name. */
  readonly weights: readonly Weight[];
  /** The names of those that are the right factor of a product. */
  readonly kernels: ReadonlySet<string>;
}

type Draft = [name: string, ...args: (CallArgument | { buffer: number; plus: number })[]];

/**
 * Lowers a folded graph to calls whose counts are multiples of the number of samples, in buffers placed by lifetime.
 *
 * @throws RangeError for ops that the edge runtime does not have, or that mix samples
 */
export function lowerInference({ output }: InferenceGraph): LoweredInference {
  const order = list(output);
  const lastUse = new Map<InferenceNode, number>([[output, Infinity]]);
  order.forEach((node, position) => {
    for (const source of sourcesOf(node)) {
      if (source.kind !== "weight") lastUse.set(source, Math.max(lastUse.get(source) ?? 0, position));
    }
  });
  const weights = new Map<string, Weight>();
  const kernels = new Set<string>();
  const lifetimes: { elements: number; first: number; last: number }[] = [];
  const buffers = new Map<InferenceNode, number>();
  const drafts: Draft[] = [];
  const use = (weight: Weight): { weight: string } => {
    const kept = weights.get(weight.name);
    if (kept !== undefined && kept.values !== weight.values) return use({ ...weight, name: `${weight.name}'` });
    weights.set(weight.name, weight);
    return { weight: weight.name };
  };
  order.forEach((node, position) => {
    const elements = sizeOf(node.shape) / TRACED_ROWS;
    const last = lastUse.get(node) ?? position;
    const source = node.kind === "call" && opNamed(node.node.op).inPlace ? node.inputs[0] : null;
    const taken =
      source !== null && source.kind !== "weight" && source.kind !== "input" && lastUse.get(source) === position &&
        lifetimes[buffers.get(source)!].elements === elements &&
        sourcesOf(node).filter((other) => other.kind !== "weight" && buffers.get(other) === buffers.get(source))
            .length === 1
        ? buffers.get(source)!
        : null;
    const buffer = taken ?? lifetimes.push({ elements, first: node.kind === "input" ? -1 : position, last }) - 1;
    lifetimes[buffer].last = last;
    buffers.set(node, buffer);
    const addressOf = (ref: InferenceNode | Weight): { buffer: number; plus: number } | { weight: string } =>
      ref.kind === "weight" ? use(ref) : { buffer: buffers.get(ref)!, plus: 0 };
    if (node.kind === "product") {
      const [k, n] = node.kernel.shape;
      const factor = use(node.kernel);
      kernels.add(factor.weight);
      const bias = node.bias === null ? null : use(node.bias);
      const rows = elements / n;
      drafts.push([
        node.relu ? "matmul_relu" : "matmul",
        { buffer, plus: 0 },
        addressOf(node.x),
        factor,
        bias,
        { rows },
        n,
        k,
      ]);
    } else if (node.kind === "call") {
      lowerCall(node, [{ buffer, plus: 0 }, ...node.inputs.map(addressOf)], drafts);
    }
  });
  const { offsets, elements } = placeBuffers(lifetimes as Lifetime[]);
  const calls = drafts.map(([name, ...args]): Call => [
    name,
    ...args.map((arg): CallArgument => {
      if (typeof arg !== "object" || arg === null || !("buffer" in arg)) return arg;
      return { at: offsets[arg.buffer], ...(arg.plus > 0 ? { plus: arg.plus } : {}) };
    }),
  ]);
  const input = order.find((node) => node.kind === "input")!;
  return {
    calls,
    arenaElements: elements,
    inputAt: offsets[buffers.get(input)!],
    outputAt: offsets[buffers.get(output)!],
    weights: [...weights.values()],
    kernels,
  };
}

function sourcesOf(node: InferenceNode): readonly (InferenceNode | Weight)[] {
  return node.kind === "input" ? [] : node.kind === "product" ? [node.x] : node.inputs;
}

/** The nodes under `output`, sources first; a reshape is not among them. */
function list(output: InferenceNode): InferenceNode[] {
  const found = new Set<InferenceNode>();
  const visit = (node: InferenceNode | Weight): void => {
    if (node.kind === "weight" || found.has(node)) return;
    sourcesOf(node).forEach(visit);
    found.add(node);
  };
  visit(output);
  return [...found];
}

/** The operations that the runtime has; a model's program comes to no other. */
const known: ReadonlySet<string> = new Set(edgeOperations.split(",").map((entry) => /\w+/.exec(entry)![0]));

/** Lowers one op by its own rule, and turns the arguments of the traced rows into those of any number of rows. */
function lowerCall(
  { node }: InferenceNode & { kind: "call" },
  refs: readonly ({ buffer: number; plus: number } | { weight: string })[],
  drafts: Draft[],
): void {
  const what = `Cannot compile model: ${node.op} of layer "${node.layer}"`;
  const fail = (rule: string): never => {
    throw new RangeError(`${what} ${rule}`);
  };
  const refOf = (index: number): BufferRef => ({ buffer: index, offset: 0 });
  opNamed(node.op).lower({
    node,
    output: refOf(0),
    inputs: node.inputs.map((_, i) => refOf(i + 1)),
    fused: null,
    ranks: 1,
    scratch: () => fail("needs scratch memory, which the edge runtime has not"),
    call: (kernel, args, split) => {
      if (split === null || split.axis !== "batch" || split.extent !== TRACED_ROWS) {
        fail("does not work sample by sample");
      }
      const isScale = kernel === "scale_forward";
      const name = isScale ? "affine" : kernel.replace("_forward", "");
      if (!known.has(name) || name.startsWith("matmul") || name.startsWith("pack")) {
        fail(`needs ${kernel}, which the edge runtime has not`);
      }
      const resolve = (arg: Argument): Draft[1] => {
        if (typeof arg === "number") return arg;
        if (arg.kind === "none") return null;
        if (arg.kind === "count") return { rows: arg.times };
        if (arg.kind !== "read" && arg.kind !== "write") return fail("does not work sample by sample");
        const ref = refs[arg.ref.buffer];
        if ("weight" in ref ? arg.stride !== 0 || arg.ref.offset !== 0 : arg.stride === 0) {
          fail("does not work sample by sample");
        }
        return "weight" in ref ? ref : { buffer: ref.buffer, plus: arg.ref.offset };
      };
      const resolved = args.map(resolve);
      if (isScale) resolved.splice(3, 0, 0);
      drafts.push([name, ...resolved]);
    },
  });
}
