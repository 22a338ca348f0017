import type { Frame, Phase, Reply, ReplyBody, Request, Samples, Wishes } from "../protocol.ts";
import { NonFiniteError } from "../../../src/training/non_finite_error.ts";
import { type Handler, handlers } from "./handlers.ts";
import { keepRun } from "./keep_run.ts";
import { runPhase } from "./run_phase.ts";
import { type Held, Session } from "./session.ts";

/** Milliseconds that the engine works before it looks for requests. */
const SLICE_MS = 8;
/** Milliseconds between frames. */
const FRAME_MS = 16;
const PHASES: readonly Phase[] = ["forward", "loss", "backward", "replace"];

/** A run that goes on. */
interface Run {
  readonly id: number;
  /** The epoch that ends it; Infinity for none. */
  readonly until: number;
  readonly epochsPerSecond: number | null;
  readonly startedAt: number;
  readonly startEpoch: number;
  lastFrame: number;
  /** Whether the page has drawn the last frame. */
  isDrawn: boolean;
}

/** What the engine needs of where it runs. */
export interface Surroundings {
  /** Sends a reply. */
  send(reply: Reply): void;
  /** Calls after some milliseconds; after 0 as soon as requests that wait are heard. */
  later(task: () => void, delay: number): void;
  /** Milliseconds. */
  now(): number;
}

/** Answers the page's requests. It trains in slices, so that a request is never far from being heard. */
export class Engine {
  readonly #surroundings: Surroundings;
  #session: Session | null = null;
  #wishes: Wishes = { boundary: 0, maps: 0, statistics: false, language: "en" };
  /** The last phase of the step that is done; "replace": none is begun. */
  #phase: Phase = "replace";
  #run: Run | null = null;
  /** How many runs were kept. */
  #kept = 0;
  /** Counts what makes running tasks void. */
  #turn = 0;

  constructor(surroundings: Surroundings) {
    this.#surroundings = surroundings;
  }

  /** Takes a request. What goes wrong is a reply as well. */
  handle(request: Request): void {
    const { id } = request;
    const reply = (body: ReplyBody): void => this.#surroundings.send({ id, ...body });
    try {
      this.#answer(request, reply);
    } catch (error) {
      this.#phase = "replace";
      reply({ kind: "failed", message: messageOf(error) });
    }
  }

