import { checkInteger } from "../../errors/check_integer.ts";
import { checkOptions } from "../../errors/check_options.ts";
import { collectReportData } from "./collect_report_data.ts";
import { importance, type ParameterImportance } from "./importance.ts";
import { isBetter } from "../trials/is_better.ts";
import { listParamNames } from "../trials/list_param_names.ts";
import type { ReportPage } from "./load_report_page.ts";
import type { Params } from "../space/params.ts";
import type { Direction } from "../samplers/sampler.ts";
import { sortTrials } from "../trials/sort_trials.ts";
import type { ResolvedSpace } from "../space/space.ts";
import type { Trial } from "../trials/trial.ts";
import { writeCsv } from "./write_csv.ts";
import { writeReport } from "./write_report.ts";
import { writeTable } from "./write_table.ts";

/** The trial that won: the best of those that are done, or if none is, of those that were pruned. */
export interface BestTrial<P extends Params = Params, M = unknown> {
  /** The number of the trial. */
  readonly id: number;
  /** Its parameters. */
  readonly params: P;
  /** Its score. */
  readonly score: number;
  /** The standard error of the score; null with a single run. */
  readonly standardError: number | null;
  /** The trained model; of a pruned trial, as it was when it was stopped. */
  readonly model: M;
}

/** What a {@link SearchResult} is made of. */
export interface SearchOutcome<M = unknown> {
  /** All trials, in any order. */
  readonly trials: readonly Trial[];
  /** What was searched. */
  readonly space: ResolvedSpace;
  /** What the score is: `val_accuracy`. */
  readonly monitor: string;
  /** Whether small or large scores are good. */
  readonly direction: Direction;
  /** What to set to get the same search again, as JSON: sampler, seed, epochs, validation, version … */
  readonly settings: Readonly<Record<string, unknown>>;
  /** The model of the best trial; undefined if there is none. */
  readonly model: M | undefined;
  /** What `loadReportPage` gave. */
  readonly page: ReportPage;
  /** Why the journal was given up, if it was: what was found after that is here alone. */
  readonly journalError?: Error;
}

/** What came of a search. `console.log` shows its table. */
export class SearchResult<P extends Params = Params, M = unknown> {
  /** All trials, by number. */
  readonly trials: readonly (Trial & { readonly params: P })[];
  /** What the score is: `val_accuracy`. */
  readonly monitor: string;
  /** Whether small or large scores are good. */
  readonly direction: Direction;
  /** What to set to get the same search again. */
  readonly settings: Readonly<Record<string, unknown>>;
  /** Why the journal was given up, or undefined. What was found after that is here alone. */
  readonly journalError: Error | undefined;
  readonly #outcome: SearchOutcome<M>;
  #importance: readonly ParameterImportance[] | undefined;

  /** The result of a search with this outcome. */
  constructor(outcome: SearchOutcome<M>) {
    this.#outcome = outcome;
    this.trials = outcome.trials.toSorted((a, b) => a.id - b.id) as (Trial & { params: P })[];
    this.monitor = outcome.monitor;
    this.direction = outcome.direction;
    this.settings = outcome.settings;
    this.journalError = outcome.journalError;
  }

  /**
   * The best trial that is done, and its model. If none is done: of the pruned ones that got furthest, the best.
   *
   * @throws {Error} If no trial has a score: says why the first one that failed did.
   */
  get best(): BestTrial<P, M> {
    const best = this.#best;
    if (best?.score == null) {
      const reason = this.trials.find((trial) => trial.reason !== undefined)?.reason;
      throw new Error(
        `Cannot name the best trial: at least one of the ${this.trials.length} trials must have a score, ` +
          `got none${reason === undefined ? "" : `; the first reason given is: ${reason}`}`,
      );
    }
    const { id, params, score, standardError } = best;
    return { id, params: params as P, score, standardError, model: this.#outcome.model as M };
  }

  /** How much of the score's variation each parameter explains, the most important first. */
  get importance(): readonly ParameterImportance[] {
    return this.#importance ??= importance(this.trials, this.#outcome.space);
  }

  /**
   * The trials as a table for a terminal, the best first.
   *
   * @param options `limit`: how many trials to show at most, default all. `columns`: how many characters a line may have, default 80; the
   *   columns that do not fit follow as a second table.
   */
  table(options: { readonly limit?: number; readonly columns?: number } = {}): string {
    checkOptions("write table", options, ["limit", "columns"]);
    const { limit = this.trials.length, columns = 80 } = options;
    checkInteger("write table", "limit", limit, { min: 0 });
    checkInteger("write table", "columns", columns, { min: 1 });
    const sorted = this.#sort();
    const text = writeTable(sorted.slice(0, limit), { names: this.#names, monitor: this.monitor, columns });
    return sorted.length <= limit ? text : `${text}\n… and ${sorted.length - limit} more`;
  }

  /** The trials as CSV, the best first. No cell is one that a spreadsheet would run: `=…` becomes `'=…`. */
  toCSV(): string {
    return writeCsv(this.#sort(), this.#names);
  }

  /** All but the model, for `JSON.stringify`; numbers that JSON does not have become null there. */
  toJSON(): { [name: string]: unknown } {
    const { trials, monitor, direction, settings, importance } = this;
    return { monitor, direction, settings, best: this.#best?.id ?? null, importance, trials };
  }

  /**
   * A page about the search, as the text of one HTML file that needs no network: parallel coordinates, heat map, learning
   * curves, importance, all trials, and the settings.
   *
   * @param options `title`: the heading of the page.
   */
  report(options: { readonly title?: string } = {}): string {
    checkOptions("write report", options, ["title"]);
    const { space, page } = this.#outcome;
    const { trials, monitor, direction, settings, importance } = this;
    const { title = "Hyper-parameter search" } = options;
    return writeReport(collectReportData({ title, monitor, direction, space, trials, importance, settings }), page);
  }

  /** What `console.log` shows in Deno. */
  [Symbol.for("Deno.customInspect")](): string {
    return this.table({ limit: 20 });
  }

  /** What `console.log` shows in Node. */
  [Symbol.for("nodejs.util.inspect.custom")](): string {
    return this.table({ limit: 20 });
  }

  /** How a result shows itself in a notebook: its best trials, and a link to its report. What draws is loaded when it is needed. */
  async [Symbol.for("Jupyter.display")](): Promise<Record<string, unknown>> {
    return (await import("../../../dist/notebook.js")).showSearch(this);
  }

  get #best(): Trial | null {
    return this.trials.reduce<Trial | null>((best, each) => isBetter(each, best, this.direction) ? each : best, null);
  }

  get #names(): string[] {
    return listParamNames(this.#outcome.space.names, this.trials);
  }

  #sort(): Trial[] {
    return sortTrials(this.trials, this.direction);
  }
}
