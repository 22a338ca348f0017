import type { Dataset } from "../../data/dataset.ts";
import { Drawing } from "../../drawing/drawing.ts";
import { type Language, readLanguage } from "../../drawing/language.ts";
import { checkInteger } from "../../errors/check_integer.ts";
import { checkNumber } from "../../errors/check_number.ts";
import { checkOptions } from "../../errors/check_options.ts";
import type { StateValue } from "../../tensor/state_value.ts";
import type { Callback, FitData, FitParams, TrainedModel } from "../../training/callback.ts";
import type { EpochStatistics, LayerStatistics } from "../../training/layer_statistics.ts";
import { type AnyModel, internalsOf } from "../trace/internals_of.ts";
import { drawWatch } from "./draw_watch.ts";
import { drawWatchPage } from "./draw_watch_page.ts";
import { LayerProbe } from "./layer_probe.ts";
import { copyRows, pickRows } from "./pick_rows.ts";
import { keepRows, takeRows } from "./keep_rows.ts";
import { WeightChange } from "./weight_change.ts";

/** Options of `watch`. */
export interface WatchOptions {
  /** The layers are measured after every so many epochs, and after the last one. Default: 1, or more where `maxShare` asks for it. */
  every?: number;
  /** How many samples the probe batch has, 1 to 256: no more than there are. Default 256. */
  probe?: number;
  /**
   * What probes may take of the training, as samples that they run on beside samples that are trained on: `every` is made so long that it is no
   * more. It is counted, not timed, so that it is the same on every machine. Default 0.05, or no limit where `every` is given.
   */
  maxShare?: number;
  /** The language of texts and drawings. Default `"en"`. */
  language?: Language;
}

const WHAT = "watch a fit";

/** What `watch` gives: a callback for `fit`, and what it has seen. It begins anew with every fit. */
export class LayerWatch extends Drawing implements Callback {
  /** What a backup knows its state by. */
  readonly name = "watch";
  /** The options, as they were given. */
  readonly options: Readonly<WatchOptions>;
  /** The layers before the first step; null before a fit. */
  start: EpochStatistics | null = null;
  /** The layers after the epochs that were watched, in their order. */
  epochs: EpochStatistics[] = [];
  /** Called before a step while there are no samples to probe: of a stream the first batch is taken. */
  onTrainBatchBegin?: () => void = this.#takeBatch;
  /** Called after a step while one is to be measured; so the other steps of an epoch pay nothing. */
  onTrainBatchEnd?: () => void = undefined;
  readonly #language: Language;
  readonly #rows: number;
  readonly #most: number;
  #every: number | null = null;
  #model: AnyModel | null = null;
  #params: FitParams | null = null;
  #data: FitData | null = null;
  #samples: Dataset | null = null;
  #probe: LayerProbe | null = null;
  #change: WeightChange | null = null;
  /** The trainer's counter before the epoch. */
  #steps = 0;

  /**
   * See `watch`.
   *
   * @throws {TypeError | RangeError} If an option is unknown or out of range
   */
  constructor(options: WatchOptions = {}) {
    super();
    checkOptions(WHAT, options, ["every", "probe", "maxShare", "language"]);
    const { every, maxShare } = options;
    if (every !== undefined) checkInteger(WHAT, "every", every, { min: 1 });
    this.#rows = checkInteger(WHAT, "probe", options.probe ?? 256, { min: 1, max: 256 });
    if (maxShare !== undefined) checkNumber(WHAT, "maxShare", maxShare, { minExclusive: 0 });
    this.#most = maxShare ?? (every === undefined ? 0.05 : Infinity);
    this.#language = readLanguage(WHAT, options.language);
    this.options = Object.freeze({ ...options });
  }

  /** The layers after each epoch that was watched: `layers[i][j]` is the j-th layer after epoch `epochs[i].epoch`. */
  get layers(): readonly (readonly LayerStatistics[])[] {
    return this.epochs.map(({ layers }) => layers);
  }

  /** How many samples the probe batch has; 0 before a fit. */
  get probeRows(): number {
    return this.#samples?.count ?? 0;
  }

  /** @ignore */
  setModel(model: TrainedModel): void {
    internalsOf(WHAT, model as unknown as AnyModel);
    this.#model = model as unknown as AnyModel;
  }

  /** @ignore */
  setParams(params: FitParams): void {
    this.#params = params;
  }

  /** @ignore */
  setFitData(data: FitData): void {
    this.#data = data;
  }

