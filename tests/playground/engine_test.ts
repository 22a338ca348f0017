import { assert, assertEquals } from "@std/assert";
import { createHandler } from "../../examples/playground/serve.ts";
import type { Configuration } from "../../tools/playground/configuration/configuration.ts";
import { DEFAULT_CONFIGURATION } from "../../tools/playground/configuration/default_configuration.ts";
import { Engine } from "../../tools/playground/engine/engine.ts";
import { listTransfers } from "../../tools/playground/engine/list_transfers.ts";
import { Session } from "../../tools/playground/engine/session.ts";
import type { Reply, Request, RequestBody } from "../../tools/playground/protocol.ts";

const WISHES = { boundary: 4, maps: 0, statistics: false, language: "en" } as const;

/** An engine with a clock that only moves when it is read, and tasks that run when they are told to. */
class Bench {
  readonly replies: Reply[] = [];
  readonly #tasks: (() => void)[] = [];
  #time = 0;
  #id = 0;
  readonly engine: Engine = new Engine({
    send: (reply) => void this.replies.push(reply),
    later: (task) => void this.#tasks.push(task),
    now: () => this.#time += 0.01,
  });

  ask(body: RequestBody): Reply[] {
    const from = this.replies.length;
    this.engine.handle({ id: ++this.#id, ...body } as Request);
    return this.replies.slice(from);
  }

  /** Runs the next task that waits; false if none does. */
  turn(): boolean {
    const task = this.#tasks.shift();
    task?.();
    return task !== undefined;
  }

  configure(changes: Partial<Configuration> = {}): Reply[] {
    return this.ask({ kind: "configure", configuration: { ...DEFAULT_CONFIGURATION, ...changes }, wishes: WISHES });
  }
}

/** The reply as one of a kind. */
function as<Kind extends Reply["kind"]>(reply: Reply, kind: Kind): Reply & { readonly kind: Kind } {
  if (reply.kind !== kind) throw new Error(`got ${JSON.stringify(reply)}`);
  return reply as Reply & { readonly kind: Kind };
}

function frameOf(replies: readonly Reply[]) {
  return as(replies.findLast((reply) => reply.kind === "frame") ?? replies[0], "frame").frame;
}

Deno.test("playground: a run ends at its epochs, with the weights of as many steps", () => {
  const bench = new Bench();
  assertEquals(bench.configure().map(({ kind }) => kind), ["configured", "frame"]);
  bench.ask({ kind: "run", epochs: 500, epochsPerSecond: null });
  while (bench.turn()) bench.ask({ kind: "drawn" });
  const paused = bench.replies.at(-1)!;
  assertEquals(paused, { id: 2, kind: "paused", reason: "epochs", message: null });
  const session = new Session(DEFAULT_CONFIGURATION);
  for (let epoch = 0; epoch < 500;) if (session.step()) epoch++;
  const frame = frameOf(bench.replies);
  assertEquals([frame.epoch, frame.step], [500, 500]);
  assertEquals([...frame.weights], [...session.weights()]);
  // The curves of all frames together are those of the run.
  const epochs = bench.replies.flatMap((reply) => reply.kind === "frame" ? [...reply.frame.curves.epochs] : []);
  assertEquals(epochs, Array.from({ length: 500 }, (_, i) => i + 1));
});

Deno.test("playground: a frame waits until the last one is drawn, training does not", () => {
  const bench = new Bench();
  bench.configure();
  const before = bench.replies.length;
  bench.ask({ kind: "run", epochs: null, epochsPerSecond: null });
  for (let i = 0; i < 20; i++) bench.turn();
  assertEquals(bench.replies.length - before, 1);
  const [first] = bench.ask({ kind: "drawn" });
  assertEquals(first, undefined);
  bench.turn();
  assertEquals(bench.replies.length - before, 2);
  assert(frameOf(bench.replies).epoch > 1000);
  assertEquals(bench.ask({ kind: "pause" }).map(({ kind }) => kind), ["frame", "paused"]);
  // What was waiting has nothing to do any more.
  const done = frameOf(bench.replies).epoch;
  while (bench.turn());
  assertEquals(frameOf(bench.ask({ kind: "wish", wishes: WISHES })).epoch, done);
});

Deno.test("playground: a run can be held back, and ends at a loss, at an accuracy, or where a loss is not finite", () => {
  const slow = new Bench();
  slow.configure();
  slow.ask({ kind: "run", epochs: null, epochsPerSecond: 1000 });
  for (let i = 0; i < 200; i++) slow.turn();
  assert(frameOf(slow.ask({ kind: "pause" })).epoch < 20);
  const ends = (changes: Partial<Configuration>): Reply => {
    const bench = new Bench();
    bench.configure(changes);
    bench.ask({ kind: "run", epochs: 5000, epochsPerSecond: null });
    while (bench.turn());
    return bench.replies.at(-1)!;
  };
  const reasonOf = (reply: Reply) => reply.kind === "paused" ? reply.reason : reply.kind;
  assertEquals(reasonOf(ends({ stop: { epochs: null, loss: 0.1, accuracy: null } })), "loss");
  assertEquals(reasonOf(ends({ stop: { epochs: null, loss: null, accuracy: 1 } })), "accuracy");
  assertEquals(reasonOf(ends({ stop: { epochs: 7, loss: null, accuracy: null } })), "epochs");
  const exploded = ends({
    output: { activation: "linear" },
    loss: { name: "mean_squared_error", options: {} },
    learningRate: 100,
  });
  const { reason, message } = as(exploded, "paused");
  assertEquals([reason, /not finite/.test(message!)], ["not_finite", true]);
});

Deno.test("playground: phases follow one another, and batch and epoch finish what is begun", () => {
  const bench = new Bench();
  bench.configure({ batchSize: 2 });
  const phases = (replies: readonly Reply[]) =>
    replies.map((reply) => reply.kind === "phase" ? reply.result.phase : reply.kind);
  assertEquals(phases(bench.ask({ kind: "phase", phase: "forward" })), ["forward"]);
  assertEquals(phases(bench.ask({ kind: "phase", phase: "backward" })), ["loss", "backward"]);
  assertEquals(frameOf(bench.ask({ kind: "batch" })).batch, 1);
  assertEquals(phases(bench.ask({ kind: "phase", phase: "replace" })), [
    "forward",
    "loss",
    "backward",
    "replace",
    "frame",
  ]);
  assertEquals(frameOf(bench.replies).epoch, 1);
  assertEquals(phases(bench.ask({ kind: "phase", phase: "loss" })), ["forward", "loss"]);
  const { epoch, batch, step } = frameOf(bench.ask({ kind: "epoch" }));
  assertEquals([epoch, batch, step], [2, 0, 4]);
  const session = new Session({ ...DEFAULT_CONFIGURATION, batchSize: 2 });
  for (let i = 0; i < 4; i++) session.step();
  assertEquals([...frameOf(bench.replies).weights], [...session.weights()]);
});

Deno.test("playground: a weight that is set begins a run from all weights, which the configuration then has", () => {
  const bench = new Bench();
  bench.configure();
  bench.ask({ kind: "epoch" });
  const trained = frameOf(bench.replies).weights;
  const [configured, shown] = bench.ask({ kind: "setWeight", weight: 3, value: 0.3 });
  const wanted = [...trained];
  wanted[3] = Math.fround(0.3);
  assertEquals(as(configured, "configured").configuration.weights, wanted);
  const { weights, epoch } = as(shown, "frame").frame;
  assertEquals([[...weights], epoch], [wanted, 0]);
  const [failed] = bench.ask({ kind: "setWeight", weight: 3, value: NaN });
  assertEquals(failed.kind, "failed");
  assertEquals(frameOf(bench.ask({ kind: "reset" })).epoch, 0);
});

Deno.test("playground: what cannot be done is a reply, and the engine goes on", () => {
  const bench = new Bench();
  assertEquals(bench.ask({ kind: "epoch" })[0].kind, "failed");
  assertEquals(bench.configure({ weights: [1, 2] })[0].kind, "failed");
  assertEquals(bench.configure()[0].kind, "configured");
  assertEquals(bench.ask({ kind: "row", set: "test", index: 0 })[0].kind, "failed");
  const { inputs, labels, layers } = as(bench.ask({ kind: "row", set: "train", index: 1 })[0], "row");
  assertEquals([[...inputs], [...labels], layers.length], [[0, 1], [1], 2]);
  assertEquals(as(bench.ask({ kind: "keep" })[0], "kept").run.run, 1);
});

Deno.test("playground: arrays of a reply are handed over, each buffer once", () => {
  const bench = new Bench();
  const transfers = listTransfers(bench.configure());
  assert(transfers.length >= 10);
  assertEquals(new Set(transfers).size, transfers.length);
  // What the engine keeps is not among them.
  const shared = structuredClone(bench.replies, { transfer: transfers });
  assertEquals(shared.length, 2);
  const [configured] = bench.ask({ kind: "reset" });
  assertEquals(as(configured, "configured").train.points.length, 8);
  assertEquals(frameOf(bench.ask({ kind: "epoch" })).epoch, 1);
});

Deno.test("playground: the server answers with the page alone", async () => {
  const handler = createHandler("<p>page");
  const get = (path: string, method = "GET") => handler(new Request(`http://127.0.0.1${path}`, { method }));
  assertEquals(await get("/").text(), "<p>page");
  assertEquals([get("/deno.json").status, get("/", "POST").status], [404, 405]);
});
