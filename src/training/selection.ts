import type { Metric } from "../metrics/metric.ts";
import { elementsOfKept } from "../program/compose_members.ts";
import type { Program } from "../program/program.ts";
import type { Json } from "../tensor/json.ts";
import type { LoadedProgram } from "../workers/loaded_program.ts";
import type { FilledBatch } from "./filled_batch.ts";

/** A program of several members that has run. */
export interface MembersRun {
  readonly program: LoadedProgram;
  /** The program of one member, of which it is composed. */
  readonly one: Program;
  readonly members: number;
  readonly batch: FilledBatch;
}

/** By what members of a population are chosen. */
export interface Selection {
  /** Whether that is the loss. */
  readonly isLoss: boolean;
  /** Whether high or low is good. Scores are small where it is good, and have the other sign where high is. */
  readonly direction: "max" | "min";
  /** The output whose predictions it looks at, among those that are trained; null for the loss. */
  readonly goal: number | null;
  /** The metric that it is; null for another thing. */
  readonly metric: Metric | null;
  /** What there is to be saved; null for the loss. */
  readonly saved: Json;
  /** The outputs of the program of a member that it needs. */
  kept(one: Program): readonly string[];
  /** Tells the score of each member that a program has computed. */
  score(run: MembersRun, tell: (member: number, score: number) => void): void;
}

/** Members are chosen by the loss. */
export const lossSelection: Selection = {
  isLoss: true,
  direction: "min",
  goal: null,
  metric: null,
  saved: null,
  kept: () => ["loss"],
  score({ program, members }, tell) {
    const losses = program.output("loss");
    const stride = elementsOfKept(1);
    for (let i = 0; i < members; i++) tell(i, losses[i * stride]);
  },
};
