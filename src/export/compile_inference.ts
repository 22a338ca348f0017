import type { Call, CallArgument } from "../files/compiled_format.ts";
import { convGeometry } from "../ops/conv_geometry.ts";
import { type Argument, byBatch, count, type Lowering, none, ofRank, read, type Split, write } from "../ops/op.ts";
import { opNamed } from "../ops/table.ts";
import { compileProgram } from "../program/compile_program.ts";
import type { Program } from "../program/program.ts";
import { sizeOf } from "../tensor/size_of.ts";
import type { Symbolic } from "../tensor/symbolic.ts";
import { entryOperations } from "./entry_operations.ts";
import { type InferenceGraph, TRACED_ROWS, type Weight } from "./inference_graph.ts";
import { isConvolution } from "./is_convolution.ts";
import { isProduct } from "./is_product.ts";
import { isRecurrence } from "./is_recurrence.ts";
import { lowerRecurrence } from "./lower_recurrence.ts";

/** A folded graph as calls. */
export interface InferenceProgram {
  readonly calls: readonly Call[];
  readonly arenaElements: number;
  readonly scratchElements: number;
  /** Where the inputs that are read lie, by their names. */
  readonly inputs: Readonly<Record<string, number>>;
  /** Where the outputs lie, in their order. */
  readonly outputs: readonly number[];
  /** Every tensor that calls name. */
  readonly weights: readonly Weight[];
}

/** The operations that the edge runtimes have; a model's program comes to no other. */
const known: ReadonlySet<string> = new Set(entryOperations.flatMap(([, names]) => names));
/** Working memory is a block of its own, which all nodes share; the blocks of weights have names with a slash. */
const SCRATCH = "scratch";
/** Elements of the windows of a convolution that are multiplied at a time, at most, if one has no more: 64 KiB. */
const WINDOWS = 16384;
/** Elements between the beginnings of working arrays. */
const ALIGNMENT = 16;

/**
 * Compiles a folded graph for any number of samples: for as many as it was traced for, with counts, places and sizes that grow with them.
 *
 * @throws RangeError for ops that the edge runtime does not have, or that mix samples
 */
export function compileInference({ outputs: nodes, weights }: InferenceGraph): InferenceProgram {
  let scratchElements = 0, used = 0;
  let owner: Symbolic | null = null;
  const program = compileProgram({
    outputs: nodes.map((node, i) => ({ name: `${i}`, node })),
    locate: ({ attributes }) => ({ block: attributes.name as string, offset: 0 }),
    rows: TRACED_ROWS,
    lower: lowerForEdge,
    placeScratch(node, elements) {
      const offset = node === owner ? used : 0;
      owner = node;
      used = offset + Math.ceil(elements / ALIGNMENT) * ALIGNMENT;
      scratchElements = Math.max(scratchElements, used);
      return { block: SCRATCH, offset };
    },
  });
  const { buffers, inputs, outputs } = program;
  const addressOf = (buffer: number): number => buffers[buffer].place.offset / TRACED_ROWS;
  return {
    calls: program.instructions.map(({ kernel, args }) => [kernel, ...args.map((arg) => resolve(arg, program))]),
    arenaElements: program.arenaElements / TRACED_ROWS,
    scratchElements,
    inputs: Object.fromEntries(Object.entries(inputs).map(([name, buffer]) => [name, addressOf(buffer)])),
    outputs: nodes.map((_, i) => addressOf(outputs[i])),
    weights: [...weights.values()],
  };
}

/** An argument for any number of rows. */
function resolve(arg: Argument, { buffers }: Program): CallArgument {
  if (typeof arg === "number") return Number.isFinite(arg) ? arg : `${arg}` as CallArgument;
  if (arg.kind === "none") return null;
  if (arg.kind === "count") return { rows: arg.times };
  if (!("ref" in arg)) throw new Error("Cannot compile model: a call must not depend on where a share begins");
  const { place } = buffers[arg.ref.buffer];
  // Results of one op lie behind each other, from multiples of 16 elements on, which the traced rows divide.
  if (place.kind !== "model") return { at: (place.offset + arg.ref.offset) / TRACED_ROWS };
  return place.block === SCRATCH ? { scratch: place.offset } : { weight: place.block };
}

