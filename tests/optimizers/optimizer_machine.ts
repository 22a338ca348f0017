import type { Constraint } from "../../src/constraints/constraint.ts";
import type { Numerics } from "../../src/kernels/numerics.ts";
import type { Optimizer } from "../../src/optimizers/optimizer.ts";
import type { OptimizerGroups } from "../../src/optimizers/optimizer_groups.ts";
import type { VariablePlace } from "../../src/program/variable_place.ts";
import type { Shape } from "../../src/tensor/shape.ts";
import { sizeOf } from "../../src/tensor/size_of.ts";
import { compileUpdate, type UpdatePrograms } from "../../src/update/compile_update.ts";
import { createUpdate, type Update } from "../../src/update/update.ts";
import type { LoadedProgram } from "../../src/workers/loaded_program.ts";
import { ModelMemory } from "../../src/workers/model_memory.ts";

/** A variable of a test's model. */
export interface TestVariable {
  readonly name: string;
  readonly shape: Shape;
  readonly trainable?: boolean;
}

/** Runs an optimizer's programs over the real kernels, with gradients that the test gives. */
export class OptimizerMachine {
  readonly update: Update;
  readonly programs: UpdatePrograms;
  readonly memory: ModelMemory;
  readonly places: readonly VariablePlace[];
  /** The learning rate in the place of the optimizer's. */
  learningRate: number | null = null;
  step = 0;
  iteration = 0;
  #optimizer: Optimizer | OptimizerGroups;
  #loaded: Record<string, LoadedProgram> = {};

  constructor(
    optimizer: Optimizer | OptimizerGroups,
    variables: readonly TestVariable[],
    options: { constraints?: ReadonlyMap<string, Constraint>; numerics?: Numerics } = {},
  ) {
    let offset = 0;
    let slots = 0;
    this.places = variables.map(({ name, shape, trainable = true }) => {
      const elements = sizeOf(shape);
      const whole = Math.ceil(elements / 4) * 4;
      const place = {
        name,
        shape,
        block: "weights" as const,
        offset,
        slot: trainable ? slots : -1,
        elements,
        trainable,
      };
      offset += whole;
      if (trainable) slots += whole;
      return place;
    });
    this.#optimizer = optimizer;
    this.update = createUpdate(optimizer, this.places);
    this.programs = compileUpdate(optimizer, this.places, options.constraints ?? new Map(), 1);
    const blocks = [{ name: "weights", elements: offset }, { name: "gradients", elements: slots }];
    this.memory = new ModelMemory([...blocks, ...this.update.blocks], options.numerics ?? "fast");
    // What padding holds must not matter.
    this.memory.view("weights").fill(NaN);
    this.memory.view("gradients").fill(NaN);
    this.update.initialize((block) => this.memory.view(block));
    for (const [name, program] of Object.entries(this.programs)) {
      this.#loaded[name] = this.memory.load(program);
    }
  }

  /** The values of a variable in `block`: a view. */
  values(variable: number, block = "weights"): Float32Array {
    const { name, offset, slot, elements } = this.places[variable];
    if (block === "weights") return this.memory.view(block, offset, elements);
    if (block === "gradients") return this.memory.view(block, slot, elements);
    const part = this.update.parts.find((p) => p.name === `${block}/${name}`)!;
    return this.memory.view(block, part.offset, part.elements);
  }

  /** The weights of a variable at which gradients are to be taken. */
  trainedAt(variable: number): Float32Array {
    if (this.step === 0 && this.update.followsWeights) this.update.initialize((block) => this.memory.view(block));
    const { block, offset, elements } = this.update.pointOf(this.places[variable]) ?? this.places[variable];
    return this.memory.view(block, offset, elements);
  }

  /** Takes one batch's gradients, one array a variable. */
  train(...gradients: readonly (ArrayLike<number>)[]): void {
    if (this.step === 0 && this.update.followsWeights) this.update.initialize((block) => this.memory.view(block));
    gradients.forEach((gradient, i) => {
      if (this.places[i].trainable) this.values(i, "gradients").set(gradient);
    });
    const { learningRate } = this.#optimizer;
    const rate = this.learningRate ??
      (typeof learningRate === "number" ? learningRate : learningRate.at(this.iteration));
    const { step, iteration } = this;
    this.iteration = this.update.run(this.#loaded, this.memory.view("cells"), { step, iteration, learningRate: rate });
    this.step++;
  }

  /** Ends the training. */
  finish(): void {
    this.update.finish(this.#loaded, this.iteration);
  }
}
