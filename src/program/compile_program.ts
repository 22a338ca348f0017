import { type BufferRef, byParameter, type Cost, count, type KernelCall, read, write } from "../ops/op.ts";
import { opNamed } from "../ops/table.ts";
import { sizeOf } from "../tensor/size_of.ts";
import type { Symbolic } from "../tensor/symbolic.ts";
import { chooseQuanta } from "./choose_quanta.ts";
import { type Lifetime, placeBuffers } from "./place_buffers.ts";
import { type BufferSpan, type Schedule, schedulePhases } from "./schedule_phases.ts";
import type { BufferPlace, Program, ProgramBuffer } from "./program.ts";

/** A place in one of the model's blocks. */
export interface ModelPlace {
  readonly block: string;
  /** In elements. */
  readonly offset: number;
}

/** What a program shall compute. */
export interface ProgramRequest {
  /** Values to be read after a run; one with a `place` is written into the model's memory. */
  readonly outputs: readonly { readonly name: string; readonly node: Symbolic; readonly place?: ModelPlace }[];
  /** Where a variable or a cell lives. */
  readonly locate: (leaf: Symbolic) => ModelPlace;
  /** Inputs that the caller fills although no output depends on them are given here, so that they have a buffer all the same. */
  readonly inputs?: readonly Symbolic[];
  /** Keeps every node's value until the end of the run, under the name `node <id>`: for finding where a value went wrong. */
  readonly keepAll?: boolean;
  /** How many threads the program is for. Default 1. */
  readonly ranks?: number;
}

interface BufferDraft {
  name: string;
  elements: number;
  place: ModelPlace | null;
  /** The first and the last instruction, or phase, at which it holds something; −1: before the run, Infinity: after it. */
  first: number;
  last: number;
}

/**
 * Compiles the nodes that the outputs need into a program: in the graph's order, one op after the other, its buffers placed by
 * lifetime. A reshape costs nothing; an elementwise op takes its first input's memory if nothing reads that later.
 */
export function compileProgram(request: ProgramRequest): Program {
  const ranks = request.ranks ?? 1;
  const order = nodesOf([...request.outputs.map((output) => output.node), ...(request.inputs ?? [])]);
  const lastUse = new Map<number, number>(); // node id → position in `order` of its last reader
  order.forEach((node, position) => node.inputs.forEach((input) => lastUse.set(input.id, position)));
  const kept = new Set(request.outputs.map((output) => output.node.id));
  const places = new Map<number, ModelPlace>();
  for (const { node, place } of request.outputs) {
    const owner = ownerOf(node);
    if (place !== undefined && owner !== null && !places.has(owner.id)) places.set(owner.id, place);
  }

  const fusions = request.keepAll ? new Map<number, Symbolic>() : findFusions(order, kept, lastUse);
  const taken = new Set([...fusions.values()].map((node) => node.id));

  const drafts: BufferDraft[] = [];
  const refs = new Map<number, BufferRef>();
  const names = new Map<number, number[]>(); // buffer → the nodes whose value is in it
  const bind = (id: number, ref: BufferRef): void => {
    refs.set(id, ref);
    const others = names.get(ref.buffer);
    if (others === undefined) names.set(ref.buffer, [id]);
    else others.push(id);
  };
  const instructions: KernelCall[] = [];
  const create = (name: string, elements: number, place: ModelPlace | null, first: number): BufferRef => {
    drafts.push({ name, elements, place, first, last: first });
    return { buffer: drafts.length - 1, offset: 0 };
  };
  const inputs: Record<string, number> = {};

  order.forEach((node, position) => {
    if (taken.has(node.id)) return; // its reader does its work
    const elements = sizeOf(node.shape);
    if (node.op === "input") {
      const ref = create(`input ${node.attributes.name}`, elements, null, -1);
      inputs[node.attributes.name as string] = ref.buffer;
      bind(node.id, ref);
      return;
    }
    if (node.op === "variable" || node.op === "cell") {
      bind(node.id, create(`${node.op} ${node.attributes.name}`, elements, request.locate(node), -1));
      return;
    }
    const worker = fusions.get(node.id) ?? node;
    const op = opNamed(worker.op);
    const sources = worker.inputs.map((input) => refs.get(input.id)!);
    if (op.alias) {
      const [{ buffer, offset }] = sources;
      bind(node.id, { buffer, offset: offset + ((node.attributes.offset ?? 0) as number) });
      const readers = kept.has(node.id) ? Infinity : lastUse.get(node.id) ?? position;
      // The memory is read as long as any of its names is.
      for (const id of names.get(buffer)!) lastUse.set(id, Math.max(lastUse.get(id) ?? 0, readers));
      return;
    }
    const place = places.get(node.id) ?? null;
    let output: BufferRef | null = null;
    if (op.inPlace && place === null && !request.keepAll && node.inputs.length > 0) {
      const { buffer } = sources[0];
      const draft = drafts[buffer];
      const free = draft.place === null && draft.first >= 0 && draft.elements === elements &&
        sources.every((other, i) => i === 0 || other.buffer !== buffer) &&
        names.get(buffer)!.every((id) => (lastUse.get(id) ?? 0) <= position && !kept.has(id));
      if (free) output = sources[0];
    }
    const name = `${node.layer === "" ? "" : `${node.layer}: `}${node.op} ${node.id}`;
    output ??= create(name, elements, place, UNUSED);
    bind(node.id, output);
    const target = output;
    op.lower({
      node: worker,
      fused: worker === node ? null : node,
      output: target,
      inputs: sources,
      ranks,
      scratch: (size) => create(`scratch of ${node.op} ${node.id}`, size, null, UNUSED),
      call: (kernel, args, split) => instructions.push({ kernel, args, split }),
    });
  });

  const outputs: Record<string, number> = {};
  const copy = (from: BufferRef, to: BufferRef, elements: number): void => {
    instructions.push({
      kernel: "copy_forward",
      args: [write(to, 1), read(from, 1), count()],
      split: byParameter(elements),
    });
  };
  /** The buffer that holds the node's value and nothing else, where it shall be; a copy if there is none. */
  const bufferOf = (name: string, node: Symbolic, place: ModelPlace | null): number => {
    const ref = refs.get(node.id)!;
    const elements = sizeOf(node.shape);
    const isThere = place === null || drafts[ref.buffer].place === place;
    if (isThere && drafts[ref.buffer].elements === elements) return ref.buffer;
    const target = create(name, elements, place, UNUSED);
    copy(ref, target, elements);
    return target.buffer;
  };
  for (const { name, node, place } of request.outputs) {
    outputs[name] = bufferOf(name, node, place ?? null);
  }
  // Of a node with several results these are read, not the room between them.
  for (const node of request.keepAll ? order.filter(({ parts }) => parts === undefined) : []) {
    outputs[`node ${node.id}`] = bufferOf(`node ${node.id}`, node, null);
  }

  const schedule = schedulePhases(
    chooseQuanta(instructions, ranks),
    (buffer) => spanOf(drafts[buffer], buffer),
    ranks,
  );
  findLifetimes(drafts, schedule, ranks);
  // Inputs stay as they were filled, so that a caller need not fill again what does not change.
  for (const buffer of [...Object.values(inputs), ...Object.values(outputs)]) drafts[buffer].last = Infinity;
  return { ...placeDrafts(drafts), ...schedule, ranks, cost: costOf(order), inputs, outputs };
}

