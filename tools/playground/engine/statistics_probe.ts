import type { LayerStatistics } from "../protocol.ts";
import { LayerProbe } from "../../../src/explain/watch/layer_probe.ts";
import type { Session } from "./session.ts";

/** Training samples that are measured at most. */
const MOST_ROWS = 256;

/** Measures what the layers of a run compute and get back. */
export class StatisticsProbe {
  readonly #session: Session;
  readonly #probe: LayerProbe;

  constructor(session: Session) {
    this.#session = session;
    const { model, train: { dataset } } = session;
    this.#probe = new LayerProbe("watch a run", model, dataset.slice(0, Math.min(MOST_ROWS, dataset.count)));
  }

  /** The layers as they are now, with what the last step has done to their weights. */
  measure(): readonly LayerStatistics[] {
    const { layers } = this.#probe.measure(this.#session.epoch);
    const before = this.#session.weightsBefore();
    const now = this.#session.weights();
    return layers.map(({ layer, gradientNorm, weightNorm, dz, da, saturatedShare, deadShare }) => {
      const change = before === null ? null : this.#changeOf(layer, before, now);
      return {
        layer,
        gradientNorm,
        weightNorm,
        dz,
        da,
        saturatedShare,
        deadShare,
        updateRatio: null,
        frozenShare: null,
        ...change,
      };
    });
  }

  /** ‖Δw‖/‖w‖ of a layer, and the share of its kernel that float32 could not move; null where nothing is trained. */
  #changeOf(
    layer: string,
    before: Float32Array,
    now: Float32Array,
  ): Pick<LayerStatistics, "updateRatio" | "frozenShare"> | null {
    const trained = this.#session.parameters.filter((each) => each.layer === layer && each.isTrained);
    if (trained.length === 0) return null;
    let [squares, changes, still, counted] = [0, 0, 0, 0];
    // Biases begin at 0, about which float32 has digits enough: they would hide that a kernel stands still.
    const hasKernel = trained.some(({ shape }) => shape.length > 1);
    for (const { offset, shape } of trained) {
      const end = offset + shape.reduce((product, size) => product * size, 1);
      for (let i = offset; i < end; i++) {
        const change = now[i] - before[i];
        squares += before[i] * before[i];
        changes += change * change;
        if (hasKernel && shape.length < 2) continue;
        counted++;
        if (change === 0) still++;
      }
    }
    return { updateRatio: squares > 0 ? Math.sqrt(changes / squares) : null, frozenShare: still / counted };
  }
}