/** Lowers a node to operations of the edge runtime; by its own rule, if it is no product. */
function lowerForEdge(lowering: Lowering): void {
  const { node, inputs } = lowering;
  const fail = (rule: string): never => {
    throw new RangeError(`Cannot compile model: ${node.op} of layer "${node.layer}" ${rule}`);
  };
  const isWeight = (buffer: number): boolean =>
    inputs.some((input, i) => input.buffer === buffer && node.inputs[i].op === "variable");
  if (isProduct(node)) return lowerProduct(lowering);
  if (isConvolution(node)) return lowerConvolution(lowering);
  if (isRecurrence(node)) return lowerRecurrence(lowering);
  if (node.op === "constant") return lowerConstant(lowering);
  opNamed(node.op).lower({
    ...lowering,
    call(kernel, args, split) {
      if (!isBySample(args, split, isWeight)) fail("does not work sample by sample");
      const isScale = kernel === "scale_forward";
      const name = isScale ? "affine" : kernel.replace("_forward", "");
      if (!known.has(name) || name.startsWith("matmul")) fail(`needs ${kernel}, which the edge runtimes have not`);
      lowering.call(name, isScale ? args.toSpliced(3, 0, 0) : args, split);
    },
  });
}

/** Whether every sample takes an equal share of a call: all of each weight, and its own part of everything else. */
function isBySample(args: readonly Argument[], split: Split | null, isWeight: (buffer: number) => boolean): boolean {
  return split !== null && split.axis === "batch" && split.extent === TRACED_ROWS && args.every((arg) => {
    if (typeof arg === "number" || ["none", "count", "rank"].includes(arg.kind)) return true;
    if (arg.kind !== "read" && arg.kind !== "write") return false;
    return isWeight(arg.ref.buffer) ? arg.ref.offset === 0 && arg.stride === 0 : arg.stride > 0;
  });
}

/** A part for every sample of a tensor of equal numbers. */
function lowerConstant({ node, output, call }: Lowering): void {
  const size = sizeOf(node.shape) / TRACED_ROWS;
  call("fill", [write(output, size), node.attributes.value as number, count(size)], byBatch(TRACED_ROWS));
}

/** The edge runtime has a kernel of its own for products, over packed weights. */
function lowerProduct({ node, fused, output, inputs: [x, kernel, bias], call }: Lowering): void {
  const [k, n] = node.inputs[1].shape;
  const rows = sizeOf(node.shape) / n / TRACED_ROWS;
  call(
    fused === null ? "matmul" : "matmul_relu",
    [
      write(output, rows * n),
      read(x, rows * k),
      read(kernel, 0),
      bias === undefined ? none : read(bias, 0),
      count(rows),
      n,
      k,
    ],
    byBatch(TRACED_ROWS),
  );
}

/** So it has for convolutions: the loader packs the filters, which lie as a matrix of k rows. */
function lowerConvolution({ node, fused, output, inputs: [x, kernel, bias], call, scratch }: Lowering): void {
  const g = convGeometry("conv", node.inputs[0].shape, node.inputs[1].shape, node.attributes);
  const images = g.samples / TRACED_ROWS, k = g.kh * g.kw * g.c;
  const block = Math.min(g.ow, Math.max(1, Math.floor(WINDOWS / k)));
  call(fused === null ? "conv" : "conv_relu", [
    write(output, images * g.oh * g.ow * g.f),
    read(x, images * g.h * g.w * g.c),
    read(kernel, 0),
    bias === undefined ? none : read(bias, 0),
    ofRank(scratch(block * k), block * k),
    count(images),
    ...[g.h, g.w, g.oh, g.ow, g.c, g.f, g.kh, g.kw, g.sh, g.sw, g.dh, g.dw, g.top, g.left, block, k],
  ], byBatch(TRACED_ROWS));
}
