import type { Argument, KernelCall, Split } from "../ops/op.ts";
import type { BufferPlace, Program, ProgramBuffer } from "./program.ts";

/** The block that stands for a member in the program of one. */
export const MEMBER = "member";

/** For which members a program shall be, and where they lie. */
export interface MemberRequest {
  /** Rows from … up to …, without the last. */
  readonly from: number;
  readonly to: number;
  /** The block of rows, and elements from one to the next. */
  readonly block: string;
  readonly stride: number;
  /** With how many threads it runs; each takes whole members. */
  readonly ranks: number;
  /** The outputs that are kept of every member: one behind the other, see `elementsOfKept`. */
  readonly kept: readonly string[];
  /** Blocks that every member would write: each thread gets a place of its own instead. */
  readonly scratch: readonly string[];
}

/** Elements from the kept output of one member to that of the next. */
export function elementsOfKept(elements: number): number {
  return Math.ceil(elements / LINE) * LINE;
}

/** Elements of a cache line: what two threads write lies on different ones. */
const LINE = 16;

/**
 * The program of several members from that of one, which is for one thread and finds its weights in the block `MEMBER`: its calls again for
 * every row, each row's done by one thread, in an arena of the thread's own. All read the same inputs, which lie where the program of one has
 * them. No thread waits for another one, and a member's numbers do not depend on who computes it.
 */
export function composeMembers(member: Program, request: MemberRequest): Program {
  const { from, to, block, stride, ranks, kept, scratch } = request;
  const members = to - from;
  const inputs = new Set(Object.values(member.inputs));
  const keptBuffers = new Map<number, number>();
  for (const name of kept) keptBuffers.set(member.outputs[name], 0);
  const buffers: ProgramBuffer[] = [];
  const add = (buffer: number, place: BufferPlace, elements = member.buffers[buffer].elements): number =>
    buffers.push({ name: member.buffers[buffer].name, elements, place }) - 1;
  const isScratch = (place: BufferPlace): boolean => place.kind === "model" && scratch.includes(place.block);

  // Behind the arenas of the threads lie those scratch places, and then what is kept.
  let end = ranks * member.arenaElements;
  const take = (elements: number): BufferPlace => {
    const offset = end;
    end += elementsOfKept(elements);
    return { kind: "arena", offset };
  };
  const shared = new Map<number, number>();
  const ofRank = Array.from({ length: ranks }, () => new Map<number, number>());
  member.buffers.forEach(({ place, elements }, i) => {
    if (inputs.has(i)) shared.set(i, add(i, place));
    else if (keptBuffers.has(i)) {
      const each = elementsOfKept(elements);
      const all = add(i, take(each * members), each * members);
      shared.set(i, all);
      keptBuffers.set(i, all);
    } else if (place.kind === "arena") {
      ofRank.forEach((own, rank) => {
        own.set(i, add(i, { kind: "arena", offset: place.offset + rank * member.arenaElements }));
      });
    } else if (isScratch(place)) ofRank.forEach((own) => own.set(i, add(i, take(elements))));
    else if (place.block !== MEMBER) shared.set(i, add(i, place));
  });

  const instructions: KernelCall[] = [];
  for (let row = from; row < to; row++) {
    const rank = Math.floor((row - from) * ranks / members);
    const own = new Map<number, number>();
    member.buffers.forEach(({ place }, i) => {
      if (inputs.has(i) || keptBuffers.has(i) || place.kind !== "model" || place.block !== MEMBER) return;
      own.set(i, add(i, { kind: "model", block, offset: row * stride + place.offset }));
    });
    const bufferOf = (i: number): number => own.get(i) ?? ofRank[rank].get(i) ?? shared.get(i)!;
    const shift = (i: number): number =>
      keptBuffers.has(i) ? (row - from) * elementsOfKept(member.buffers[i].elements) : 0;
    const argument = (arg: Argument): Argument => {
      if (typeof arg === "number" || !("ref" in arg)) return arg;
      const { buffer, offset } = arg.ref;
      const ref = { buffer: bufferOf(buffer), offset: offset + shift(buffer) };
      return arg.kind === "rank" ? { kind: "write", ref, stride: 0 } : { ...arg, ref };
    };
    for (const { kernel, args, split } of member.instructions) {
      const whole: Split = { axis: "one", extent: split?.extent ?? 1, quantum: 1, rank };
      instructions.push({ kernel, args: args.map(argument), split: whole });
    }
  }
  const outputs = Object.entries(member.outputs).flatMap(([name, buffer]): [string, number][] => {
    const found = keptBuffers.get(buffer) ?? shared.get(buffer) ?? ofRank[0].get(buffer);
    return found === undefined ? [] : [[name, found]];
  });
  return {
    buffers,
    instructions,
    ranks,
    barriers: [],
    cost: { flops: members * member.cost.flops, bytes: members * member.cost.bytes },
    arenaElements: end,
    inputs: Object.fromEntries(Object.entries(member.inputs).map(([name, buffer]) => [name, shared.get(buffer)!])),
    outputs: Object.fromEntries(outputs),
  };
}
