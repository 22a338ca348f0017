import { assertEquals, assertThrows } from "@std/assert";
import { describeFlags, readFlags } from "../../examples/flags/read_flags.ts";

const command = {
  usage: "Does things.",
  flags: {
    epochs: { default: 200, min: 1, isInteger: true, help: "how long" },
    lr: { default: 4.5, min: 0, max: 100, help: "how fast" },
    name: { default: "sgd", help: "how" },
    quiet: { default: false, help: "no talk" },
  },
} as const;

Deno.test("flags: defaults, both spellings, switches", () => {
  assertEquals(readFlags([], command), { epochs: 200, lr: 4.5, name: "sgd", quiet: false, files: [] });
  const all = readFlags(["--epochs", "3", "--lr=1e-3", "--quiet", "--name=adam"], command);
  assertEquals(all, { epochs: 3, lr: 0.001, name: "adam", quiet: true, files: [] });
});

Deno.test("flags: other arguments are counted", () => {
  assertEquals(readFlags(["a.csv", "--quiet"], { ...command, files: 1 })?.files, ["a.csv"]);
  assertEquals(readFlags(["7"], { ...command, files: 1 })?.files, ["7"]);
  assertThrows(() => readFlags(["a.csv"], command), Error, "no argument besides flags, got a.csv");
  assertThrows(() => readFlags([], { ...command, files: 1 }), Error, "1 argument besides flags, got none");
});

Deno.test("flags: of two the last counts, and behind -- there are none", () => {
  assertEquals(readFlags(["--epochs=3", "--epochs", "4"], command)?.epochs, 4);
  assertEquals(readFlags(["--name=a=b"], command)?.name, "a=b");
  assertEquals(readFlags(["--quiet", "--", "--epochs"], { ...command, files: 1 })?.files, ["--epochs"]);
  assertEquals(readFlags(["-"], { ...command, files: 1 })?.files, ["-"]);
});

Deno.test("flags: help wins and lists every flag", () => {
  assertEquals(readFlags(["--help", "--nonsense"], command), null);
  assertEquals(readFlags(["-h"], command), null);
  const text = describeFlags(command);
  for (const line of ["--epochs  how long (default 200)", "--quiet   no talk", "--help"]) {
    assertEquals(text.includes(line), true, line);
  }
});

Deno.test("flags: bad ones are named", () => {
  const cases: [string[], string][] = [
    [["--epoch=3"], "there is no flag --epoch; flags are: --help --epochs --lr --name --quiet"],
    [["-x"], "there is no flag -x"],
    [["--__proto__=1"], "there is no flag --__proto__"],
    [["--lr"], "--lr needs a value, such as --lr=4.5"],
    [["--lr="], "--lr needs a value"],
    [["--lr", "-1"], "--lr needs a value"],
    [["--lr=-1"], "--lr must be a number >= 0 and <= 100, got -1"],
    [["--lr=101"], "<= 100, got 101"],
    [["--lr=NaN"], "got NaN"],
    [["--lr=fast"], "got fast"],
    [["--epochs=1.5"], "--epochs must be an integer >= 1, got 1.5"],
    [["--epochs=0"], "--epochs must be an integer >= 1, got 0"],
    [["--epochs=1e300"], "--epochs must be an integer"],
    [["--quiet=yes"], "--quiet takes no value"],
    [["--no-quiet"], "there is no flag --no-quiet"],
  ];
  for (const [args, message] of cases) assertThrows(() => readFlags(args, command), Error, message);
});
