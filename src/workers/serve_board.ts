import { BOARD, boardWords, doneWord, holderWord, takeBatch } from "./batch_board.ts";
import { CONTROL } from "./control.ts";
import type { BoardWork } from "./worker_messages.ts";

/** How often a worker without a batch looks before it sleeps: some microseconds, since another process may want its core. */
const SPINS = 2000;
/** How long a slice of that sleep is, in milliseconds. Whoever fills a batch wakes a sleeper. */
const SLICE_MS = 20;

/** Runs batches from a board until there will be no more, or the team is sent away. */
export function serveBoard(
  words: Int32Array,
  { board: address, codes }: BoardWork,
  rank: number,
  run: (address: number) => void,
): void {
  const slots = codes.length;
  const board = new Int32Array(words.buffer, address, boardWords(slots));
  for (;;) {
    if (Atomics.load(words, CONTROL.stop) !== 0 || Atomics.load(words, CONTROL.abort) !== 0) return;
    const filled = Atomics.load(board, BOARD.filled);
    const batch = takeBatch(board);
    if (batch >= 0) {
      const slot = batch % slots;
      Atomics.store(board, holderWord(slot), rank);
      run(codes[slot]);
      Atomics.store(board, doneWord(slot), batch + 1);
      Atomics.notify(board, doneWord(slot));
      continue;
    }
    if (Atomics.load(board, BOARD.end) !== 0) return;
    let spins = SPINS;
    while (spins > 0 && Atomics.load(board, BOARD.filled) === filled) spins--;
    if (spins === 0) Atomics.wait(board, BOARD.filled, filled, SLICE_MS);
  }
}
