import { assert, assertEquals, assertRejects, assertThrows } from "@std/assert";
import fc from "fast-check";
import { decodeBackup, encodeBackup } from "../../src/callbacks/backup_file.ts";
import * as callbacks from "../../src/callbacks/callbacks.ts";
import { FileFormatError } from "../../src/files/file_format_error.ts";
import { FakeModel, logsOf, train } from "./fake_model.ts";
import { inFolder } from "../files/in_folder.ts";

const { backupAndRestore } = callbacks;
const logs = logsOf("loss", [1, 1, 1, 1]);
const steps = 3;

/** Trains until a batch fails, then again from a fresh model with the same callback options. */
async function interruptAndResume(
  path: string | URL,
  options: Omit<callbacks.BackupAndRestoreOptions, "path">,
  at: number,
): Promise<{ model: FakeModel; epochs: number[] }> {
  const interrupt = (epoch: number, batch: number) => {
    if (epoch * steps + batch === at) throw new Error("power cut");
  };
  const first = train(new FakeModel(), [backupAndRestore({ path, ...options })], { logs, steps, interrupt });
  await assertRejects(() => first, Error, "power cut");
  const model = new FakeModel();
  const epochs = await train(model, [backupAndRestore({ path, ...options })], { logs, steps });
  return { model, epochs };
}

Deno.test("backupAndRestore: a run interrupted at any step ends as if it had not been", async () => {
  const whole = new FakeModel();
  await train(whole, [], { logs, steps });
  await inFolder(async (folder) => {
    for (const saveFreq of ["epoch", 1, 2, 3, 5, 100] as const) {
      for (let at = 0; at < logs.length * steps; at++) {
        const { model, epochs } = await interruptAndResume(`${folder}/new/run.backup`, { saveFreq }, at);
        assertEquals([saveFreq, at, model.weight, model.iteration], [saveFreq, at, whole.weight, 12]);
        if (saveFreq === "epoch") assertEquals(epochs.length, 4 - Math.floor(at / steps));
      }
    }
    // Complete runs leave nothing behind.
    assertEquals([...Deno.readDirSync(`${folder}/new`)], []);
  });
});

Deno.test("backupAndRestore: deleteCheckpoint false keeps the backup, and the next fit has nothing left to do", async () => {
  await inFolder(async (folder) => {
    const backupDir = new URL(`file://${folder}/run.backup`);
    const model = new FakeModel();
    const options = { backupDir, deleteCheckpoint: false };
    assertEquals((await train(model, [backupAndRestore(options)], { logs, steps })).length, 4);
    const again = new FakeModel();
    assertEquals(await train(again, [backupAndRestore(options)], { logs, steps }), []);
    assertEquals(again.weight, model.weight);
  });
});

Deno.test("backupAndRestore: stopTraining is an end, too", async () => {
  await inFolder(async (folder) => {
    const path = `${folder}/run.backup`;
    const model = new FakeModel();
    await train(model, [{ onEpochEnd: () => void (model.stopTraining = true) }, backupAndRestore({ path })], { logs });
    assertEquals([...Deno.readDirSync(folder)], []);
  });
});

Deno.test("backupAndRestore: a file that is no backup, or of another model, is an error and stays", async () => {
  await inFolder(async (folder) => {
    const path = `${folder}/run.backup`;
    const fail = (part: string) =>
      assertRejects(() => train(new FakeModel(), [backupAndRestore({ path })], { logs }), Error, part);
    await Deno.writeTextFile(path, "some notes of mine, longer than a header");
    await fail(`Cannot restore the backup "${path}": it must begin with RPBACKUP`);
    await fail("remove the file to begin anew");
    assertEquals((await Deno.readTextFile(path)).slice(0, 10), "some notes");
    await Deno.writeFile(path, encodeBackup({ epoch: 1, batch: 0, state: null, model: new Uint8Array(5) }));
    await fail("another model");
    await Deno.remove(path);
    await Deno.mkdir(path);
    await fail("it is a directory");
  });
});

