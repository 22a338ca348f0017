import { assert } from "@std/assert";
import type { Argument, KernelCall } from "../../src/ops/op.ts";
import type { Program } from "../../src/program/program.ts";
import { shareOf } from "../../src/program/share_of.ts";
import { evaluateExpression, reachOf } from "../../tools/kernel_expression.ts";
import type { KernelArray, KernelCount } from "../../tools/kernel_row.ts";
import type { Kernel } from "../../tools/parse_kernels.ts";

/** What a call touches of a buffer. */
interface Touched {
  readonly array: KernelArray;
  readonly buffer: number;
  readonly from: number;
  readonly to: number;
}

/**
 * Checks every call of a program against the row of its kernel, for every rank: what is written is called written and what is read is called
 * read, counts are in their limits, everything touched lies in the share that the scheduler is told of and in its buffer, and an array
 * takes the place of another one only where the row allows it.
 */
export function checkCalls(program: Program, kernels: ReadonlyMap<string, Kernel>): void {
  for (const call of program.instructions) {
    const kernel = kernels.get(call.kernel);
    if (kernel === undefined) throw new Error(`there is no kernel ${call.kernel}`);
    for (let rank = 0; rank < program.ranks; rank++) checkShare(program, call, kernel, rank);
  }
}

function checkShare(program: Program, { args, split }: KernelCall, { name, parameters }: Kernel, rank: number): void {
  const { begin, end } = shareOf(split, rank, program.ranks);
  if (end <= begin) return;
  const values: Record<string, number> = {};
  parameters.forEach((p, i) => {
    if (p.kind !== "array") values[p.name] = valueOf(args[i], begin, end);
  });
  const what = (of: string): string => `${name}, rank ${rank} of ${program.ranks}: ${of} (${JSON.stringify(values)})`;
  const touched: Touched[] = [];
  parameters.forEach((p, i) => {
    const arg = args[i];
    if (p.kind === "count") checkCount(p, values, what);
    if (p.kind !== "array") return;
    if (typeof arg === "number" || !("ref" in arg)) {
      assert(typeof arg === "object" && arg.kind === "none", what(`${p.name} is an address`));
      return assert(p.isOptional, what(`${p.name} is there`));
    }
    if (arg.kind === "read") assert(p.access === "read", what(`${p.name} is ${p.access}, the call says read`));
    if (arg.kind === "write") assert(p.access !== "read", what(`${p.name} is read, the call says write`));
    const { elements } = program.buffers[arg.ref.buffer];
    const reach = reachOf(p.extent, values);
    if (reach.axes.some(([size]) => size === 0)) return;
    const last = reach.axes.reduce((sum, [size, stride]) => sum + Math.max(0, (size - 1) * stride), reach.offset);
    const first = reach.axes.reduce((sum, [size, stride]) => sum + Math.min(0, (size - 1) * stride), reach.offset);
    const base = arg.ref.offset + arg.stride * (arg.kind === "rank" ? rank : begin);
    const [from, to] = [base + first, base + last + 1];
    const whole = p.wholeVectors ? base + first + Math.ceil((last + 1 - first) / 4) * 4 : to;
    const spread = arg.kind !== "rank" && arg.rowElements !== undefined;
    // The last share may go on to the end of the buffer, where nobody else's is.
    const isLast = split === null || end === split.extent;
    const shareEnd = arg.stride === 0 || spread || isLast && arg.kind !== "rank"
      ? elements
      : arg.ref.offset + arg.stride * (arg.kind === "rank" ? rank + 1 : end);
    assert(from >= (arg.stride === 0 ? 0 : base) && to <= elements, what(`${p.name} lies in its buffer`));
    assert(to <= shareEnd, what(`${p.name} reaches ${to}, its share ends at ${shareEnd}`));
    // The rest of a last vector is the share's own, or the buffer's padding.
    assert(
      whole <= Math.max(shareEnd, Math.ceil(elements / 4) * 4) && (whole <= shareEnd || shareEnd >= elements),
      what(`${p.name} ends at ${whole}`),
    );
    touched.push({ array: p, buffer: arg.ref.buffer, from, to });
  });
  for (const a of touched) {
    for (const b of touched) {
      const apart = a === b || a.buffer !== b.buffer || a.to <= b.from || b.to <= a.from;
      if (apart || a.array.access === "read") continue;
      const allowed = a.from === b.from && a.array.mayBe.includes(b.array.name);
      assert(allowed || b.array.access !== "read", what(`${a.array.name} may not be ${b.array.name}`));
    }
  }
}

function checkCount(count: KernelCount, values: Readonly<Record<string, number>>, what: (of: string) => string): void {
  const value = values[count.name];
  const rule = what(`${count.name} is in its limits`);
  assert(Number.isInteger(value) && value >= evaluateExpression(count.least, values), rule);
  assert(count.most === null || value <= evaluateExpression(count.most, values), rule);
  assert(value % count.multipleOf === 0 && (count.divides === null || values[count.divides] % value === 0), rule);
}

function valueOf(arg: Argument, begin: number, end: number): number {
  if (typeof arg === "number") return arg;
  if (arg.kind === "count") return (end - begin) * arg.times;
  if (arg.kind === "begin") return begin * arg.times;
  throw new Error(`an address stands for a number: ${JSON.stringify(arg)}`);
}