  #answer(request: Request, reply: (body: ReplyBody) => void): void {
    switch (request.kind) {
      case "drawn":
        if (this.#run !== null) this.#run.isDrawn = true;
        return;
      case "pause":
        return this.#pause("asked");
      case "configure":
        this.#wishes = request.wishes;
        return this.#begin(new Session(request.configuration), reply);
      case "reset":
        return this.#begin(new Session(this.#now.configuration), reply);
      case "wish":
        this.#wishes = request.wishes;
        return this.#show(reply);
      case "setWeight": {
        const weights = Array.from(this.#now.weights());
        if (request.weight < 0 || request.weight >= weights.length || !Number.isFinite(request.value)) {
          throw new RangeError(`There is no weight ${request.weight}, or its value is no number`);
        }
        weights[request.weight] = Math.fround(request.value);
        return this.#begin(new Session({ ...this.#now.configuration, weights }), reply);
      }
      case "phase":
        this.#pause("asked");
        return this.#takePhases(request.phase, reply);
      case "batch":
        this.#pause("asked");
        return this.#train(reply, () => void this.#now.step());
      case "epoch":
        this.#pause("asked");
        return this.#train(reply, () => {
          while (!this.#now.step());
        });
      case "run":
        return this.#start(request);
      case "keep":
        return reply({ kind: "kept", run: keepRun(this.#now, ++this.#kept) });
      case "forget":
        return reply({ kind: "forgotten", run: request.run });
      default:
        return this.#handle(request, reply);
    }
  }

  /** Answers by the run as it is; what takes its time may answer later. */
  #handle(request: Request, reply: (body: ReplyBody) => void): void {
    const handler = handlers[request.kind] as Handler<Request["kind"]> | undefined;
    if (handler === undefined) throw new RangeError(`There is no answer to ${request.kind}`);
    const answer = handler(request, { session: this.#now, language: this.#wishes.language });
    if (!(answer instanceof Promise)) return reply(answer);
    const fail = (error: unknown): void => reply({ kind: "failed", message: messageOf(error) });
    answer.then(reply, fail);
  }

  /** The run that there is. @throws {Error} If nothing was configured */
  get #now(): Session {
    if (this.#session === null) throw new Error("Nothing is configured yet");
    return this.#session;
  }

  #begin(session: Session, reply: (body: ReplyBody) => void): void {
    this.#pause("asked");
    this.#session = session;
    this.#phase = "replace";
    const { configuration, layers, parameters, data } = session;
    const copy = ({ samples }: Held): Samples => structuredClone(samples);
    const { domain, task, outputs, classes, labels, axes } = data;
    reply({
      kind: "configured",
      configuration,
      layers,
      parameters,
      train: copy(session.train),
      test: session.test === null ? NO_SAMPLES() : copy(session.test),
      domain,
      task,
      outputs,
      classes,
      labels,
      axes,
      hasGradients: session.hasGradients,
    });
    this.#show(reply);
  }

  #show(reply: (body: ReplyBody) => void): void {
    reply({ kind: "frame", frame: this.frame() });
  }

  /** What there is to see now. */
  frame(): Frame {
    return this.#now.frame(this.#wishes, this.#phase);
  }

  #takePhases(until: Phase, reply: (body: ReplyBody) => void): void {
    const session = this.#now;
    const [done, to] = [this.#phase, until].map((phase) => PHASES.indexOf(phase));
    // After "replace" the next step begins; going back is no phase.
    const first = done === PHASES.length - 1 ? 0 : done + 1;
    for (const phase of PHASES.slice(first, Math.max(first, to) + 1)) {
      const result = runPhase(session, phase);
      this.#phase = phase;
      reply({ kind: "phase", result });
    }
    if (this.#phase === "replace") this.#show(reply);
  }

  /** Trains a little, and shows what has come of it. */
  #train(reply: (body: ReplyBody) => void, task: () => void): void {
    try {
      task();
    } finally {
      this.#phase = "replace";
    }
    this.#show(reply);
  }

  #start({ id, epochs, epochsPerSecond }: Request & { readonly kind: "run" }): void {
    this.#pause("asked");
    this.#phase = "replace";
    const { epoch } = this.#now;
    const now = this.#surroundings.now();
    const until = epochs === null ? Infinity : epoch + epochs;
    this.#run = { id, until, epochsPerSecond, startedAt: now, startEpoch: epoch, lastFrame: -Infinity, isDrawn: true };
    this.#goOn(++this.#turn);
  }

  #pause(reason: "asked" | "epochs" | "loss" | "accuracy" | "not_finite", message: string | null = null): void {
    if (this.#run === null) return;
    const { id } = this.#run;
    this.#run = null;
    this.#turn++;
    this.#surroundings.send({ id, kind: "frame", frame: this.frame() });
    this.#surroundings.send({ id, kind: "paused", reason, message });
  }

  #goOn(turn: number): void {
    if (this.#turn !== turn || this.#run === null) return;
    const run = this.#run;
    const { now } = this.#surroundings;
    const { epochsPerSecond, startedAt, startEpoch } = run;
    let isAhead = false;
    try {
      const end = now() + SLICE_MS;
      do {
        const due = epochsPerSecond === null ? Infinity : startEpoch + (now() - startedAt) / 1000 * epochsPerSecond;
        isAhead = this.#now.epoch >= due;
        if (isAhead) break;
        // Epochs end whole where they are counted; a long one is cut where the slice ends.
        if (!this.#now.step()) continue;
        const reason = this.#reasonToStop(run);
        if (reason !== null) return this.#pause(reason);
      } while (now() < end);
    } catch (error) {
      if (!(error instanceof NonFiniteError)) throw error;
      return this.#pause("not_finite", error.message);
    }
    if (run.isDrawn && now() - run.lastFrame >= FRAME_MS) {
      run.lastFrame = now();
      run.isDrawn = false;
      this.#surroundings.send({ id: run.id, kind: "frame", frame: this.frame() });
    }
    this.#surroundings.later(() => this.#goOn(turn), isAhead ? SLICE_MS : 0);
  }

  #reasonToStop({ until }: Run): "epochs" | "loss" | "accuracy" | null {
    const session = this.#now;
    const { stop } = session.configuration;
    if (session.epoch >= Math.min(until, stop.epochs ?? Infinity)) return "epochs";
    if (stop.loss !== null && session.epochLoss <= stop.loss) return "loss";
    if (stop.accuracy !== null && session.accuracy() !== null && session.accuracy()! >= stop.accuracy) {
      return "accuracy";
    }
    return null;
  }
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

/** Samples where there are none. */
const NO_SAMPLES = (): Samples => ({
  count: 0,
  points: new Float32Array(),
  inputs: new Float32Array(),
  labels: new Float32Array(),
  classes: new Float32Array(),
});