Deno.test("a backup comes back as it was written, to the bit; other bytes are refused", () => {
  const state = {
    numbers: [0, -0, NaN, Infinity, -Infinity, 0.1, 1e-320],
    long: Array.from({ length: 40 }, (_, i) => i === 7 ? NaN : -i / 3),
    arrays: [Float32Array.of(0.1, -0, NaN), Float64Array.of(Math.PI), new Float64Array(0)],
    texts: ["", "\u0000 \u{1F600}", null, true, {}],
    odd: [JSON.parse('{"__proto__": 1, "$number": "NaN", "$$": {"$float32": 0}}')],
  };
  const backup = { epoch: 4_000_000_000, batch: 70_000, state, model: Uint8Array.of(1, 2, 3) };
  assertEquals(decodeBackup(encodeBackup(backup)), backup);
  assertEquals(Object.keys((decodeBackup(encodeBackup(backup)).state as typeof state).odd[0]), [
    "__proto__",
    "$number",
    "$$",
  ]);
  const good = encodeBackup(backup);
  good[8] = 3;
  assertThrows(() => decodeBackup(good), FileFormatError, "the version of its format must be from 1 to 2, got 3");
  good[8] = 2;
  good.fill(255, 20, 24);
  assertThrows(() => decodeBackup(good), FileFormatError, "its state must lie within");
  fc.assert(fc.property(fc.uint8Array({ maxLength: 60 }), (bytes) => {
    assertThrows(() => decodeBackup(bytes), FileFormatError);
  }));
  const text = [...encodeBackup(backup)];
  for (let at = 0; at < text.length - 3; at += 5) { // no bit flips unseen but those of the model, which has a checksum of its own
    const bytes = Uint8Array.from(text);
    bytes[at] ^= 1 << at % 8;
    let found: unknown = null;
    try {
      found = decodeBackup(bytes);
    } catch (error) {
      assert(error instanceof FileFormatError, String(error));
    }
    if (found !== null) assertEquals(found, backup, `byte ${at}`);
  }
  fc.assert(fc.property(fc.nat(text.length - 4), fc.nat(255), (at, value) => {
    const bytes = Uint8Array.from(text);
    bytes[at] = value;
    try {
      decodeBackup(bytes);
    } catch (error) {
      if (!(error instanceof FileFormatError)) throw error;
    }
  }));
});

Deno.test("a state may be long: many lists of numbers, and much text", () => {
  const lists = Array.from({ length: 20_000 }, (_, i) => Array.from({ length: 20 }, (_, j) => i / (j + 1)));
  const state = { lists, text: "ä".repeat(3_000_000), shorts: lists.map((list) => list.slice(0, 3)) };
  const backup = { epoch: 1, batch: 0, state, model: Uint8Array.of(1) };
  const found = decodeBackup(encodeBackup(backup)).state as typeof state;
  assertEquals(found.lists.flat(), lists.flat());
  assertEquals(found.shorts.flat(), state.shorts.flat());
  assert(found.text === state.text);
});

Deno.test("a state of anything but plain data is refused, with its place", () => {
  const refuse = (state: unknown, message: string) =>
    assertThrows(
      () => encodeBackup({ epoch: 0, batch: 0, state: state as null, model: new Uint8Array(1) }),
      TypeError,
      message,
    );
  refuse({ a: [1, new Map()] }, "Cannot keep backup.state.a[1]: it must be null, a boolean");
  refuse({ a: new Date() }, "Cannot keep backup.state.a");
  refuse(new Int32Array(2), "Cannot keep backup.state:");
  refuse({ f: () => 1 }, "Cannot keep backup.state.f");
});

Deno.test("a backup of version 1, which had no state, is read", () => {
  const bytes = Uint8Array.from(
    [..."RPBACKUP"].map((c) => c.charCodeAt(0)).concat([1, 0, 0, 0, 7, 0, 0, 0, 2, 0, 0, 0, 0, 0, 0, 0, 9, 8]),
  );
  assertEquals(decodeBackup(bytes), { epoch: 7, batch: 2, state: null, model: Uint8Array.of(9, 8) });
});

Deno.test("backupAndRestore: options", () => {
  assertThrows(() => backupAndRestore({} as never), TypeError, "path must be a non-empty string");
  assertThrows(() => backupAndRestore({ path: "a", saveFreq: 1.5 }), RangeError, "saveFreq must be an integer >= 1");
  assertThrows(
    () => backupAndRestore({ path: "a", deleteBackup: true } as never),
    TypeError,
    'unknown option "deleteBackup"',
  );
});
