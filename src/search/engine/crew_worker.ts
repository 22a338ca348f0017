import { kernelModule } from "../../kernels/kernel_module.ts";
import type { StartedWorker } from "../../workers/started_worker.ts";
import type { WarmWorkers } from "../../workers/warm_workers.ts";
import { Mailbox } from "./mailbox.ts";
import type { PlannedTask } from "./task_source.ts";
import type { FromTrialWorker, RunSamples, SamplesPart, ToTrialWorker } from "./trial_messages.ts";

/** Tasks that a worker can have at once, one slot of the board each. */
const SLOTS = 63;

/** A worker of a search, and the tasks that it was given. */
export class CrewWorker {
  readonly #pool: WarmWorkers;
  readonly #worker: StartedWorker;
  readonly #board = new Int32Array(new SharedArrayBuffer(4 * (1 + SLOTS)));
  /** What it has been sent. */
  readonly #sent = { modules: new Set<string>(), samples: new Set<number>(), plans: new Set<number>() };
  /** By slot; in the order in which they were given. */
  readonly #given = new Map<number, PlannedTask>();
  readonly #tell: (message: FromTrialWorker) => void;
  readonly #mailbox: Mailbox | null = Mailbox.open();
  #isClosed = false;

  /**
   * Starts a worker, or takes a warm one.
   *
   * @param pool Where workers come from, and go to.
   * @param tell Gets its messages.
   * @param leave Is told when it is lost, after its tasks have failed.
   */
  constructor(
    pool: WarmWorkers,
    tell: (message: FromTrialWorker) => void,
    leave: (worker: CrewWorker) => void,
  ) {
    this.#pool = pool;
    this.#worker = pool.take();
    this.#tell = tell;
    this.#worker.onMessage((message) => {
      if (message === null) this.fetchMail();
      else this.#hear(message as FromTrialWorker);
    });
    this.#worker.onError((error) => {
      this.fetchMail();
      const tasks = [...this.#given.values()];
      this.#given.clear();
      this.#worker.terminate();
      if (this.#isClosed) return;
      this.#isClosed = true;
      leave(this);
      for (const { task: { serial } } of tasks) {
        tell({ kind: "failed", serial, reason: `the worker was lost: ${error.message}`, seconds: 0, isLost: true });
      }
    });
    this.#worker.ref();
    const mail = this.#mailbox?.slot ?? null;
    this.#worker.post({ kind: "setup", board: this.#board, mail } satisfies ToTrialWorker, mail ? [mail as never] : []);
  }

  /** How many tasks wait here that it has not begun. */
  get waiting(): number {
    let count = 0;
    for (const [slot, { task }] of this.#given) if (Atomics.load(this.#board, slot) === task.serial) count++;
    return count;
  }

  /** Whether it can be given one more task. */
  get hasRoom(): boolean {
    return this.#given.size < SLOTS;
  }

  /** Tells the messages that have come. */
  fetchMail(): void {
    for (let message = this.#mailbox?.fetch(); message !== undefined; message = this.#mailbox?.fetch()) {
      this.#hear(message as FromTrialWorker);
    }
  }

  /** Gives it a task, and what it needs for it. */
  give(planned: PlannedTask, samples: ReadonlyMap<number, RunSamples>): void {
    const { task, plan } = planned;
    if (!this.#sent.modules.has(plan.numerics)) {
      this.#sent.modules.add(plan.numerics);
      this.#post({ kind: "module", numerics: plan.numerics, module: kernelModule(plan.numerics) });
    }
    for (const part of [task.train, task.validation]) this.#sendSamples(part, samples);
    if (!this.#sent.plans.has(task.plan)) {
      this.#sent.plans.add(task.plan);
      this.#post({ kind: "plan", id: task.plan, plan });
    }
    let slot = 1;
    while (this.#given.has(slot)) slot++;
    this.#given.set(slot, planned);
    Atomics.store(this.#board, slot, task.serial);
    this.#post({ kind: "run", task, slot });
  }

  /** Takes back the task that was given last, if it has not begun it. */
  takeBack(): PlannedTask | null {
    for (const [slot, planned] of [...this.#given].reverse()) {
      const { serial } = planned.task;
      if (Atomics.compareExchange(this.#board, slot, serial, 0) !== serial) continue;
      this.#given.delete(slot);
      return planned;
    }
    return null;
  }

  /** Stops a task if it is here. */
  stop(serial: number): void {
    for (const [slot, { task }] of this.#given) {
      if (task.serial !== serial) continue;
      if (Atomics.compareExchange(this.#board, slot, serial, 0) === serial) {
        this.#given.delete(slot);
        this.#tell({ kind: "stopped", serial, seconds: 0 });
      } else Atomics.store(this.#board, 0, serial);
    }
  }

  /** Lets it forget a plan. */
  forget(plan: number): void {
    if (this.#sent.plans.delete(plan)) this.#post({ kind: "forget", plans: [plan], samples: [] });
  }

  /** Sends it away: it is kept warm for the next search, once it has stopped. */
  close(): void {
    if (this.#isClosed) return;
    this.#isClosed = true;
    this.#worker.unref();
    while (this.takeBack() !== null);
    if (this.#given.size === 0) return this.#giveBack();
    const [{ task: { serial } }] = this.#given.values();
    Atomics.store(this.#board, 0, serial);
  }

  #giveBack(): void {
    // It lets go of what it was sent.
    this.#post({ kind: "setup", board: new Int32Array(1), mail: null });
    this.#mailbox?.close();
    this.#pool.giveBack(this.#worker);
  }

  #hear(message: FromTrialWorker): void {
    if (message.kind !== "progress") {
      for (const [slot, { task }] of this.#given) if (task.serial === message.serial) this.#given.delete(slot);
      if (this.#isClosed && this.#given.size === 0) return this.#giveBack();
    }
    if (!this.#isClosed) this.#tell(message);
  }

  #sendSamples(part: SamplesPart | null, samples: ReadonlyMap<number, RunSamples>): void {
    if (part === null || this.#sent.samples.has(part.samples)) return;
    this.#sent.samples.add(part.samples);
    this.#post({ kind: "samples", samples: samples.get(part.samples)! });
  }

  #post(message: ToTrialWorker): void {
    this.#worker.post(message);
  }
}
