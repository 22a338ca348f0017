import { assert, assertEquals } from "@std/assert";
import fc from "fast-check";
import { type Argument, byBatch, byEvery, byParameter, type KernelCall, type Split } from "../../src/ops/op.ts";
import { ofRank, read, readColumns, write, writeColumns } from "../../src/ops/op.ts";
import { type BufferSpan, schedulePhases } from "../../src/program/schedule_phases.ts";
import { shareOf } from "../../src/program/share_of.ts";
import { PhaseMachine, type Task } from "./phase_machine.ts";

/** How an argument goes about its buffer. */
type Manner = "units" | "whole" | "spread" | "own";

const MOST_RANKS = 5;
const splits: fc.Arbitrary<Split | null> = fc.oneof(
  fc.constant(null),
  fc.integer({ min: 1, max: 14 }).map(byBatch),
  fc.tuple(fc.integer({ min: 1, max: 14 }), fc.constantFrom(1, 2, 4, 8)).map(([extent, quantum]) =>
    byParameter(extent, quantum)
  ),
  fc.constant(byEvery),
);
const buffers: fc.Arbitrary<BufferSpan> = fc.record({
  space: fc.constantFrom("weights", "arena", "7"),
  offset: fc.integer({ min: 0, max: 6 }).map((n) => 4 * n),
  elements: fc.integer({ min: 1, max: 12 }).map((n) => 4 * n),
});

/** Instructions that are sound by themselves: no rank touches what another one writes in the same instruction. */
const programs = fc.integer({ min: 1, max: MOST_RANKS }).chain((ranks) =>
  fc.array(buffers, { minLength: 2, maxLength: 6 }).chain((spans) => {
    const argument = fc.tuple(
      fc.constantFrom<Manner>("units", "units", "units", "whole", "spread", "own"),
      fc.nat({ max: spans.length - 1 }),
      fc.integer({ min: 1, max: 3 }),
      fc.nat({ max: 2 }),
      fc.boolean(),
    );
    const call = fc.tuple(splits, fc.array(argument, { minLength: 1, maxLength: 4 })).map(
      ([split, drafts]): KernelCall => {
        const extent = split === null ? 1 : split.extent;
        const args: Argument[] = [];
        for (const [manner, buffer, stride, shift, writes] of drafts) {
          const room = spans[buffer].elements;
          const ref = { buffer, offset: 4 * shift };
          const left = room - ref.offset;
          if (left < 1) continue;
          if (manner === "own" && left >= stride * ranks) args.push(ofRank(ref, stride));
          if (manner === "whole") args.push(writes && split === null ? write(ref, 0) : read(ref, 0));
          if (manner === "units" && left >= stride * extent) args.push((writes ? write : read)(ref, stride));
          // Columns of a matrix, with more columns beside them.
          const row = 4 * shift + extent * stride + (buffer % 2) * 4;
          if (manner === "spread" && left >= extent * stride) {
            args.push((writes ? writeColumns : readColumns)(ref, stride, row));
          }
        }
        return { kernel: "any", args, split };
      },
    );
    return fc.array(call, { minLength: 1, maxLength: 12 }).map((calls) => {
      const sound = calls.filter((_, i) => isSound(new PhaseMachine(calls, spans, ranks), i));
      return { ranks, spans, calls: sound };
    });
  })
);

/** Whether two tasks of different ranks may run in any order, and at once. */
function areApart(machine: PhaseMachine, a: Task, b: Task): boolean {
  const [first, second] = [machine.touch(a), machine.touch(b)];
  const written = new Set(first.writes);
  const seen = new Set(first.reads);
  return !second.writes.some((place) => written.has(place) || seen.has(place)) &&
    !second.reads.some((place) => written.has(place));
}

function isSound(machine: PhaseMachine, index: number): boolean {
  const tasks = machine.tasks(index);
  // Units of one rank are done one after the other in kernels too, so they must not touch each other either.
  const units = tasks.flatMap(({ rank, units }) => units.map((unit): Task => ({ index, rank, units: [unit] })));
  return units.every((a, i) => units.every((b, j) => i >= j || areApart(machine, a, b)));
}

/** The schedule as positions in the list that was given. */
function schedule(
  { ranks, spans, calls }: { ranks: number; spans: readonly BufferSpan[]; calls: readonly KernelCall[] },
) {
  const { instructions, barriers } = schedulePhases(calls, (buffer) => spans[buffer], ranks);
  const order = instructions.map((instruction) => calls.indexOf(instruction));
  const bounds = [0, ...barriers, order.length];
  const phases = bounds.slice(1).map((end, i) => order.slice(bounds[i], end));
  return { order, phases };
}

Deno.test("every instruction is scheduled once, and no phase is empty", () => {
  fc.assert(
    fc.property(programs, (program) => {
      const { order, phases } = schedule(program);
      assertEquals([...order].sort((a, b) => a - b), program.calls.map((_, i) => i));
      if (program.calls.length > 0) assert(phases.every((phase) => phase.length > 0));
      if (program.ranks === 1) assert(phases.length <= 1);
    }),
    { seed: 1, numRuns: 500 },
  );
});

