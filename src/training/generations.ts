import { Draws } from "../evolution/draws.ts";
import type { Generation, Rows } from "../evolution/population_rule.ts";
import { checkRateOfStep } from "../optimizers/check_learning_rate.ts";
import type { PopulationOptimizer } from "../optimizers/population_optimizer.ts";
import { composeMembers } from "../program/compose_members.ts";
import type { Program } from "../program/program.ts";
import { EVOLUTION, POPULATION, PopulationLayout } from "../update/population_layout.ts";
import type { LoadedProgram } from "../workers/loaded_program.ts";
import type { GenerationScores } from "./generation_scores.ts";
import { GenerationPrograms, type ProgramTrainer } from "./generation_programs.ts";
import { hashBatch } from "./hash_batch.ts";
import { MemberRows } from "./member_rows.ts";
import { NonFiniteError } from "./non_finite_error.ts";
import type { Selection } from "./selection.ts";
import type { Counts } from "./counts.ts";
import type { FilledBatch } from "./filled_batch.ts";

/** The block for new values of variables that no optimizer changes. */
const STAGED = "state_next";

/** What is in a memory that stays as it is. */
interface Bound {
  readonly buffer: ArrayBufferLike;
  readonly rows: MemberRows;
  readonly batch: Float64Array;
  readonly generation: { -readonly [Key in keyof Generation]: Generation[Key] };
  readonly rates: Record<string, number>;
}

/** The part of a trainer that generations need. */
export interface GenerationTrainer extends ProgramTrainer {
  readonly step: number;
  readonly counts: Counts;
  writeStep(): void;
  runForward(program: LoadedProgram): number;
  runUpdate(): void;
  explain(filled: FilledBatch): NonFiniteError;
}

/** The generations of an optimizer without gradients: what a training step is with it. */
export class Generations {
  readonly layout: PopulationLayout;
  readonly #selection: Selection;
  readonly #trainer: GenerationTrainer;
  readonly #isConstrained: boolean;
  /** The program of a model's row → that of one member, of which it and those of generations are composed. */
  readonly #members: Map<LoadedProgram, Program> = new Map();
  readonly #programs: Map<LoadedProgram, Map<number, LoadedProgram>> = new Map();
  readonly #hash = new Float64Array(2);
  /** The rates or their schedules, by name. */
  readonly #rates: readonly (readonly [string, PopulationOptimizer["rates"][string]])[];
  readonly #draws: Draws;
  readonly #kernels: GenerationPrograms;
  #bound: Bound | null = null;

  constructor(trainer: GenerationTrainer, optimizer: PopulationOptimizer, selection: Selection) {
    const { host } = trainer;
    this.layout = new PopulationLayout(optimizer, host.variables);
    this.#selection = selection;
    this.#rates = Object.entries(optimizer.rates);
    this.#trainer = trainer;
    this.#isConstrained = host.isConstrained;
    this.#kernels = new GenerationPrograms(trainer, this.layout);
    this.#draws = new Draws(host.seed, this.#kernels);
  }

  /** Loads the program of one member for the row of the model; `run` makes those of generations of it. */
  load(member: Program): LoadedProgram {
    const { modelRow } = this.layout;
    const own = this.#compose(member, [modelRow, modelRow + 1], 1, []);
    const members = this.layout.rule.members + 1;
    // What a step costs, not what the row costs: threads are chosen by it.
    const cost = { flops: members * own.cost.flops, bytes: members * own.cost.bytes };
    const loaded = this.#trainer.host.load({ ...own, cost });
    this.#members.set(loaded, member);
    return loaded;
  }

