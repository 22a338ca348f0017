import { assertEquals, assertThrows } from "@std/assert";
import { listExampleStages } from "../../tools/list_example_stages.ts";
import { judge } from "../../tools/run_stage.ts";

const test = { name: "tests", args: [], isTest: true };

Deno.test("judge counts what deno test counted", () => {
  assertEquals(judge(test, 0, "a ... ok\n\nok | 12 passed (3 steps) | 0 failed | 1 ignored (2s)\n"), {
    passed: 12,
    failed: 0,
  });
  assertEquals(judge(test, 1, "FAILED | 10 passed | 2 failed (1 step) (12ms)\n"), { passed: 10, failed: 2 });
  assertEquals(judge(test, 0, "FAILED | 10 passed | 2 failed (1 step) (12ms)\n"), { passed: 10, failed: 2 });
});

Deno.test("judge fails a test run that crashed, ran nothing, or exited with an error", () => {
  assertEquals(judge(test, 1, "error: Type checking failed.\n"), { passed: 0, failed: 1 });
  assertEquals(judge(test, 0, ""), { passed: 0, failed: 1 });
  assertEquals(judge(test, 0, "ok | 0 passed | 0 failed (1ms)\n"), { passed: 0, failed: 1 });
  assertEquals(judge(test, 1, "ok | 7 passed | 0 failed (1ms)\n"), { passed: 7, failed: 1 });
});

Deno.test("judge counts any other command as one check", () => {
  assertEquals(judge({ name: "x", args: [] }, 0, ""), { passed: 1, failed: 0 });
  assertEquals(judge({ name: "x", args: [] }, 1, ""), { passed: 0, failed: 1 });
  assertEquals(judge({ name: "x", args: [], match: /4\/4/ }, 0, "4/4"), { passed: 1, failed: 0 });
  assertEquals(judge({ name: "x", args: [], match: /4\/4/ }, 0, "3/4"), { passed: 0, failed: 1 });
  assertEquals(judge({ name: "x", args: [], match: /4\/4/ }, 1, "4/4"), { passed: 0, failed: 1 });
});

Deno.test("listExampleStages wants a run for every example and an example for every run", () => {
  const runs = [{ command: ["a.ts", "--short"], match: /./ }];
  assertEquals(listExampleStages(["a.ts"], runs)[0].args, ["run", "--no-prompt", "examples/a.ts", "--short"]);
  assertThrows(() => listExampleStages(["a.ts", "b.ts"], runs), Error, "not listed [b.ts]");
  assertThrows(() => listExampleStages([], runs), Error, "not there [a.ts]");
});