/**
 * The nodes that are computed along with their only input: reader's id → the input. What that input reads is then read at the reader's
 * place in the order.
 */
function findFusions(
  order: readonly Symbolic[],
  kept: ReadonlySet<number>,
  lastUse: Map<number, number>,
): Map<number, Symbolic> {
  const readers = new Map<number, number>();
  for (const { inputs } of order) for (const { id } of inputs) readers.set(id, (readers.get(id) ?? 0) + 1);
  const fusions = new Map<number, Symbolic>();
  order.forEach((reader, position) => {
    const node = reader.inputs[0];
    if (reader.inputs.length !== 1 || readers.get(node.id) !== 1 || kept.has(node.id)) return;
    if (!opNamed(node.op).fuses?.(node, reader)) return;
    fusions.set(reader.id, node);
    for (const { id } of node.inputs) lastUse.set(id, Math.max(lastUse.get(id) ?? 0, position));
  });
  return fusions;
}

/** The first use of a buffer that no instruction has touched yet. */
const UNUSED = Infinity;

function spanOf({ place, elements }: BufferDraft, buffer: number): BufferSpan {
  return { space: place?.block ?? `${buffer}`, offset: place?.offset ?? 0, elements };
}

/** The sum of what the nodes cost; an op that does not say costs one operation an element. */
function costOf(nodes: readonly Symbolic[]): Cost {
  let flops = 0;
  let bytes = 0;
  for (const node of nodes) {
    const size = sizeOf(node.shape);
    const cost = opNamed(node.op).cost?.(node) ?? { flops: size, bytes: 8 * size };
    flops += cost.flops;
    bytes += cost.bytes;
  }
  return { flops, bytes };
}

/** The node whose lowering writes the buffer that holds the value of `node` and nothing else; null for leaves and parts. */
function ownerOf(node: Symbolic): Symbolic | null {
  while (node.op === "reshape") node = node.inputs[0];
  return ["input", "variable", "cell", "part"].includes(node.op) ? null : node;
}

/** The nodes under `outputs`, in the order of the graph. */
function nodesOf(outputs: readonly Symbolic[]): Symbolic[] {
  const found = new Map<number, Symbolic>();
  const pending = [...outputs];
  for (let node = pending.pop(); node !== undefined; node = pending.pop()) {
    if (found.has(node.id)) continue;
    found.set(node.id, node);
    pending.push(...node.inputs);
  }
  return [...found.values()].sort((a, b) => a.id - b.id);
}

/** With one thread a buffer lives from instruction to instruction; with several from phase to phase, since threads run apart in between. */
function findLifetimes(drafts: readonly BufferDraft[], { instructions, barriers }: Schedule, ranks: number): void {
  let phase = 0;
  instructions.forEach(({ args }, position) => {
    if (barriers[phase] === position) phase++;
    const at = ranks === 1 ? position : phase;
    for (const arg of args) {
      if (typeof arg === "number" || !("ref" in arg)) continue;
      const draft = drafts[arg.ref.buffer];
      draft.first = Math.min(draft.first, at);
      draft.last = draft.last === UNUSED ? at : Math.max(draft.last, at);
    }
  });
}

function placeDrafts(drafts: readonly BufferDraft[]): Pick<Program, "buffers" | "arenaElements"> {
  const inArena = drafts.map((_, i) => i).filter((i) => drafts[i].place === null);
  const lifetimes: Lifetime[] = inArena.map((i) => drafts[i]);
  const { offsets, elements } = placeBuffers(lifetimes);
  const places: BufferPlace[] = drafts.map((draft) => ({ kind: "model", block: "", offset: 0, ...draft.place }));
  inArena.forEach((i, j) => places[i] = { kind: "arena", offset: offsets[j] });
  const buffers: ProgramBuffer[] = drafts.map(({ name, elements }, i) => ({ name, elements, place: places[i] }));
  return { buffers, arenaElements: elements };
}
