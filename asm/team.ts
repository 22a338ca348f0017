// How several threads run one program: rank 0 launches it, workers serve.
import { runTracked } from "./gen/dispatch";
import { team_barrier } from "./kernel/team";
import { ABORT, CODE, GENERATION, RANKS, recordOf, SERVED, SLEEPERS, SLICE_NS, SPINS, STOP } from "./simd/control";

// The ranks meet at the end of a program, and by then have read all of it: what follows may overwrite its code.

/** Launches the programs whose addresses are in the ranks' records, and runs that of rank 0. */
export function launch(control: usize): void {
  const own = recordOf(control, 0);
  atomic.add<i32>(control + GENERATION, 1);
  if (atomic.load<i32>(control + SLEEPERS) > 0) atomic.notify(control + GENERATION, -1);
  runTracked(load<usize>(own + CODE), own, control);
  team_barrier(control, 0, load<i32>(control + RANKS));
}

/** Runs every program that rank 0 launches, until told to stop or the run is aborted. */
export function serve(control: usize, rank: i32): void {
  const own = recordOf(control, rank);
  let served = load<i32>(own + SERVED);
  while (true) {
    // Between two steps rank 0 gathers a batch: look longer than at a barrier before going to sleep.
    for (let i = load<i32>(control + SPINS) * 8; i > 0; i--) {
      if (atomic.load<i32>(control + GENERATION) != served) break;
    }
    while (atomic.load<i32>(control + GENERATION) == served) {
      if (atomic.load<i32>(control + STOP) != 0 || atomic.load<i32>(control + ABORT) != 0) return;
      atomic.add<i32>(control + SLEEPERS, 1);
      atomic.wait<i32>(control + GENERATION, served, 4 * SLICE_NS);
      atomic.sub<i32>(control + SLEEPERS, 1);
    }
    if (atomic.load<i32>(control + STOP) != 0) return;
    served++;
    store<i32>(own + SERVED, served);
    runTracked(load<usize>(own + CODE), own, control);
    team_barrier(control, rank, load<i32>(control + RANKS));
    if (atomic.load<i32>(control + ABORT) != 0) return;
  }
}
