import type { WeightStore } from "../layers/weight_store.ts";
import type { WeightSpec } from "../layers/weight_spec.ts";
import type { Numerics } from "../kernels/numerics.ts";
import type { Program } from "../program/program.ts";
import { sizeOf } from "../tensor/size_of.ts";
import type { LoadedProgram } from "../workers/loaded_program.ts";
import { type Block, ModelMemory } from "../workers/model_memory.ts";
import { wholeVectors } from "../tensor/whole_vectors.ts";

/** Where a layer's weight lies. */
export interface WeightPlace {
  readonly block: "weights" | "state";
  /** In elements from the block's beginning; a multiple of 4. */
  readonly offset: number;
  readonly elements: number;
}

/** A weight that comes into a store, with its first values. */
export interface NewWeight {
  readonly layer: object;
  readonly spec: WeightSpec;
  /** Gives them; called when there is memory for them. */
  readonly values: () => Float32Array;
}

/** Weights of more bytes go into a memory at once, so that a model that is too large is refused before its values are drawn. */
const SMALL_BYTES = 1 << 20;

/** What one model keeps in the memory besides its variables. */
interface Tenant {
  /**
   * The model. The first is held as it is, others weakly, so that a store that many models have shared does not keep them all. (What a WeakRef
   * was made of or gave lives until the event loop turns: a loop of fits that only awaits promises would keep every model.)
   */
  readonly owner: object | WeakRef<object>;
  /** What is behind the names of its blocks: the first tenant has plain names. */
  readonly suffix: string;
  readonly blocks: readonly Block[];
}

/**
 * The variables of layers, in one memory. Models are functions over it: those that share a layer share a store.
 *
 * A store grows by appending, so that what lies in it stays where it is: new layers on an old store come behind its variables, and so do the
 * variables of another store that it takes in. What optimizers keep belongs to a model, in blocks of its own. Growing replaces the memory:
 * programs that were loaded before are void.
 */
export class Store implements WeightStore {
  readonly numerics: Numerics;
  #places: Map<object, Map<string, WeightPlace>> = new Map();
  readonly #ends: Record<WeightPlace["block"], number> = { weights: 0, state: 0 };
  #tenants: Tenant[] = [];
  /** Made when it is first needed: a memory costs a tenth of a millisecond, and a model that is compiled next needs another one. */
  #memory: ModelMemory | null = null;
  /** Values for the first memory. */
  #waiting: { readonly place: WeightPlace; readonly values: Float32Array }[] = [];
  #version: object = {};
  /** The store that has taken this one in. */
  #into: Store | null = null;
  /** The name of the model that is being trained. */
  #training: string | null = null;

  /** An empty store. */
  constructor(numerics: Numerics) {
    this.numerics = numerics;
  }

  /** The store that this one has become a part of; itself, as long as nobody took it in. */
  get root(): Store {
    return this.#into?.root ?? this;
  }

