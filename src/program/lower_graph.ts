import { type BufferRef, byParameter, count, type Lowering, type Op, type OpOfParts, read, write } from "../ops/op.ts";
import { opNamed } from "../ops/table.ts";
import { sizeOf } from "../tensor/size_of.ts";
import type { Symbolic } from "../tensor/symbolic.ts";
import { fuseNodes } from "./fuse_nodes.ts";
import { orderNodes } from "./order_nodes.ts";
import type { ModelPlace } from "./program.ts";
import type { ProgramBuilder, ProgramPorts } from "./program_builder.ts";

/** What of a graph a program shall compute. */
export interface GraphRequest {
  /** Values to be read after a run; one with a `place` is written into the model's memory. */
  readonly outputs: readonly { readonly name: string; readonly node: Symbolic; readonly place?: ModelPlace }[];
  /** Where a variable or a cell lives. */
  readonly locate: (leaf: Symbolic) => ModelPlace;
  /** Inputs that the caller fills although no output depends on them are given here, so that they have a buffer all the same. */
  readonly inputs?: readonly Symbolic[];
  /** Keeps every node's value until the end of the run, under the name `node <id>`: for finding where a value went wrong. */
  readonly keepAll?: boolean;
  /** Where working memory of a node is. Default: in the arena. */
  readonly placeScratch?: (node: Symbolic, elements: number) => ModelPlace;
  /** Writes the kernel calls of a node that is no leaf. Default: as its op does. */
  readonly lower?: (lowering: Lowering) => void;
}

/** A variable or a cell of a graph. */
interface Leaf {
  readonly id: number;
  readonly place: ModelPlace;
  readonly elements: number;
}

/**
 * Lowers the nodes that the outputs need into `builder`, one op after the other in the graph's order.
 *
 * An output may have the place of a variable that the graph reads: it is written there once nothing reads the old value any more.
 */
export function lowerGraph(builder: ProgramBuilder, request: GraphRequest): ProgramPorts {
  const lowering = new GraphLowering(builder, request);
  for (const node of lowering.order) lowering.lower(node);
  const inputs = lowering.inputs;
  return { inputs, outputs: lowering.findOutputs() };
}

/** Gives every node a buffer: a reshape its source's, an elementwise op its first input's if nothing reads that later. */
class GraphLowering {
  readonly order: readonly Symbolic[];
  /** The buffers of the inputs, by name. */
  readonly inputs: Record<string, number> = {};
  readonly #builder: ProgramBuilder;
  readonly #request: GraphRequest;
  /** The ids of the outputs. */
  readonly #kept: ReadonlySet<number>;
  /** Reader's id → the input that is computed along with it. */
  readonly #fusions: ReadonlyMap<number, Symbolic>;
  /** The ids of the nodes that are computed along with their readers. */
  readonly #fused: ReadonlySet<number>;
  /** Node's id → position of its last reader. */
  readonly #lastUse: Map<number, number> = new Map();
  readonly #positions: Map<number, number> = new Map();
  /** Where values shall be in the model's memory, by the id of the node whose lowering writes them. */
  readonly #places: Map<number, ModelPlace> = new Map();
  /** Variables and cells, by the block that they are in. */
  readonly #leaves: Map<string, Leaf[]> = new Map();
  readonly #refs: Map<number, BufferRef> = new Map();
  /** Buffer → the nodes whose value is in it. */
  readonly #names: Map<number, number[]> = new Map();