  /** @ignore */
  onTrainBegin(): void {
    const [model, data] = [this.#model!, this.#data!];
    this.start =
      this.#change =
      this.#every =
      this.#samples =
        null;
    data.history.layers = this.epochs = [];
    this.onTrainBatchEnd = undefined;
    if (data.samples === null) return;
    const samples = data.samples as Dataset;
    const rows = this.#rowsOf(Math.ceil(samples.count / this.#params!.steps!), samples.count);
    this.#watch(pickRows(internalsOf(WHAT, model), samples, rows, model.seed));
  }

  /** @ignore */
  onEpochBegin(epoch: number): void {
    const { trainer } = this.#model!;
    this.#steps = trainer.step;
    this.#change = null;
    this.onTrainBatchEnd = undefined;
    if (this.#probe !== null) this.start ??= this.#probe.measure(-1);
    const isFirst = this.start === null || this.start.layers.every(({ updateNorm }) => updateNorm === null);
    if (!isFirst && !this.#isDue(epoch)) return;
    const change = new WeightChange(this.#model!);
    const { iteration } = trainer;
    this.onTrainBatchEnd = () => {
      if (trainer.iteration === iteration) return; // gradients are accumulated over several
      this.onTrainBatchEnd = undefined;
      change.compare();
      this.#change = change;
      if (isFirst) this.start = this.#probe!.withChange(this.start!, change);
    };
  }

  /** @ignore */
  onEpochEnd(epoch: number): void {
    this.onTrainBatchEnd = undefined;
    const probe = this.#probe!;
    if (this.#every === null) {
      const all = (this.#data!.samples as Dataset | null)?.count ??
        (this.#model!.trainer.step - this.#steps) * (this.#data!.batch as Dataset).count;
      this.#every = Math.max(this.options.every ?? 1, Math.ceil(probe.rows / (all * this.#most)));
    }
    if (!this.#isDue(epoch)) return;
    const found = probe.measure(epoch);
    this.epochs.push(this.#change === null ? found : probe.withChange(found, this.#change));
  }

  /** @ignore */
  onTrainEnd(): void {
    this.#probe?.close();
    this.#probe = null;
    this.onTrainBatchBegin = this.#takeBatch;
  }

  /** @ignore */
  getState(): StateValue {
    return {
      every: this.#every,
      start: this.start,
      epochs: [...this.epochs],
      change: this.#change?.getState() ?? null,
      rows: this.#data?.samples !== null || this.#samples === null ? null : keepRows(this.#samples),
    } as unknown as StateValue;
  }

  /** @ignore */
  setState(state: StateValue): void {
    const given = state as unknown as Record<"every" | "start" | "epochs" | "change" | "rows", StateValue>;
    this.#every = given.every as number | null;
    this.start = given.start as unknown as EpochStatistics | null;
    this.epochs.length = 0;
    for (const epoch of given.epochs as unknown as EpochStatistics[]) this.epochs.push(epoch);
    this.#change = given.change === null ? null : new WeightChange(this.#model!, given.change);
    if (this.#change !== null) this.onTrainBatchEnd = undefined;
    if (given.rows !== null && this.#data!.samples === null) {
      this.#watch(takeRows(internalsOf(WHAT, this.#model!), this.#model!, given.rows));
    }
  }

  /** Plain data. */
  toJSON(): unknown {
    const { start, epochs, probeRows } = this;
    return { kind: "watch", version: 1, every: this.#every, probe: probeRows, start, epochs };
  }

  /** The gradients of all layers over the epochs as a drawing, and all numbers of the last one as a table: static HTML. */
  toHTML(): string {
    return drawWatchPage(this, this.#language);
  }

  /** @ignore */
  protected draw(color: boolean): string {
    return drawWatch(this, this.#language, color);
  }

  #isDue(epoch: number): boolean {
    return (epoch + 1) % (this.#every ?? this.options.every ?? 1) === 0 || epoch + 1 === this.#params!.epochs;
  }

  /** A stateful model takes batches of one size only. */
  #rowsOf(batch: number, all: number): number {
    return this.#model!.network.isStateful ? batch : Math.min(this.#rows, all);
  }

  #takeBatch(): void {
    const batch = this.#data!.batch as Dataset;
    this.#watch(copyRows(internalsOf(WHAT, this.#model!), batch, this.#rowsOf(batch.count, batch.count)));
    this.start ??= this.#probe!.measure(-1);
  }

  #watch(samples: Dataset): void {
    this.#samples = samples;
    this.#probe?.close();
    this.#probe = new LayerProbe(WHAT, this.#model!, samples);
    this.onTrainBatchBegin = undefined;
  }
}

/**
 * A callback that watches the layers of a model while it trains: how large the gradients of their weights are and how much of ∂E/∂z reaches
 * them, what their values are like, which units are saturated or dead, by how much a step changes the weights, and how many of them float32
 * cannot move any more.
 *
 * After every epoch (see `every`) one batch of samples, always the same, runs forward and backward through a program of its own, as a
 * training step would (dropout on, batch statistics); values at masked steps count. Of a fit on arrays the samples are chosen by the model's
 * seed; of a stream they are the first rows of the first batch. Δw is that of the first step of the epoch, as the optimizer took it.
 * Training itself is not touched: the weights are bit for bit those of a fit without it, for any number of threads.
 *
 * What it has seen is in `start` (before the first step), `epochs` and `layers`, and in `history.layers`. It shows itself in a terminal, a
 * notebook, as HTML and as JSON. The trials of a search take no callbacks.
 *
 * @example
 * ```ts
 * import { layers, sequential } from "retroprop";
 * import { watch } from "retroprop/explain";
 *
 * const model = sequential([layers.dense({ units: 7, activation: "tanh", inputShape: [2] }), layers.dense({ units: 1, activation: "sigmoid" })]);
 * model.compile({ optimizer: "sgd", loss: "binary_crossentropy" });
 * const seen = watch({ every: 1 });
 * await model.fit([[0, 0], [0, 1], [1, 0], [1, 1]], [0, 1, 1, 0], { epochs: 20, verbose: 0, callbacks: [seen] });
 * seen.epochs[19].attenuation; // how much of ∂E/∂z reaches the first layer
 * seen.layers[19][0].updateRatio; // ‖Δw‖ / ‖w‖ of the first layer
 * ```
 * @throws {TypeError | RangeError} If an option is unknown or out of range
 */
export function watch(options: WatchOptions = {}): LayerWatch {
  return new LayerWatch(options);
}
