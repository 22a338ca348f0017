/** What is known of one number of threads. */
interface Arm {
  readonly threads: number;
  /** Milliseconds and work of its last steps; older ones fade. */
  ms: number;
  work: number;
  /** Milliseconds that may be lost by trying it out, and how many the next trial may take, going by the last. */
  budget: number;
  cost: number;
  /** The share of time that may be lost by trying it out. */
  share: number;
}

/** Steps, or milliseconds, that the threads in use take before another number is tried. */
const SETTLED_STEPS = 4;
const SETTLED_MS = 50;
/** Milliseconds after which what was measured counts half. Stalls of a busy machine last 3 to 10, so that there are some in it. */
const FADE_MS = 100;
/** A trial that has lost so many milliseconds, or steps, is over. */
const LOST_MS = 4;
const LOST_STEPS = 1.5;
/** A trial that has not lost is won after so many milliseconds, and after so long it is a draw. */
const WON_MS = 60;
const DRAWN_MS = 150;
/** What wins takes at most this part of the time. */
const BETTER = 0.97;
/** Milliseconds, and steps, by which the threads in use may fall behind what another number is known to take. */
const BEHIND_MS = 10;
const BEHIND_STEPS = 3;
/** How often in a row that limit doubles when it was a false alarm. */
const MOST_PATIENCE = 8;
/** The share of time that trials may lose: at first, and when they keep finding the same. */
const MOST_SHARE = 0.04;
const LEAST_SHARE = 0.01;
/** What a trial counts for at least, in milliseconds: also one that lost nothing leaves cold caches behind. */
const LEAST_COST = 2;

/**
 * Chooses with how many threads the next step runs, from what the steps before have taken.
 *
 * One number is in use; another is tried when there is time to lose (at most a share of it, which sinks while trials find nothing new), or
 * when the steps have fallen behind what another number is known to take. A trial ends as soon as it has lost too much, and wins when it
 * has not for a while. So a machine that becomes busy, or quiet, is noticed soon, and looking costs little, however slow it is.
 *
 * It reads no clock: what it is told decides.
 */
export class ThreadChooser {
  readonly #arms: readonly Arm[];
  #best: Arm;
  #tried: Arm | null = null;
  /** Steps since the threads in use were chosen, or a trial ended, and their milliseconds. */
  #steps = 0;
  #ms = 0;
  /** Milliseconds by which the threads in use have fallen behind the best of the others. */
  #behind = 0;
  #patience = 1;
  #trialSteps = 0;
  #trialMs = 0;
  #trialWork = 0;
  #lost = 0;

  /** @param counts Numbers of threads, ascending; the first is in use until another is found to be better, the last is tried first. */
  constructor(counts: readonly number[]) {
    this.#arms = counts.map((threads) => ({ threads, ms: 0, work: 0, budget: 0, cost: 0, share: MOST_SHARE }));
    this.#best = this.#arms[0];
  }

  /** How many threads the next step shall run with. */
  get threads(): number {
    return (this.#tried ?? this.#best).threads;
  }

  /** The number of threads that is in use, also while another is tried. */
  get best(): number {
    return this.#best.threads;
  }

  /** Whether no other number of threads than the one in use has been tried. */
  get isNew(): boolean {
    return this.#arms.every((arm) => arm === this.#best || arm.work === 0);
  }

  /**
   * Tells what a step with `threads` threads has taken.
   *
   * @param work how much work it was, in any unit
   */
  tell(ms: number, work: number): void {
    if (this.#tried === null) this.#watch(ms, work);
    else this.#judge(this.#tried, ms, work);
  }

  /** A step of the threads in use. */
  #watch(ms: number, work: number): void {
    const best = this.#best;
    add(best, ms, work);
    this.#steps++;
    this.#ms += ms;
    if (this.#steps < SETTLED_STEPS && this.#ms < SETTLED_MS) return;
    let rival: Arm | null = null;
    let due: Arm | null = null;
    for (let i = this.#arms.length - 1; i >= 0; i--) {
      const arm = this.#arms[i];
      if (arm === best) continue;
      arm.budget += ms * arm.share / (this.#arms.length - 1);
      if (arm.work > 0 && (rival === null || rateOf(arm) < rateOf(rival))) rival = arm;
      if (arm.budget >= arm.cost && (due === null || arm.work === 0 && due.work > 0)) due = arm;
    }
    if (rival !== null) {
      const expected = work * rateOf(rival);
      this.#behind = Math.max(0, this.#behind + ms - expected);
      if (this.#behind > this.#patience * Math.max(BEHIND_MS, BEHIND_STEPS * expected)) {
        this.#patience = Math.min(MOST_PATIENCE, 2 * this.#patience);
        return this.#try(rival);
      }
    }
    if (due !== null) this.#try(due);
  }

  #try(arm: Arm): void {
    this.#tried = arm;
    this.#behind = 0;
    this.#steps = 0;
    this.#ms = 0;
    this.#trialSteps = 0;
    this.#trialMs = 0;
    this.#trialWork = 0;
    this.#lost = 0;
  }

  /** A step of the threads that are tried. */
  #judge(tried: Arm, ms: number, work: number): void {
    const expected = work * rateOf(this.#best);
    this.#lost += ms - expected;
    // The first step finds cold caches, and threads that sleep.
    if (++this.#trialSteps > 1) {
      this.#trialMs += ms;
      this.#trialWork += work;
    }
    if (this.#lost > Math.max(LOST_MS, LOST_STEPS * expected)) return this.#reject(tried, ms, work);
    if (this.#trialMs < WON_MS) return;
    if (this.#trialMs < BETTER * this.#trialWork * rateOf(this.#best)) this.#accept(tried);
    else if (this.#trialMs >= DRAWN_MS) this.#reject(tried, ms, work);
  }

  #reject(tried: Arm, ms: number, work: number): void {
    const isFirst = this.#trialSteps === 1;
    tried.ms = isFirst ? ms : this.#trialMs;
    tried.work = isFirst ? work : this.#trialWork;
    tried.budget = 0;
    tried.cost = Math.max(LEAST_COST, this.#lost);
    tried.share = Math.max(LEAST_SHARE, tried.share / 2);
    this.#tried = null;
  }

  #accept(tried: Arm): void {
    const left = this.#best;
    this.#best = tried;
    this.#tried = null;
    this.#patience = 1;
    tried.ms = this.#trialMs;
    tried.work = this.#trialWork;
    for (const arm of this.#arms) {
      arm.share = MOST_SHARE;
      arm.budget = 0;
    }
    left.cost = LOST_MS;
  }
}

/** Milliseconds for a unit of work. */
function rateOf({ ms, work }: Arm): number {
  return ms / work;
}

function add(arm: Arm, ms: number, work: number): void {
  const kept = FADE_MS / (FADE_MS + ms);
  arm.ms = arm.ms * kept + ms;
  arm.work = arm.work * kept + work;
}
