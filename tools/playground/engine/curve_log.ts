import type { Curves } from "../protocol.ts";

/** Numbers of one point. */
export interface CurvePoint {
  readonly epoch: number;
  readonly loss: number;
  readonly testLoss: number | null;
  readonly accuracy: number | null;
  readonly testAccuracy: number | null;
  readonly gradientNorms: readonly number[];
}

/** The most points that a run keeps: every second one goes when there are more. */
const MOST = 1024;

/** The curves of a run. However long it is, they keep a bounded number of points, evenly spread over the epochs. */
export class CurveLog {
  readonly #layers: readonly string[];
  #points: CurvePoint[] = [];
  #every = 1;
  #sent = 0;
  #hasThinned = false;

  constructor(layers: readonly string[]) {
    this.#layers = layers;
  }

  /** Whether a point of this epoch would be kept. */
  takes(epoch: number): boolean {
    return epoch % this.#every === 0;
  }

  /** Adds a point, of an epoch after all others. */
  add(point: CurvePoint): void {
    this.#points.push(point);
    if (this.#points.length <= MOST) return;
    this.#every *= 2;
    this.#points = this.#points.filter(({ epoch }) => this.takes(epoch));
    this.#hasThinned = true;
  }

  /** The points since the last call; all of them, and `isWhole`, where older ones have gone since. */
  takeNew(): Curves {
    const from = this.#hasThinned ? 0 : this.#sent;
    const isWhole = from === 0;
    this.#hasThinned = false;
    this.#sent = this.#points.length;
    return this.#pack(this.#points.slice(from), isWhole);
  }

  /** All points. */
  all(): Curves {
    return this.#pack(this.#points, true);
  }

  #pack(points: readonly CurvePoint[], isWhole: boolean): Curves {
    const column = (of: (point: CurvePoint) => number | null): Float32Array =>
      Float32Array.from(points, (point) => of(point) ?? NaN);
    return {
      isWhole,
      epochs: column(({ epoch }) => epoch),
      loss: column(({ loss }) => loss),
      testLoss: column(({ testLoss }) => testLoss),
      accuracy: column(({ accuracy }) => accuracy),
      testAccuracy: column(({ testAccuracy }) => testAccuracy),
      gradientNorms: Float32Array.from(points.flatMap(({ gradientNorms }) => gradientNorms)),
      layers: this.#layers,
    };
  }
}
