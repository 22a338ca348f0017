import { assertRejects } from "@std/assert";
import { Crew } from "../../src/search/engine/crew.ts";
import { Pace } from "../../src/search/engine/pace.ts";
import type { PlannedTask, TaskSource } from "../../src/search/engine/task_source.ts";

Deno.test("a plan that cannot be sent to a worker ends the search with an error, instead of being waited for", async () => {
  const part = { samples: 0, rows: null };
  const plan = { numerics: "portable", forgotten: () => {} };
  const planned = {
    task: { serial: 1, plan: 1, train: part, validation: null },
    plan,
  } as unknown as PlannedTask;
  let given = 0;
  const source: TaskSource = {
    next: (isLocal) => isLocal || given++ > 0 ? null : planned,
    tell: () => {},
    pace: new Pace(),
    isOver: false,
    secondsLeft: Infinity,
    pollMs: 50,
  };
  const crew = new Crew(source, { threads: 2, isAsked: true, samples: new Map() });
  try {
    await assertRejects(() => crew.work(() => false), Error, "could not be cloned");
  } finally {
    crew.close();
  }
});