  /** The memory as it is now. */
  get memory(): ModelMemory {
    const root = this.root;
    if (root.#memory === null) root.#renew();
    return root.#memory!;
  }

  /** Changes whenever places or memory do: what was found before is to be looked for again. */
  get version(): object {
    return this.root.#version;
  }

  /** Elements of a block of variables. */
  elementsOf(block: WeightPlace["block"]): number {
    return this.root.#ends[block];
  }

  /** Where a weight lies; undefined if it is not here. */
  placeOf(layer: object, weight: string): WeightPlace | undefined {
    return this.root.#places.get(layer)?.get(weight);
  }

  /** The values of a weight: a view on the memory. */
  values({ block, offset, elements }: WeightPlace): Float32Array {
    return this.memory.view(block, offset, elements);
  }

  /** Sets a weight of a layer. */
  write(layer: object, weight: string, values: readonly number[]): void {
    const place = this.placeOf(layer, weight);
    if (place === undefined) throw new Error(`The store has no weight "${weight}" of that layer`);
    if (place.elements !== values.length) {
      throw new TypeError(`Cannot set weight "${weight}": it has ${place.elements} numbers, got ${values.length}`);
    }
    this.values(place).set(values);
  }

  /** Forgets where the weights of a layer lie; the place stays empty. */
  forget(layer: object): void {
    this.root.#places.delete(layer);
  }

  /**
   * Appends weights that are not here yet.
   *
   * @throws {Error} If a model of this store is in training; RangeError if there is not enough memory; what `values` throws. Nothing has
   *   changed then
   */
  add(weights: readonly NewWeight[]): void {
    const root = this.root;
    if (weights.length === 0) return;
    root.#refuseWhileTraining();
    const before = { ...root.#ends };
    const places = weights.map(({ spec }) => root.#append(spec));
    try {
      if (root.#memory === null && 4 * (root.#ends.weights + root.#ends.state) <= SMALL_BYTES) {
        root.#waiting = [...root.#waiting, ...weights.map(({ values }, i) => ({ place: places[i], values: values() }))];
        root.#version = {};
      } else {
        root.#renew();
        weights.forEach(({ values }, i) => root.values(places[i]).set(values()));
      }
    } catch (error) {
      Object.assign(root.#ends, before);
      throw error;
    }
    weights.forEach(({ layer, spec }, i) => {
      let known = root.#places.get(layer);
      if (known === undefined) root.#places.set(layer, known = new Map());
      known.set(spec.name, places[i]);
    });
  }

  /**
   * Takes another store in: its variables come behind those that are here, its models go on where they are.
   *
   * @throws {Error} If a model of either is in training; RangeError if there is not enough memory
   */
  absorb(given: Store): void {
    const root = this.root;
    const other = given.root;
    if (root === other) return;
    root.#refuseWhileTraining();
    other.#refuseWhileTraining();
    const begins = { ...root.#ends };
    const ownTenants = root.#tenants;
    const taken = new Set(ownTenants.map(({ suffix }) => suffix));
    for (const block of ["weights", "state"] as const) root.#ends[block] += other.#ends[block];
    // Those whose models are no more go: from here on, who was looked at stays until this is done.
    const tenants = other.#tenants.filter((tenant) => ownerOf(tenant) !== undefined);
    const moved = tenants.map((tenant): Tenant => {
      const suffix = freeSuffix(taken);
      taken.add(suffix);
      return { ...tenant, suffix };
    });
    root.#tenants = [...ownTenants, ...moved];
    try {
      root.#renew();
    } catch (error) {
      Object.assign(root.#ends, begins);
      root.#tenants = ownTenants;
      throw error;
    }
    for (const block of ["weights", "state"] as const) {
      root.memory.view(block, begins[block], other.#ends[block]).set(other.memory.view(block));
    }
    tenants.forEach(({ blocks, suffix }, i) => {
      for (const { name } of blocks) {
        root.memory.view(name + moved[i].suffix).set(other.memory.view(name + suffix));
      }
    });
    for (const [layer, weights] of other.#places) {
      const shifted = [...weights].map(([name, place]): [string, WeightPlace] => [
        name,
        { ...place, offset: place.offset + begins[place.block] },
      ]);
      root.#places.set(layer, new Map([...root.#places.get(layer) ?? [], ...shifted]));
    }
    other.#into = root;
  }

  /** Gives a model blocks of its own, instead of those that it had. @throws {Error} If another model of this store is in training */
  rent(owner: object, blocks: readonly Block[]): ModelMemory {
    const root = this.root;
    root.#refuseWhileTraining();
    const before = root.#tenants;
    const others = before.filter((tenant) => ownerOf(tenant) !== owner);
    const suffix = freeSuffix(new Set(others.map((tenant) => tenant.suffix)));
    root.#tenants = [...others, { owner: others.length === 0 ? owner : new WeakRef(owner), suffix, blocks }];
    try {
      root.#renew(owner);
    } catch (error) {
      root.#tenants = before;
      throw error;
    }
    return root.memory;
  }

  /** The name in the memory of a block of a model; names that it did not rent are common to all. */
  blockOf(owner: object, name: string): string {
    const tenant = this.#tenantOf(owner);
    return tenant !== undefined && tenant.blocks.some((block) => block.name === name) ? name + tenant.suffix : name;
  }

  /** Loads a program that works on the blocks of a model. */
  load(owner: object, program: Program): LoadedProgram {
    if (this.#tenantOf(owner)?.suffix === "") return this.memory.load(program);
    const buffers = program.buffers.map((buffer) => {
      const { place } = buffer;
      if (place.kind !== "model") return buffer;
      return { ...buffer, place: { ...place, block: this.blockOf(owner, place.block) } };
    });
    return this.memory.load({ ...program, buffers });
  }

  /**
   * Notes that a model is in training, until `endTraining`: the memory must stay.
   *
   * @throws {Error} If another one is
   */
  beginTraining(model: string): void {
    this.root.#refuseWhileTraining();
    this.root.#training = model;
  }

  /** Notes that no model is in training. */
  endTraining(): void {
    this.root.#training = null;
  }

  #tenantOf(owner: object): Tenant | undefined {
    return this.root.#tenants.find((other) => ownerOf(other) === owner);
  }

  #refuseWhileTraining(): void {
    if (this.#training === null) return;
    throw new Error(
      `Cannot do this now: model "${this.#training}", with which it shares layers, is in training; await that fit first`,
    );
  }

  #append(spec: WeightSpec): WeightPlace {
    const block = spec.trainable === false ? "state" : "weights";
    const elements = sizeOf(spec.shape);
    const offset = this.#ends[block];
    this.#ends[block] += wholeVectors(elements);
    return { block, offset, elements };
  }

  #blocks(): Block[] {
    return [
      { name: "weights", elements: this.#ends.weights },
      { name: "state", elements: this.#ends.state },
      { name: "step", elements: 4 },
      ...this.#tenants.flatMap(({ blocks, suffix }) =>
        blocks.map(({ name, elements }) => ({ name: name + suffix, elements }))
      ),
    ];
  }

  /** Makes the memory anew for the blocks as they are now; what was in them stays, but for those of `fresh`, which begin with zeros. */
  #renew(fresh: object | null = null): void {
    const old = this.#memory;
    this.#tenants = this.#tenants.filter((tenant) => ownerOf(tenant) !== undefined);
    const blocks = this.#blocks();
    const next = new ModelMemory(blocks, this.numerics);
    const empty = this.#tenants.find((tenant) => fresh !== null && ownerOf(tenant) === fresh);
    for (const { name } of blocks) {
      if (old === null || !old.has(name) || empty?.blocks.some((block) => block.name + empty.suffix === name)) continue;
      const values = old.view(name);
      const target = next.view(name);
      target.set(values.length > target.length ? values.subarray(0, target.length) : values);
    }
    for (const { place: { block, offset, elements }, values } of this.#waiting) {
      next.view(block, offset, elements).set(values);
    }
    this.#waiting = [];
    this.#memory = next;
    this.#version = {};
  }
}

/** The model that has the blocks; undefined if it is no more. */
function ownerOf({ owner }: Tenant): object | undefined {
  return owner instanceof WeakRef ? owner.deref() : owner;
}

/** The shortest suffix that nobody has: none, then `#2`, `#3`, … */
function freeSuffix(taken: ReadonlySet<string>): string {
  let suffix = "";
  for (let i = 2; taken.has(suffix); i++) suffix = `#${i}`;
  return suffix;
}