  constructor(builder: ProgramBuilder, request: GraphRequest) {
    const { outputs, inputs = [], keepAll } = request;
    this.#builder = builder;
    this.#request = request;
    this.#kept = new Set(outputs.map(({ node }) => node.id));
    this.order = orderNodes([...outputs.map(({ node }) => node), ...inputs]);
    this.#fusions = keepAll ? new Map() : fuseNodes(this.order, this.#kept);
    this.#fused = new Set([...this.#fusions.values()].map((node) => node.id));
    this.order.forEach((node, position) => {
      this.#positions.set(node.id, position);
      if (node.op === "variable" || node.op === "cell") this.#noteLeaf(node);
      // What a fused node reads is read at its reader's place.
      for (const { id } of [...node.inputs, ...this.#fusions.get(node.id)?.inputs ?? []]) {
        this.#lastUse.set(id, position);
      }
    });
    for (const { node, place } of outputs) {
      const owner = ownerOf(node);
      if (place !== undefined && owner !== null && !this.#places.has(owner.id)) this.#places.set(owner.id, place);
    }
  }

  /** Adds the kernel calls of one node. */
  lower(node: Symbolic): void {
    const builder = this.#builder;
    const { op, shape, attributes } = node;
    const elements = sizeOf(shape);
    builder.addCost(opNamed(op).cost?.(node) ?? { flops: elements, bytes: 8 * elements });
    if (this.#fused.has(node.id)) return; // its reader does its work
    if (op === "input") {
      const ref = builder.input(`input ${attributes.name}`, elements);
      this.inputs[attributes.name as string] = ref.buffer;
      this.#bind(node, ref);
    } else if (op === "variable" || op === "cell") {
      this.#bind(node, builder.place(this.#request.locate(node), elements, `${op} ${attributes.name}`));
    } else if (opNamed(op).alias) {
      this.#lowerAlias(node);
    } else {
      this.#lowerWork(node, this.#fusions.get(node.id) ?? node, elements);
    }
  }

  /** The buffers that hold the outputs after a run, by name. */
  findOutputs(): Record<string, number> {
    const found: Record<string, number> = {};
    this.#saveLeaves();
    for (const { name, node, place } of this.#request.outputs) found[name] = this.#bufferOf(name, node, place ?? null);
    // Of a node with several results these are read, not the room between them.
    for (const node of this.#request.keepAll ? this.order.filter(({ parts }) => parts === undefined) : []) {
      found[`node ${node.id}`] = this.#bufferOf(`node ${node.id}`, node, null);
    }
    return found;
  }

  #noteLeaf(node: Symbolic): void {
    const leaf: Leaf = { id: node.id, place: this.#request.locate(node), elements: sizeOf(node.shape) };
    const others = this.#leaves.get(leaf.place.block);
    if (others === undefined) this.#leaves.set(leaf.place.block, [leaf]);
    else others.push(leaf);
  }

  #bind({ id }: Symbolic, ref: BufferRef): void {
    this.#refs.set(id, ref);
    const others = this.#names.get(ref.buffer);
    if (others === undefined) this.#names.set(ref.buffer, [id]);
    else others.push(id);
  }

  #lowerAlias(node: Symbolic): void {
    const { buffer, offset } = this.#refs.get(node.inputs[0].id)!;
    this.#bind(node, { buffer, offset: offset + ((node.attributes.offset ?? 0) as number) });
    const readers = this.#kept.has(node.id) ? Infinity : this.#lastUse.get(node.id) ?? this.#positions.get(node.id)!;
    // The memory is read as long as any of its names is.
    for (const id of this.#names.get(buffer)!) {
      this.#lastUse.set(id, Math.max(this.#lastUse.get(id) ?? 0, readers));
    }
  }

  /** `worker` is the node itself, or the one that is computed along with it. */
  #lowerWork(node: Symbolic, worker: Symbolic, elements: number): void {
    const builder = this.#builder;
    const op = opNamed(worker.op);
    const inputs = worker.inputs.map((input) => this.#refs.get(input.id)!);
    const wanted = this.#places.get(node.id) ?? null;
    const place = wanted === null || this.#mayOverwrite(wanted, node, op, inputs, elements) ? wanted : null;
    const taken = op.inPlace && place === null && !this.#request.keepAll && this.#isFree(node, inputs, elements);
    const name = `${node.layer === "" ? "" : `${node.layer}: `}${node.op} ${node.id}`;
    const output = taken ? inputs[0] : builder.create(name, elements, place);
    this.#bind(node, output);
    const lower = this.#request.lower ?? ((lowering) => op.lower(lowering));
    lower({
      node: worker,
      fused: worker === node ? null : node,
      output,
      inputs,
      ranks: builder.ranks,
      scratch: (size) =>
        builder.create(`scratch of ${node.op} ${node.id}`, size, this.#request.placeScratch?.(node, size)),
      call: (kernel, args, split) => builder.call(kernel, args, split),
    });
  }

  /** Whether the node may take its first input's memory: it is as large, in the arena, and nothing reads it later. */
  #isFree(node: Symbolic, inputs: readonly BufferRef[], elements: number): boolean {
    if (inputs.length === 0) return false;
    const [{ buffer }] = inputs;
    const draft = this.#builder.buffer(buffer);
    return draft.place === null && !draft.isInput && draft.elements === elements &&
      inputs.every((other, i) => i === 0 || other.buffer !== buffer) && this.#isOver(buffer, node);
  }

  /** Whether nothing reads a buffer behind the node. */
  #isOver(buffer: number, node: Symbolic): boolean {
    const position = this.#positions.get(node.id)!;
    return this.#names.get(buffer)!.every((id) => (this.#lastUse.get(id) ?? 0) <= position && !this.#kept.has(id));
  }

  /**
   * Whether the node's kernels may write at once to a place where variables of the graph are: nothing reads these later, and the node does
   * not, unless it changes them element by element.
   */
  #mayOverwrite(
    place: ModelPlace,
    node: Symbolic,
    op: Op | OpOfParts,
    inputs: readonly BufferRef[],
    elements: number,
  ): boolean {
    return (this.#leaves.get(place.block) ?? []).every((leaf) => {
      if (!overlap(place, elements, leaf.place, leaf.elements)) return true;
      const ref = this.#refs.get(leaf.id);
      if (ref === undefined || !this.#isOver(ref.buffer, node)) return false;
      const reads = inputs.map(({ buffer }) => buffer === ref.buffer);
      const isSame = place.offset === leaf.place.offset && elements === leaf.elements;
      return !reads.includes(true) || (op.inPlace === true && isSame && reads.lastIndexOf(true) === 0);
    });
  }

