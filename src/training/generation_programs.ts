import type { DrawSource, FilledDraws } from "../evolution/draw_source.ts";
import { composeDraws } from "../program/compose_draws.ts";
import { composePairs } from "../program/compose_pairs.ts";
import { composeRowSum } from "../program/compose_row_sum.ts";
import type { Program } from "../program/program.ts";
import { wholeVectors } from "../tensor/whole_vectors.ts";
import { DRAWS, POPULATION, type PopulationLayout } from "../update/population_layout.ts";
import type { LoadedProgram } from "../workers/loaded_program.ts";
import type { ModelMemory } from "../workers/model_memory.ts";
import type { TrainerHost } from "./trainer_host.ts";

/** The part of a trainer that these programs need. */
export interface ProgramTrainer {
  readonly host: TrainerHost;
  readonly memory: ModelMemory;
  readonly ranks: number;
  readonly threads: { skip(): void } | null;
  viewOf(block: string, offset?: number, elements?: number): Float32Array;
}

/** Fewer numbers than this are filled by one thread: to start the others takes longer. */
const FEW_NUMBERS = 1 << 14;

/** What kernels do for the rules of populations: random numbers, pairs of members, sums over members. */
export class GenerationPrograms implements DrawSource {
  readonly #layout: PopulationLayout;
  readonly #trainer: ProgramTrainer;
  readonly #draws: Map<string, LoadedProgram> = new Map();
  #filled: { -readonly [Key in keyof FilledDraws]: FilledDraws[Key] } | null = null;
  /** The last program that filled, and for what. */
  #last: {
    readonly loaded: LoadedProgram;
    readonly from: number;
    readonly to: number;
    readonly uniforms: number;
    readonly normals: number;
  } | null = null;
  #pairs: { readonly key: string; readonly loaded: LoadedProgram } | null = null;
  #sum: { readonly key: string; readonly loaded: LoadedProgram } | null = null;

  constructor(trainer: ProgramTrainer, layout: PopulationLayout) {
    this.#trainer = trainer;
    this.#layout = layout;
  }

  /** Forgets all programs and views, as when the memory that they were in is no more. */
  clear(): void {
    this.#draws.clear();
    this.#filled =
      this.#last =
      this.#pairs =
      this.#sum =
        null;
  }

  /** Forgets the views on a memory that has moved. */
  forgetViews(): void {
    this.#filled = null;
  }

  fill(_step: number, from: number, to: number, uniforms: number, normals: number): FilledDraws {
    const filled = this.#filled ??= { values: this.#trainer.viewOf(DRAWS), rows: 0, stride: 0 };
    const stride = wholeVectors(uniforms) + wholeVectors(normals);
    const rows = Math.max(1, Math.min(to - from, Math.floor(filled.values.length / stride)));
    if (stride > filled.values.length) throw new Error(`No room for ${stride} random numbers of a member`);
    filled.rows = rows;
    filled.stride = stride;
    this.#drawsFor(from, from + rows, uniforms, normals).run();
    return filled;
  }

  #drawsFor(from: number, to: number, uniforms: number, normals: number): LoadedProgram {
    const last = this.#last;
    const { host } = this.#trainer;
    const ranks = (to - from) * (uniforms + normals) < FEW_NUMBERS ? 1 : this.#trainer.ranks;
    const isLast = last !== null && last.from === from && last.to === to && last.uniforms === uniforms &&
      last.normals === normals && last.loaded.codes.length === ranks;
    if (isLast) return last.loaded;
    const key = `${from} ${to} ${uniforms} ${normals} ${ranks}`;
    let loaded = this.#draws.get(key);
    if (loaded === undefined) {
      loaded = this.#load(composeDraws({ block: DRAWS, from, to, uniforms, normals, seed: host.seed, ranks }));
      this.#draws.set(key, loaded);
    }
    this.#last = { loaded, from, to, uniforms, normals };
    return loaded;
  }

  /** Fills the first rows, in pairs about the row of the model. */
  drawPairs(members: number, sigma: number): void {
    const { ranks, host, memory } = this.#trainer;
    const key = `${members} ${sigma} ${ranks}`;
    if (this.#pairs?.key !== key) {
      if (this.#pairs !== null) memory.unload(this.#pairs.loaded);
      const { stride, modelRow: center } = this.#layout;
      const program = composePairs({ block: POPULATION, stride, members, center, sigma, seed: host.seed, ranks });
      this.#pairs = { key, loaded: this.#load(program) };
    }
    this.#pairs.loaded.run();
  }

  /** Makes the gradient Σ shares[i] · (row i · every − the model's weights); behind the rows that count lies that of the model. */
  sumRows(shares: Float64Array, every: number): void {
    const { ranks, memory } = this.#trainer;
    const { stride, trained, modelRow } = this.#layout;
    if (shares.length * every !== modelRow) throw new Error("Every row, or every second one, must have a share");
    const rows = shares.length + 1;
    const key = `${every} ${ranks}`;
    if (this.#sum?.key !== key) {
      if (this.#sum !== null) memory.unload(this.#sum.loaded);
      const program = composeRowSum({
        block: POPULATION,
        stride,
        rows,
        every,
        shares: DRAWS,
        into: "gradients",
        parts: trained,
        ranks,
      });
      this.#sum = { key, loaded: this.#load(program) };
    }
    const factors = this.#trainer.viewOf(DRAWS, 0, rows);
    let sum = 0;
    for (let i = 0; i < shares.length; i++) {
      factors[i] = shares[i];
      sum += factors[i];
    }
    factors[rows - 1] = -sum;
    this.#sum.loaded.run();
  }

  #load(program: Program): LoadedProgram {
    this.#trainer.threads?.skip();
    return this.#trainer.host.load(program);
  }
}
