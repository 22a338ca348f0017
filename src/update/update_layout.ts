import type { Optimizer, Slot } from "../optimizers/optimizer.ts";
import type { VariablePlace } from "../program/variable_place.ts";
import type { Shape } from "../tensor/shape.ts";
import { sizeOf } from "../tensor/size_of.ts";
import type { Block } from "../workers/model_memory.ts";

/** What an optimizer keeps for one variable: a part of a block of the model's memory. */
export interface StatePart {
  /** `slot/<name>`, `ema` or `accumulator`. */
  readonly block: string;
  readonly variable: VariablePlace;
  readonly shape: Shape;
  /** In elements from the block's beginning; a multiple of 4. */
  readonly offset: number;
  readonly elements: number;
  /** What it is filled with before the first step. */
  readonly initial: Slot["initial"];
}

/**
 * Where an optimizer keeps what it keeps. The parts of a block lie in the order of the gradients, so that variables whose gradients lie side
 * by side are neighbours in the blocks of a fused optimizer too.
 */
export class UpdateLayout {
  readonly optimizer: Optimizer;
  /** The variables that are trained, in the order of their gradients. */
  readonly variables: readonly VariablePlace[];
  /** What is to be saved with a model, block by block. */
  readonly parts: readonly StatePart[];
  /** Elements of the gradients. */
  readonly slotElements: number;
  /** Where in the block `cells` the numbers of the update's own begin, behind the optimizer's: on a multiple of 16 bytes. */
  readonly commonCells: number;
  readonly #sizes: Map<string, number> = new Map();
  readonly #byPlace: Map<string, StatePart> = new Map();

  constructor(optimizer: Optimizer, variables: readonly VariablePlace[]) {
    this.optimizer = optimizer;
    this.variables = variables.filter((v) => v.slot >= 0).sort((a, b) => a.slot - b.slot);
    this.slotElements = this.variables.reduce((end, v) => Math.max(end, v.slot + roundUp(v.elements)), 0);
    this.commonCells = roundUp("formula" in optimizer ? optimizer.formula.cells.length : optimizer.cellCount);
    const { useEma, gradientAccumulationSteps } = optimizer.common;
    const more = [...(useEma ? ["ema"] : []), ...(gradientAccumulationSteps === null ? [] : ["accumulator"])];
    const parts: StatePart[] = [];
    for (const variable of this.variables) {
      const add = (block: string, shape: Shape, initial: Slot["initial"]): void => {
        const offset = this.#sizes.get(block) ?? 0;
        const part = { block, variable, shape, offset, elements: sizeOf(shape), initial };
        this.#sizes.set(block, offset + roundUp(part.elements));
        this.#byPlace.set(`${block} ${variable.slot}`, part);
        parts.push(part);
      };
      for (const { name, shape, initial } of this.slotsOf(variable)) {
        add(`slot/${name}`, shape ?? variable.shape, initial);
      }
      for (const block of more) add(block, variable.shape, 0);
    }
    const order = [...this.#sizes.keys()];
    this.parts = parts.sort((a, b) => order.indexOf(a.block) - order.indexOf(b.block));
  }

  /** The blocks of memory, `cells` with the numbers of a step last. */
  get blocks(): Block[] {
    const state = [...this.#sizes].map(([name, elements]): Block => ({ name, elements }));
    return [...state, { name: "cells", elements: this.commonCells + 4 }];
  }

  /** The arrays that the optimizer keeps for a variable. */
  slotsOf(variable: VariablePlace): readonly Slot[] {
    return "formula" in this.optimizer ? this.optimizer.slots : this.optimizer.slotsOf(variable);
  }

  /** Where training reads a variable, if it is at other weights than those of the model; null if it is not. */
  pointOf({ slot }: VariablePlace): StatePart | null {
    const { optimizer } = this;
    if (slot < 0 || !("formula" in optimizer) || optimizer.point === undefined) return null;
    return this.partAt(`slot/${optimizer.point}`, slot);
  }

  /** Elements of a block. */
  sizeOf(block: string): number {
    return this.#sizes.get(block) ?? 0;
  }

  /** The part of a block for the variable whose gradient begins at `slot`. */
  partAt(block: string, slot: number): StatePart {
    const part = this.#byPlace.get(`${block} ${slot}`);
    if (part === undefined) throw new Error(`The optimizer keeps nothing in ${block} for the gradient at ${slot}`);
    return part;
  }
}

function roundUp(elements: number): number {
  return Math.ceil(elements / 4) * 4;
}
