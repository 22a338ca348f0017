import { kernels } from "../../src/kernels/gen/kernels.ts";
import { CONTROL, PRESENCE, RECORD } from "../../src/workers/control.ts";
import { findWorkerThreads } from "../../src/workers/find_worker_threads.ts";
import { openPort } from "../../src/workers/open_port.ts";

/** When and how a rank dies. */
export interface Death {
  /** At which launch of a program, from 1. */
  readonly launch: number;
  /** At which barrier of that program, from 0; the one at the end counts too. */
  readonly barrier: number;
  /** What it does there, as JavaScript. */
  readonly deed: string;
}

/** A rank that lives, but is late at random: at the start, before instructions, at barriers. */
export const lateSource: string = scriptedSource(
  { launch: 0, barrier: 0, deed: "" },
  "if (Math.random() < 0.2) Atomics.wait(nobody, 0, 0, 1.2 * Math.random())",
);

/**
 * A worker that serves as the real one does, but from JavaScript, instruction by instruction, and dies at a barrier: before it arrives
 * there. The real one is inside wasm all the time, where only the runtime could end it.
 */
export function dyingSource(death: Death): string {
  return scriptedSource(death, "");
}

function scriptedSource({ launch, barrier, deed }: Death, delay: string): string {
  const lengths = Object.fromEntries(
    Object.values(kernels).map(([opcode, signature]) => [opcode, 1 + signature.length]),
  );
  return `
${findWorkerThreads}
${openPort}
const port = ${openPort.name}();
const CONTROL = ${JSON.stringify(CONTROL)}, RECORD = ${JSON.stringify(RECORD)}, PRESENCE = ${JSON.stringify(PRESENCE)};
const lengths = ${JSON.stringify(lengths)};
const nobody = new Int32Array(new SharedArrayBuffer(4));
port.onMessage(({ module, memory, control, rank, ticket }) => {
  const words = () => new Int32Array(memory.buffer);
  const base = control / 4, own = base + 16 * (1 + rank);
  const { run } = new WebAssembly.Instance(module, { env: { memory } }).exports;
  // The records of ranks that are not there hold one instruction of this one at a time.
  const spare = control + 64 * (30 + 2 * rank);
  const meet = () => {
    const target = Atomics.add(words(), own + RECORD.arrived, 1) + 1;
    Atomics.notify(words(), own + RECORD.arrived);
    const ranks = words()[base + CONTROL.ranks];
    for (let other = 0; other < ranks; other++) {
      while (Atomics.load(words(), base + 16 * (1 + other) + RECORD.arrived) - target < 0) {
        if (Atomics.load(words(), base + CONTROL.abort) !== 0) return;
      }
    }
  };
  Atomics.store(words(), own + RECORD.presence, PRESENCE.serving);
  for (let served = 0;; ) {
    while (Atomics.load(words(), base + CONTROL.generation) === served) Atomics.wait(words(), base + CONTROL.generation, served, 5);
    served++;
    if (words()[base + CONTROL.stop] !== 0) break;
    let at = words()[own + RECORD.code] / 4;
    for (let barrier = 0;; ) {
      ${delay};
      const opcode = words()[at];
      Atomics.store(words(), own + RECORD.progress, 4 * at);
      if (opcode === 0 || opcode === ${kernels["team_barrier"][0]}) {
        if (served === ${launch} && barrier === ${barrier}) { ${deed}; return; }
        barrier++;
        meet();
        if (opcode === 0) break;
      } else {
        const all = words();
        all.copyWithin(spare / 4, at, at + lengths[opcode]);
        all[spare / 4 + lengths[opcode]] = 0;
        run(spare);
      }
      at += lengths[opcode];
    }
  }
  Atomics.store(words(), own + RECORD.presence, PRESENCE.left);
  port.post({ kind: "left", rank, ticket, error: null });
});
`;
}
