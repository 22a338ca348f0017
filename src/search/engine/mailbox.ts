/** A port of node:worker_threads, as far as it is used. */
export interface MailPort {
  postMessage(message: unknown): void;
  close(): void;
}

/** node:worker_threads, as far as it is used. */
interface Threads {
  readonly MessageChannel?: new () => { readonly port1: MailPort; readonly port2: MailPort };
  readonly receiveMessageOnPort?: (port: MailPort) => { readonly message: unknown } | undefined;
}

/** What is looked at of a global object. */
interface Scope {
  process?: { getBuiltinModule?: (id: string) => Threads | undefined };
}

/**
 * Messages of a worker that can be fetched without letting the event loop run. When the calling thread works too, Deno 2.9 hands on messages
 * of workers late: 10 to 200 ms after they were sent.
 */
export class Mailbox {
  readonly #port: MailPort;
  readonly #receive: NonNullable<Threads["receiveMessageOnPort"]>;
  /** The port to be sent to the worker, and transferred. */
  readonly slot: MailPort;

  private constructor(
    ports: { port1: MailPort; port2: MailPort },
    receive: NonNullable<Threads["receiveMessageOnPort"]>,
  ) {
    this.#port = ports.port1;
    this.slot = ports.port2;
    this.#receive = receive;
  }

  /** Opens a mailbox; null where there is nothing of the kind, as in browsers. */
  static open(): Mailbox | null {
    const threads = (globalThis as Scope).process?.getBuiltinModule?.("node:worker_threads");
    if (threads?.MessageChannel === undefined || threads.receiveMessageOnPort === undefined) return null;
    return new Mailbox(new threads.MessageChannel(), threads.receiveMessageOnPort);
  }

  /** The next message that has come, or undefined. */
  fetch(): unknown {
    return this.#receive(this.#port)?.message;
  }

  /** Closes it; what comes later is lost. */
  close(): void {
    this.#port.close();
  }
}