  /** Forgets the programs that were made of one of `load`. */
  unload(loaded: LoadedProgram): void {
    for (const program of this.#programs.get(loaded)?.values() ?? []) this.#trainer.memory.unload(program);
    this.#programs.delete(loaded);
    this.#members.delete(loaded);
  }

  /** Forgets all programs, as when the memory that they were in is no more. */
  clear(): void {
    this.#members.clear();
    this.#programs.clear();
    this.#kernels.clear();
    this.#bound = null;
  }

  /**
   * Takes a step with one batch whose inputs are filled: a generation is made, evaluated by all threads, and chosen from.
   *
   * @throws {NonFiniteError} If the objective of no member is finite; the model is that of the step before.
   */
  run(filled: FilledBatch): void {
    const trainer = this.#trainer;
    const { program, rows, weights, shapes } = filled;
    const { rule, modelRow } = this.layout;
    const { generation, rows: members, batch } = this.#bind();
    const { population } = generation;
    const current = trainer.viewOf("weights");
    const isFirst = batch[0] !== 1 || !members.equals(modelRow, current);
    if (isFirst) {
      members.take(modelRow, current);
      members.read(modelRow, generation.weights);
    }
    hashBatch(program, rows, this.#drawsNumbers(program) ? trainer.step : 0, this.#hash);
    generation.isAnotherBatch = isFirst || batch[1] !== this.#hash[0] || batch[2] !== this.#hash[1];
    generation.step = trainer.step;
    this.#readRates();
    trainer.writeStep();
    const evaluated = isFirst ? rule.begin(generation) : rule.propose(generation);
    for (const range of evaluated) this.#evaluate(filled, range);
    trainer.counts.addGeneration(this.#summarize(filled, evaluated), this.#selection.direction);
    const chosen = rule.select(generation, isFirst);
    if (chosen >= 0) members.copy(chosen, modelRow);
    const known = chosen < 0 ? NaN : population.scores[chosen];
    const { host } = trainer;
    let loss = known;
    if (!(Number.isFinite(known) && this.#selection.isLoss && !trainer.counts.hasMore && host.stagedElements === 0)) {
      loss = trainer.runForward(program);
      if (!Number.isFinite(loss)) throw trainer.explain(filled);
    }
    trainer.counts.add(program, rows, loss, weights, shapes);
    if (chosen >= 0) {
      members.give(modelRow, current);
      for (const { block, offset, elements, staged } of host.variables) {
        if (staged) trainer.viewOf(block, offset, elements).set(trainer.viewOf(STAGED, offset, elements));
      }
      trainer.runUpdate();
    } else {
      trainer.runUpdate();
      members.take(modelRow, current);
    }
    batch[0] = 1;
    batch[1] = this.#hash[0];
    batch[2] = this.#hash[1];
  }

  /** The members and their scores, as the last step left them: rows of the block, and which of them are the population; null before it. */
  get members(): { readonly rows: MemberRows; readonly current: Rows } | null {
    const { rows, batch, generation: { arrays } } = this.#bind();
    return batch[0] === 1 ? { rows, current: this.layout.rule.current(arrays) } : null;
  }

  #bind(): Bound {
    const block = this.#trainer.viewOf(POPULATION);
    if (this.#bound?.buffer === block.buffer) return this.#bound;
    const { scores, batch, ...arrays } = this.layout.arraysOf(this.#trainer.viewOf(EVOLUTION));
    const rows = new MemberRows(this.layout, block, scores, this.#isConstrained);
    const { size, modelRow } = this.layout;
    const kernels = this.#kernels;
    kernels.forgetViews();
    const rates: Record<string, number> = {};
    const generation = {
      population: rows,
      arrays,
      rates,
      weights: new Float64Array(size),
      step: 0,
      isAnotherBatch: true,
      draws: this.#draws,
      drawPairs: (members: number, sigma: number) => {
        kernels.drawPairs(members, sigma);
        rows.see(members, modelRow);
      },
      sumRows: (shares: Float64Array, every: number) => kernels.sumRows(shares, every),
    };
    return this.#bound = { buffer: block.buffer, rows, batch, generation, rates };
  }

  #readRates(): void {
    const { rates, generation: { arrays } } = this.#bound!;
    for (const [name, rate] of this.#rates) {
      const step = this.layout.rule.clockOf?.(name, arrays) ?? this.#trainer.step;
      rates[name] = typeof rate === "number" ? rate : checkRateOfStep(rate.at(step), rate, step);
    }
  }

  /** Whether layers draw random numbers: then the same batch is another one in every step. */
  #drawsNumbers(program: LoadedProgram): boolean {
    return program.program.buffers.some(({ place }) => place.kind === "model" && place.block === "step");
  }

  #evaluate(filled: FilledBatch, [from, to]: Rows): void {
    if (to <= from) return;
    const { program } = filled;
    const loaded = this.#programFor(program, [from, to]);
    loaded.run();
    const { rows } = this.#bound!;
    const one = this.#members.get(program)!;
    this.#selection.score({ program: loaded, one, members: to - from, batch: filled }, (i, score) => {
      rows.scores[from + i] = Number.isFinite(score) && rows.isFinite(from + i) ? score : Infinity;
    });
  }

  #programFor(program: LoadedProgram, [from, to]: Rows): LoadedProgram {
    const { ranks } = this.#trainer;
    let programs = this.#programs.get(program);
    if (programs === undefined) this.#programs.set(program, programs = new Map());
    const key = (from * 0x100000 + to) * 128 + ranks;
    let loaded = programs.get(key);
    if (loaded === undefined) {
      this.#trainer.threads?.skip();
      const member = this.#members.get(program)!;
      loaded = this.#trainer.host.load(this.#compose(member, [from, to], ranks, this.#selection.kept(member)));
      programs.set(key, loaded);
    }
    return loaded;
  }

  #compose(member: Program, [from, to]: Rows, ranks: number, kept: readonly string[]): Program {
    const { stride, modelRow } = this.layout;
    const scratch = from === modelRow ? [] : [STAGED];
    return composeMembers(member, { from, to, block: POPULATION, stride, ranks, kept, scratch });
  }

  #summarize({ epoch, batch }: FilledBatch, evaluated: readonly Rows[]): GenerationScores {
    const { scores } = this.#bound!.rows;
    let count = 0, failed = 0, sum = 0, best = Infinity;
    for (const [from, to] of evaluated) {
      for (let row = from; row < to; row++) {
        const score = scores[row];
        if (score === Infinity) failed++;
        else {
          count++;
          sum += score;
          if (score < best) best = score;
        }
      }
    }
    if (count === 0) {
      const { step } = this.#trainer;
      throw new NonFiniteError(
        `Training stopped in epoch ${epoch + 1}, batch ${
          batch + 1
        }: the objective of all ${failed} members of generation ` +
          `${
            step + 1
          } is not finite. Likely causes: members that lie too far apart (try a smaller sigma), or data that ` +
          "are not scaled. The model keeps its last finished step.",
        { layer: null, epoch, batch },
      );
    }
    const mean = sum / count;
    let squares = 0;
    for (const [from, to] of evaluated) {
      for (let row = from; row < to; row++) {
        if (scores[row] !== Infinity) squares += (scores[row] - mean) * (scores[row] - mean);
      }
    }
    return { best, mean, spread: Math.sqrt(squares / count), failed };
  }
}
