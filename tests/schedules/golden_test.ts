import { assert, assertEquals } from "@std/assert";
import { resolveSchedule } from "../../src/schedules/resolve_schedule.ts";
import { scheduleTable } from "../../src/schedules/gen/table.ts";
import type { Json } from "../../src/tensor/json.ts";
import golden from "../golden/schedules.json" with { type: "json" };

// PyTorch multiplies from step to step where we use closed forms: up to 160 roundings of 2^-53 relative to the largest
// rate, with room for the differing pow and cos.
const TOLERANCE = 1e-13;

for (const [i, { schedule, options, rates }] of golden.cases.entries()) {
  Deno.test(`schedule ${schedule}, case ${i}: PyTorch's rates`, () => {
    const { at } = resolveSchedule({ id: schedule, config: options as unknown as Record<string, Json> });
    const scale = Math.max(...rates);
    rates.forEach((rate, step) => {
      assert(Math.abs(at(step) - rate) <= TOLERANCE * scale, `step ${step}: ${at(step)}, PyTorch ${rate}`);
    });
  });
}

Deno.test("schedules: every row is in the golden file or has a closed form in closed_form_test", () => {
  const covered = new Set(golden.cases.map(({ schedule }) => schedule));
  const missing = Object.keys(scheduleTable).filter((id) => !covered.has(id));
  assertEquals(missing, ["inverse_time_decay"]); // PyTorch has no such schedule
});