Deno.test("accesses of different ranks that conflict are separated by a barrier; those of one rank keep their order", () => {
  fc.assert(
    fc.property(programs, (program) => {
      const { order, phases } = schedule(program);
      const machine = new PhaseMachine(program.calls, program.spans, program.ranks);
      for (const phase of phases) {
        const tasks = phase.flatMap((index) => machine.tasks(index));
        for (const a of tasks) {
          for (const b of tasks) {
            if (a.rank !== b.rank) assert(areApart(machine, a, b), `${a.index} and ${b.index} share a phase`);
          }
        }
      }
      for (const a of program.calls.keys()) {
        for (const b of program.calls.keys()) {
          if (a >= b || order.indexOf(a) < order.indexOf(b)) continue;
          const apart = machine.tasks(a).every((x) => machine.tasks(b).every((y) => areApart(machine, x, y)));
          assert(apart, `${b} was put before ${a}`);
        }
      }
    }),
    { seed: 2, numRuns: 500 },
  );
});

Deno.test("phases run by ranks in any order and interleaving leave the memory that one rank leaves", () => {
  fc.assert(
    fc.property(programs, fc.array(fc.nat({ max: 1 << 20 }), { minLength: 40, maxLength: 40 }), (program, dice) => {
      const machine = new PhaseMachine(program.calls, program.spans, program.ranks);
      const expected = new Map<string, number>();
      for (const index of program.calls.keys()) {
        for (const { rank, units } of machine.tasks(index)) {
          for (const unit of units) machine.start(expected, index, rank, unit)();
        }
      }
      const memory = new Map<string, number>();
      let throws = 0;
      for (const phase of schedule(program).phases) {
        // Each rank has its steps: to read for a unit, then to write. Whose turn it is, the dice say.
        const queues = Array.from({ length: program.ranks }, (): (() => void)[] => []);
        for (const task of phase.flatMap((index) => machine.tasks(index))) {
          for (const unit of task.units) {
            let finish = (): void => {};
            queues[task.rank].push(() => finish = machine.start(memory, task.index, task.rank, unit), () => finish());
          }
        }
        for (
          let left = queues.filter((queue) => queue.length > 0);
          left.length > 0;
          left = left.filter((q) => q.length > 0)
        ) {
          left[dice[throws++ % dice.length] % left.length].shift()!();
        }
      }
      assertEquals(memory, expected);
    }),
    { seed: 3, numRuns: 700 },
  );
});

Deno.test("shares cover every unit once, end at quanta, and differ by one quantum at most", () => {
  const parts = fc.tuple(fc.nat({ max: 5000 }), fc.integer({ min: 1, max: 16 }), fc.integer({ min: 1, max: 64 }));
  fc.assert(
    fc.property(parts, ([extent, quantum, ranks]) => {
      const shares = Array.from({ length: ranks }, (_, rank) => shareOf(byParameter(extent, quantum), rank, ranks));
      let at = 0;
      for (const { begin, end } of shares) {
        assertEquals(begin, at);
        assert(end >= begin && (end % quantum === 0 || end === extent));
        at = end;
      }
      assertEquals(at, extent);
      const sizes = shares.map(({ begin, end }) => Math.ceil((end - begin) / quantum));
      assert(Math.max(...sizes) - Math.min(...sizes) <= 1);
    }),
    { seed: 4, numRuns: 1000 },
  );
});

Deno.test("what needs no meeting gets none: rows of a batch through any number of layers, then one before the parameters", () => {
  const spans = Array.from({ length: 6 }, (_, i): BufferSpan => ({ space: `${i}`, offset: 0, elements: 512 }));
  const at = (buffer: number) => ({ buffer, offset: 0 });
  const forward = (to: number, from: number): KernelCall => ({
    kernel: "row by row",
    args: [write(at(to), 16), read(at(from), 16), read(at(5), 0)],
    split: byBatch(32),
  });
  const gradient: KernelCall = {
    kernel: "columns",
    args: [write(at(4), 1), readColumns(at(3), 1, 4)],
    split: byParameter(16),
  };
  const update: KernelCall = { kernel: "in place", args: [write(at(5), 1), read(at(4), 1)], split: byParameter(16) };
  const count = (calls: KernelCall[]): number => schedulePhases(calls, (buffer) => spans[buffer], 4).barriers.length;
  assertEquals(count([forward(1, 0), forward(2, 1), forward(3, 2)]), 0);
  assertEquals(count([forward(1, 0), forward(2, 1), forward(3, 2), gradient]), 1);
  assertEquals(count([forward(1, 0), gradient, forward(2, 1)]), 0, "nothing hangs together across ranks");
  assertEquals(count([forward(1, 0), gradient, forward(3, 1)]), 1, "what is read in columns is overwritten in rows");
  assertEquals(count([forward(1, 0), forward(3, 1), gradient, update]), 1);
});
