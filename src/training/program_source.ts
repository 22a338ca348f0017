import type { PortShapes } from "../data/signature.ts";
import type { Program } from "../program/program.ts";
import type { UpdatePrograms } from "../update/compile_update.ts";
import type { NonFiniteError } from "./non_finite_error.ts";

/** A training step or an evaluation. */
export type StepKind = "train" | "test";

/** For what batches a program is. */
export interface BatchKind {
  /** How many samples. */
  readonly rows: number;
  /** Where they bring lengths along, those at the ports; else null. */
  readonly shapes: PortShapes | null;
}

/** What a source needs to explain a batch that went wrong. */
export interface FailedBatch extends BatchKind {
  /** The inputs of the step, by name. */
  readonly inputs: Readonly<Record<string, Float32Array>>;
  /** The step's number, for dropout. */
  readonly step: number;
  readonly epoch: number;
  readonly batch: number;
}

/** Where a trainer gets its programs: traced from a network, or brought along as plain data. */
export interface ProgramSource {
  /** The program of a step for such batches and `ranks` threads: see `TracedPrograms` for its inputs and outputs. */
  compileStep(kind: StepKind, batch: BatchKind, ranks: number): Program;
  /** The programs of the optimizer. */
  compileUpdate(ranks: number): UpdatePrograms;
  /** Finds out where a value of a batch stopped being finite. */
  explain(failed: FailedBatch): NonFiniteError;
}
