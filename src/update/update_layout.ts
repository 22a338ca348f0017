import type { Optimizer, Slot } from "../optimizers/optimizer.ts";
import type { OptimizerGroups } from "../optimizers/optimizer_groups.ts";
import type { VariablePlace } from "../program/variable_place.ts";
import type { Shape } from "../tensor/shape.ts";
import { sizeOf } from "../tensor/size_of.ts";
import type { Block } from "../workers/model_memory.ts";
import { wholeVectors } from "../tensor/whole_vectors.ts";
import type { StateTensor } from "./state_tensor.ts";

/** What an optimizer keeps for one variable: a part of a block of the model's memory. */
export interface StatePart extends StateTensor {
  /** `slot/<name>`, `ema` or `accumulator`. */
  readonly block: string;
  readonly variable: VariablePlace;
  /** What it is filled with before the first step. */
  readonly initial: Slot["initial"];
}

/** Variables that one optimizer trains. */
export interface UpdateGroup {
  readonly optimizer: Optimizer;
  /** In the order of their gradients. */
  readonly variables: readonly VariablePlace[];
  /** Where its numbers of a step begin in the block `cells`: the optimizer's, and then the update's own; multiples of 4. */
  readonly cells: number;
  readonly commonCells: number;
}

/**
 * Where optimizers keep what they keep. The parts of a block lie in the order of the gradients, so that variables whose gradients lie side by
 * side are neighbours in the blocks of a fused optimizer too.
 */
export class UpdateLayout {
  readonly groups: readonly UpdateGroup[];
  /** What is to be saved with a model, block by block. */
  readonly parts: readonly StatePart[];
  readonly #sizes: Map<string, number> = new Map();
  /** Block → where the gradient begins → the part. */
  readonly #byPlace: Map<string, Map<number, StatePart>> = new Map();
  readonly #groupAt: Map<number, UpdateGroup> = new Map();
  readonly #cells: number;

  /** @throws {Error} If a variable that is trained is in no group. */
  constructor(optimizer: Optimizer | OptimizerGroups, variables: readonly VariablePlace[]) {
    const trained = variables.filter((v) => v.slot >= 0).sort((a, b) => a.slot - b.slot);
    const groups: UpdateGroup[] = [];
    let cells = 0;
    for (const [own, rule] of divide(optimizer, trained)) {
      const commonCells = cells + wholeVectors("formula" in rule ? rule.formula.cells.length : rule.cellCount);
      const group = { optimizer: rule, variables: own, cells, commonCells };
      groups.push(group);
      for (const { slot } of own) this.#groupAt.set(slot, group);
      cells = commonCells + 4;
    }
    this.groups = groups;
    this.#cells = cells;
    for (const variable of trained) {
      const { common } = this.groupOf(variable).optimizer;
      const add = (block: string, shape: Shape, initial: Slot["initial"]): void => {
        const offset = this.#sizes.get(block) ?? 0;
        const name = `${block}/${variable.name}`;
        const part = { name, dtype: "F32" as const, block, variable, shape, offset, elements: sizeOf(shape), initial };
        this.#sizes.set(block, offset + wholeVectors(part.elements));
        let placed = this.#byPlace.get(block);
        if (placed === undefined) this.#byPlace.set(block, placed = new Map());
        placed.set(variable.slot, part);
      };
      for (const { name, shape, initial } of this.slotsOf(variable)) {
        add(`slot/${name}`, shape ?? variable.shape, initial);
      }
      if (common.useEma) add("ema", variable.shape, 0);
      if (common.gradientAccumulationSteps !== null) add("accumulator", variable.shape, 0);
    }
    // Blocks of state stand in files behind the slots, as they always did.
    const order = [...this.#byPlace].sort(([a], [b]) => Number(isCommon(a)) - Number(isCommon(b)));
    this.parts = order.flatMap(([, placed]) => [...placed.values()]);
  }

  /** The blocks of memory, `cells` with the numbers of a step last. */
  get blocks(): Block[] {
    const state = [...this.#sizes].map(([name, elements]): Block => ({ name, elements }));
    return [...state, { name: "cells", elements: this.#cells }];
  }

  /** The blocks of slots. */
  get slotBlocks(): string[] {
    return [...this.#sizes.keys()].filter((block) => block.startsWith("slot/"));
  }

  /** The group that a variable is in. */
  groupOf({ name, slot }: VariablePlace): UpdateGroup {
    const group = this.#groupAt.get(slot);
    if (group === undefined) throw new Error(`The variable "${name}" is not trained`);
    return group;
  }

  /** The arrays that the optimizer keeps for a variable. */
  slotsOf(variable: VariablePlace): readonly Slot[] {
    const { optimizer } = this.groupOf(variable);
    return "formula" in optimizer ? optimizer.slots : optimizer.slotsOf(variable);
  }

  /** Where training reads a variable, if it is at other weights than those of the model; null if it is not. */
  pointOf(variable: VariablePlace): StatePart | null {
    if (variable.slot < 0) return null;
    const { optimizer } = this.groupOf(variable);
    if (!("formula" in optimizer) || optimizer.point === undefined) return null;
    return this.partAt(`slot/${optimizer.point}`, variable.slot);
  }

  /** Elements of a block. */
  sizeOf(block: string): number {
    return this.#sizes.get(block) ?? 0;
  }

  /** The part of a block for the variable whose gradient begins at `slot`. */
  partAt(block: string, slot: number): StatePart {
    const part = this.#byPlace.get(block)?.get(slot);
    if (part === undefined) throw new Error(`The optimizer keeps nothing in ${block} for the gradient at ${slot}`);
    return part;
  }
}

/** The variables of every group, with its optimizer. */
function divide(
  optimizer: Optimizer | OptimizerGroups,
  variables: readonly VariablePlace[],
): (readonly [readonly VariablePlace[], Optimizer])[] {
  if (!("groups" in optimizer)) return [[variables, optimizer]];
  const { groups } = optimizer;
  const rest = groups.findIndex(({ layers }) => layers === null);
  const byLayer = new Map<string, number>();
  groups.forEach(({ layers }, i) => layers?.forEach((layer) => byLayer.set(layer, i)));
  const indexOf = ({ name }: VariablePlace): number => {
    // The layer itself, then those that it is inside of.
    for (let end = name.lastIndexOf("/"); end > 0; end = name.lastIndexOf("/", end - 1)) {
      const index = byLayer.get(name.slice(0, end));
      if (index !== undefined) return index;
    }
    if (rest >= 0) return rest;
    const layer = name.slice(0, name.lastIndexOf("/"));
    throw new Error(
      `Cannot train layer "${layer}": every layer must be in a group of the optimizer, but it is in none; ` +
        "a group without layers takes the rest",
    );
  };
  const indices = variables.map(indexOf);
  return groups.map((group, i) => [variables.filter((_, v) => indices[v] === i), group.optimizer]);
}

function isCommon(block: string): boolean {
  return block === "ema" || block === "accumulator";
}
