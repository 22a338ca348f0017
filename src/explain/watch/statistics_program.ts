import type { Internals } from "../../models/internals.ts";
import type { Argument, BufferRef, KernelCall } from "../../ops/op.ts";
import type { GraphRequest } from "../../program/lower_graph.ts";
import type { Program } from "../../program/program.ts";
import { sizeOf } from "../../tensor/size_of.ts";
import type { Symbolic } from "../../tensor/symbolic.ts";

/** A node of which statistics are wanted. */
export interface Measured {
  readonly node: Symbolic;
  /** Between what values lie that are not counted as outside; null: only sums are wanted. */
  readonly range: readonly [low: number, up: number] | null;
}

/** What a program gathers. */
export interface StatisticsRequest extends Pick<GraphRequest, "inputs" | "locate"> {
  readonly loss: Symbolic;
  readonly measured: readonly Measured[];
  /** Nodes of which the largest value of every unit, the last axis, is wanted. */
  readonly peaks: readonly Symbolic[];
  /** How many threads run it. */
  readonly ranks: number;
}

/** Numbers that the kernel `statistics` gives, float64, and how many float32 they take. */
const NUMBERS = 7, ELEMENTS = 2 * NUMBERS;

/**
 * Compiles a graph into a program that keeps no value: each is measured as soon as it is there, and its memory used again. Outputs: `loss`;
 * `statistics/i`, what the kernel of that name says of the i-th node that is measured; `peaks/i`.
 */
export function compileStatistics({ lowerGraph, ProgramBuilder }: Internals, request: StatisticsRequest): Program {
  const { loss, measured, peaks, ranks, inputs, locate } = request;
  const calls: KernelCall[] = [];
  const builder = new ProgramBuilder(ranks);
  const add = builder.call.bind(builder);
  // The calls of the graph are held back until it is known which of them is the last to write a value.
  builder.call = (kernel, args, split) => void calls.push({ kernel, args, split });
  const nodes = [...measured.map(({ node }) => node), ...peaks];
  const wanted = nodes.map((node, i) => ({ name: `${i}`, node }));
  const ports = lowerGraph(builder, { outputs: [{ name: "loss", node: loss }, ...wanted], inputs, locate });
  const outputs: Record<string, number> = { loss: ports.outputs.loss };
  /** By the position of the call behind which it stands; −1: before all. */
  const measurements = new Map<number, KernelCall[]>();
  const measure = (i: number, name: string, elements: number, args: (x: BufferRef) => readonly Argument[]): void => {
    const buffer = ports.outputs[`${i}`];
    const place = builder.create(name, elements);
    outputs[name] = place.buffer;
    const behind = calls.findLastIndex(({ args }) => args.some((arg) => writes(arg, buffer)));
    const call = {
      kernel: name.startsWith("peaks") ? "max_pool_forward" : "statistics",
      args: [{ kind: "write", ref: place, stride: 0 } as const, ...args({ buffer, offset: 0 })],
      split: null,
    };
    measurements.set(behind, [...measurements.get(behind) ?? [], call]);
  };
  measured.forEach(({ node, range }, i) => {
    const scalars = range === null ? [0, 0, 0] : [1, ...range];
    measure(
      i,
      `statistics/${i}`,
      ELEMENTS,
      (x) => [{ kind: "read", ref: x, stride: 0 }, ...scalars, sizeOf(node.shape)],
    );
  });
  peaks.forEach((node, i) => {
    const units = node.shape[node.shape.length - 1];
    const rows = sizeOf(node.shape) / units;
    // The largest value of a column is that of one window as high as the matrix.
    const geometry = [1, rows, 1, units, 1, 1, rows, 1, 1, 1, 0, 0];
    measure(measured.length + i, `peaks/${i}`, units, (x) => [{ kind: "read", ref: x, stride: 0 }, ...geometry]);
  });
  for (let at = -1; at < calls.length; at++) {
    if (at >= 0) add(calls[at].kernel, calls[at].args, calls[at].split);
    for (const { kernel, args, split } of measurements.get(at) ?? []) add(kernel, args, split);
  }
  return builder.build({ inputs: ports.inputs, outputs });
}

/** What the kernel `statistics` has found. */
export interface Found {
  readonly mean: number;
  readonly sd: number;
  readonly rms: number;
  /** √Σ x² */
  readonly norm: number;
  readonly min: number;
  readonly max: number;
  /** How many are 0, and how many outside of the range. */
  readonly zeros: number;
  readonly outside: number;
}

/** Reads what the kernel has written of `count` values. */
export function readStatistics({ buffer, byteOffset }: Float32Array, count: number): Found {
  const [first, sum, squares, min, max, zeros, outside] = new Float64Array(buffer, byteOffset, NUMBERS);
  const away = sum / count;
  const mean = first + away;
  const variance = Math.max(0, squares / count - away * away);
  const total = Math.max(0, squares + first * (2 * sum + count * first));
  return {
    mean,
    sd: Math.sqrt(variance),
    rms: Math.sqrt(total / count),
    norm: Math.sqrt(total),
    min,
    max,
    zeros,
    outside,
  };
}

function writes(arg: Argument, buffer: number): boolean {
  return typeof arg === "object" && arg.kind === "write" && arg.ref.buffer === buffer;
}
