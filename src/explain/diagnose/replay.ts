import type { Dataset } from "../../data/dataset.ts";
import type { EpochStatistics } from "../../training/layer_statistics.ts";
import { type AnyModel, internalsOf } from "../trace/internals_of.ts";
import { LayerProbe } from "../watch/layer_probe.ts";
import { WeightChange } from "../watch/weight_change.ts";

/** How many steps are taken again. */
const STEPS = 20;

/** What was before the first step, and what the first steps did. */
export interface Replay {
  /** The model as it was, after the steps. */
  readonly model: AnyModel;
  /** The layers before the first step, with what it changed. */
  readonly start: EpochStatistics;
  /** ‖Δw‖/‖w‖ of each step, of the layer where it is largest. */
  readonly updates: readonly number[];
  /** Whether a loss was not finite. */
  readonly isFinite: boolean;
  /** The weights before the first step, by name. */
  readonly weights: ReadonlyMap<string, Float32Array>;
}

/**
 * Takes the first steps of a training once more, with the model that its seed and its description make. The model itself does not change.
 *
 * @param steps how many; 0: the weights only
 */
export function replay(
  what: string,
  model: AnyModel,
  samples: Dataset,
  { probe: rows, batchSize, steps = STEPS }: {
    readonly probe: Dataset;
    readonly batchSize: number;
    readonly steps?: number;
  },
): Replay {
  const { rebuildModel } = internalsOf(what, model);
  const fresh = rebuildModel(model as never) as AnyModel;
  fresh.compile(model.compiledWith!);
  const { trainer, network } = fresh;
  const weights = new Map(network.variables.map((variable) => [variable.name, network.values(variable).slice()]));
  const probe = new LayerProbe(what, fresh, rows);
  let start = probe.measure(-1);
  const updates: number[] = [];
  let isFinite = true;
  const taken = trainer.generations === null ? Math.min(steps, STEPS) : 0;
  const { count, shapes } = samples;
  const size = Math.min(batchSize, count);
  const order = spreadOrder(count);
  const perEpoch = network.isStateful ? Math.floor(count / size) : Math.ceil(count / size);
  for (let step = 0; step < taken; step++) {
    const from = (step % perEpoch) * size;
    const to = Math.min(count, from + size);
    const change = new WeightChange(fresh);
    const program = trainer.program("train", to - from, shapes);
    trainer.fillScale(program, samples.fill(program, order, from, to));
    if (!Number.isFinite(trainer.runForward(program))) {
      isFinite = false;
      break;
    }
    const { iteration } = trainer;
    trainer.runUpdate();
    if (trainer.iteration === iteration) continue; // gradients are accumulated over several
    change.compare();
    const changed = probe.withChange(start, change);
    if (updates.length === 0) start = changed;
    updates.push(largestUpdate(changed));
  }
  probe.close();
  return { model: fresh, start, updates, isFinite: isFinite && updates.every(Number.isFinite), weights };
}

/** ‖Δw‖/‖w‖ of the layer where it is largest; 0 where no step was measured. */
export function largestUpdate({ layers }: EpochStatistics): number {
  return layers.reduce((most, { updateRatio }) => updateRatio === null ? most : Math.max(most, updateRatio), 0);
}

/** All samples, neighbours far from each other: labels may be sorted. */
function spreadOrder(count: number): Uint32Array {
  let stride = Math.max(1, Math.round(count * 0.618));
  while (gcd(stride, count) !== 1) stride++;
  return Uint32Array.from({ length: count }, (_, i) => (i * stride) % count);
}

function gcd(a: number, b: number): number {
  return b === 0 ? a : gcd(b, a % b);
}