  /** The buffer that holds the node's value and nothing else, where it shall be; a copy if there is none. */
  #bufferOf(name: string, node: Symbolic, place: ModelPlace | null): number {
    const builder = this.#builder;
    const ref = this.#refs.get(node.id)!;
    const elements = sizeOf(node.shape);
    const found = builder.buffer(ref.buffer);
    const isThere = place === null || (found.place?.block === place.block && found.place.offset === place.offset);
    if (isThere && found.elements === elements) return ref.buffer;
    const target = builder.create(name, elements, place);
    this.#copy(ref, target, elements);
    return target.buffer;
  }

  /** Puts aside the old value of a variable that is an output, where another output takes its place. */
  #saveLeaves(): void {
    const { outputs } = this.#request;
    for (const { node } of outputs) {
      const ref = this.#refs.get(node.id)!;
      const { place, elements } = this.#builder.buffer(ref.buffer);
      if (place === null || !this.#leaves.has(place.block)) continue;
      const isLost = outputs.some((other) =>
        other.node !== node && other.place !== undefined &&
        overlap(place, elements, other.place, sizeOf(other.node.shape))
      );
      if (!isLost) continue;
      const aside = this.#builder.create(`old ${node.op} ${node.id}`, sizeOf(node.shape));
      this.#copy(ref, aside, sizeOf(node.shape));
      this.#refs.set(node.id, aside);
    }
  }

  #copy(from: BufferRef, to: BufferRef, elements: number): void {
    this.#builder.call("copy_forward", [write(to, 1), read(from, 1), count()], byParameter(elements));
  }
}

/** Whether two ranges of the model's blocks have elements in common. */
function overlap(a: ModelPlace, elements: number, b: ModelPlace, others: number): boolean {
  return a.block === b.block && a.offset < b.offset + others && b.offset < a.offset + elements;
}

/** The node whose lowering writes the buffer that holds the value of `node` and nothing else; null for leaves and parts. */
function ownerOf(node: Symbolic): Symbolic | null {
  while (node.op === "reshape") node = node.inputs[0];
  return ["input", "variable", "cell", "part"].includes(node.op) ? null : node;
}
