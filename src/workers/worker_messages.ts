/** A queue of batches, for one rank. */
export interface BoardWork {
  /** The byte address of the board. */
  readonly board: number;
  /** The address of the rank's program for each slot. */
  readonly codes: readonly number[];
}

/** Tells a worker to bind itself to a memory and to serve it as one rank, until told to stop. */
export interface AttachMessage {
  readonly kind: "attach";
  readonly module: WebAssembly.Module;
  readonly memory: WebAssembly.Memory;
  /** The byte address of the control block. */
  readonly control: number;
  readonly rank: number;
  /** A number that the answer repeats: by then the worker may serve another team. */
  readonly ticket: number;
  /** Batches to be taken from a queue; left out: programs are launched for all ranks together. */
  readonly work?: BoardWork;
}

/** What a worker is told. */
export type ToWorker = AttachMessage;

/** What a worker tells: that it left the memory, and why if it failed. */
export interface FromWorker {
  readonly kind: "left";
  readonly rank: number;
  readonly ticket: number;
  readonly error: string | null;
}
