import { RandomStream } from "../../src/tensor/random_stream.ts";

/** A core that a thread has for slices of time, and other processes in between. */
class SharedCore {
  readonly #share: number;
  readonly #slice: number;
  readonly #random: RandomStream;
  #isOurs = true;
  #until: number;

  constructor(share: number, slice: number, random: RandomStream) {
    this.#share = share;
    this.#slice = slice;
    this.#random = random;
    this.#until = share === 1 ? Infinity : this.#draw();
  }

  /** When `work` milliseconds are done that begin at `at`. */
  run(at: number, work: number): number {
    while (this.#until <= at) this.#turn();
    for (let now = at;; now = this.#until, this.#turn()) {
      if (!this.#isOurs) continue;
      if (now + work <= this.#until) return now + work;
      work -= this.#until - now;
    }
  }

  #turn(): void {
    this.#isOurs = !this.#isOurs;
    this.#until += this.#draw();
  }

  #draw(): number {
    const length = this.#slice * (0.5 + this.#random.nextUniform());
    return this.#isOurs ? length : length * (1 - this.#share) / this.#share;
  }
}

/** What a machine is like. */
export interface SlicedMachine {
  /** How many other processes want a core all the time. */
  readonly loops: number;
  /** For how many milliseconds a scheduler gives a core to a process. */
  readonly slice: number;
  /** How long a step takes on one thread that has a core to itself. */
  readonly step: number;
}

/** The phases of a step of two threads, which meet after each. */
const PHASES = 6;
/** What each of two threads has of a step; meetings included. */
const SHARE = 0.53;

/**
 * Makes a machine of two cores whose scheduler deals out slices. The function that is returned says how long a step takes that begins at a
 * time.
 */
export function createSlicedMachine(
  { loops, slice, step }: SlicedMachine,
  seed: number,
): (threads: number, at: number) => number {
  const random = new RandomStream(seed, 1);
  const core = (share: number): SharedCore => new SharedCore(share, slice, random);
  const one = core(Math.min(1, 2 / (loops + 1)));
  const two = loops === 1 ? [core(1), core(0.5)] : [core(2 / (loops + 2)), core(2 / (loops + 2))];
  return (threads, at) => {
    if (threads === 1) return one.run(at, step) - at;
    let now = at;
    for (let phase = 0; phase < PHASES; phase++) {
      now = Math.max(...two.map((each) => each.run(now, step * SHARE / PHASES)));
    }
    return now - at;
  };
}
