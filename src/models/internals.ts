import { activationFormulas } from "../activations/formulas.ts";
import { Dataset } from "../data/dataset.ts";
import { evaluateGraph } from "../graph/evaluate_graph.ts";
import { differentiate } from "../graph/differentiate.ts";
import { Graph } from "../graph/graph.ts";
import { derive } from "../formula/derive.ts";
import { evaluate } from "../formula/evaluate.ts";
import { printExpression } from "../formula/print_expression.ts";
import { formulaOf, formulaRowOf } from "../ops/formulas.ts";
import { opNamed } from "../ops/table.ts";
import { compileProgram } from "../program/compile_program.ts";
import { lowerGraph } from "../program/lower_graph.ts";
import { ProgramBuilder } from "../program/program_builder.ts";
import { permuteInto } from "../tensor/permute.ts";
import type { Json } from "../tensor/json.ts";
import { Tensor } from "../tensor/tensor.ts";
import { evaluateSamples } from "../training/evaluate_samples.ts";
import { NonFiniteError } from "../training/non_finite_error.ts";
import { TracedPrograms } from "../training/traced_programs.ts";
import { openProgressSink } from "../training/progress_sink.ts";
import { samplesFor } from "./evaluate_model.ts";
import type { Model } from "./model.ts";

/** Makes a model as another one was before anything trained it, perhaps of a changed description. */
type RebuildModel = (
  model: Model,
  change?: (described: { readonly [key: string]: Json }) => Json,
) => object;

/** What the entry `retroprop/explain` takes of the house: it is a bundle of its own, and must work on the classes that made the model. */
export const internals = {
  activationFormulas,
  compileProgram,
  Dataset,
  derive,
  differentiate,
  evaluate,
  evaluateGraph,
  evaluateSamples,
  formulaOf,
  formulaRowOf,
  Graph,
  lowerGraph,
  NonFiniteError,
  openProgressSink,
  opNamed,
  permuteInto,
  ProgramBuilder,
  printExpression,
  /** See rebuild_model.ts, which puts it here. */
  rebuildModel: null as unknown as RebuildModel,
  samplesFor,
  Tensor,
  TracedPrograms,
};

/** The type of {@link internals}. */
export type Internals = typeof internals;
