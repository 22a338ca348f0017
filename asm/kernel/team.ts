// The meeting point of the threads that run one program. The control block is described in asm/team.ts.
import { ABORT, ARRIVED, LIMIT, MAY_WAIT, PROGRESS, recordOf, SLEEPERS, SLICE_NS, SPINS } from "../simd/control";

/**
 * Waits until all ranks have arrived here, or one of them aborts the run.
 *
 * Every rank counts its arrivals in a word of its own. A rank that waits spins first, then sleeps in slices; it looks at the abort word
 * after every slice, and aborts the run itself if the one it waits for has not moved on for the limit.
 *
 * @param control updated: 16 * (1 + ranks)
 * @param rank count 0 .. ranks - 1
 * @param ranks count >= 1
 */
export function team_barrier(control: usize, rank: i32, ranks: i32): void {
  const own = recordOf(control, rank);
  const target = load<i32>(own + ARRIVED) + 1;
  atomic.store<i32>(own + ARRIVED, target);
  if (atomic.load<i32>(control + SLEEPERS) > 0) atomic.notify(own + ARRIVED, -1);
  for (let other = 0; other < ranks; other++) {
    if (other != rank && !meet(control, recordOf(control, other), other, target, rank)) return;
  }
}

// True when `other` has arrived; false when the run is aborted.
function meet(control: usize, record: usize, other: i32, target: i32, rank: i32): bool {
  const spins = load<i32>(control + SPINS);
  for (let i = 0; i < spins; i++) {
    if (atomic.load<i32>(record + ARRIVED) - target >= 0) return true;
  }
  const mayWait = rank != 0 || load<i32>(control + MAY_WAIT) != 0;
  let moved = atomic.load<i32>(record + PROGRESS);
  let still = 0;
  while (true) {
    const seen = atomic.load<i32>(record + ARRIVED);
    if (seen - target >= 0) return true;
    if (atomic.load<i32>(control + ABORT) != 0) return false;
    if (mayWait) {
      atomic.add<i32>(control + SLEEPERS, 1);
      atomic.wait<i32>(record + ARRIVED, seen, SLICE_NS);
      atomic.sub<i32>(control + SLEEPERS, 1);
    } else {
      // About as long as a slice.
      for (let i = 0; i < 50000000; i++) {
        if (atomic.load<i32>(record + ARRIVED) != seen) break;
      }
    }
    const now = atomic.load<i32>(record + PROGRESS);
    still = now == moved ? still + 1 : 0;
    moved = now;
    if (still > load<i32>(control + LIMIT) && atomic.load<i32>(record + ARRIVED) - target < 0) {
      atomic.cmpxchg<i32>(control + ABORT, 0, other + 1);
      atomic.notify(record + ARRIVED, -1);
      return false;
    }
  }
}
