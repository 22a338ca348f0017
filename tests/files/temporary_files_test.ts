import { assert, assertEquals } from "@std/assert";
import type { FileSystem } from "../../src/files/file_system.ts";
import { loadFileSystem } from "../../src/files/load_file_system.ts";
import { nameTemporary, removeAbandoned } from "../../src/files/temporary_files.ts";
import { writeFileAtomically } from "../../src/files/write_file_atomically.ts";
import { inFolder } from "./in_folder.ts";

const MODULE = new URL("../../src/files/write_file_atomically.ts", import.meta.url).href;
const ROOT = new URL("../..", import.meta.url).pathname;

const listNames = (folder: string): string[] => [...Deno.readDirSync(folder)].map(({ name }) => name).sort();

/** A process that stops in the middle of a save, with its temporary file open. */
async function stopInSave(folder: string): Promise<Deno.ChildProcess> {
  const script = `import * as fs from "node:fs/promises";
    import { writeFileAtomically } from "${MODULE}";
    const fileSystem = { ...fs, open: async (path, flags) => {
      const file = await fs.open(path, flags);
      return { write: async (...args) => {
        await file.write(...args);
        console.log("half");
        await new Promise((resolve) => setTimeout(resolve, 1e6));
      }, sync: () => file.sync(), close: () => file.close() };
    } };
    await writeFileAtomically("${folder}/other", new Uint8Array(1000), { fileSystem });`;
  await Deno.writeTextFile(`${folder}/script.ts`, script);
  const process = new Deno.Command("deno", {
    args: [
      ...["run", "--no-prompt", "--no-lock", `--config=${ROOT}deno.json`],
      ...[`--allow-read=${folder}`, `--allow-write=${folder}`, `${folder}/script.ts`],
    ],
    stdin: "null",
    stdout: "piped",
    stderr: "inherit",
  }).spawn();
  const reader = process.stdout.getReader();
  assertEquals(new TextDecoder().decode((await reader.read()).value), "half\n");
  await reader.cancel();
  return process;
}

Deno.test("the next save removes the temporary file of a killed process, and leaves that of a living one", async () => {
  await inFolder(async (folder) => {
    const process = await stopInSave(folder);
    try {
      const [temporary] = listNames(folder).filter((name) => name.startsWith(".retroprop-"));
      assert(/^\.retroprop-[-0-9a-f]{36}\.tmp$/.test(temporary), temporary);
      await writeFileAtomically(`${folder}/model`, Uint8Array.of(1));
      assertEquals(listNames(folder), [temporary, "model", "script.ts"]);
      process.kill("SIGKILL");
      await process.status;
      await writeFileAtomically(new URL(`file://${folder}/model`), Uint8Array.of(2));
      assertEquals(listNames(folder), ["model", "script.ts"]);
      assertEquals(await Deno.readFile(`${folder}/model`), Uint8Array.of(2));
    } finally {
      try {
        process.kill("SIGKILL");
      } catch {
        // it was killed
      }
    }
  });
});

Deno.test("files that no save has made are left alone, and those of nobody knows whom for an hour", async () => {
  await inFolder(async (folder) => {
    const old = `.retroprop-${crypto.randomUUID()}.tmp`; // as earlier versions named them
    const names = [".retroprop-notes.tmp", "retroprop.tmp", `${old}.bak`, old].sort();
    for (const name of names) await Deno.writeTextFile(`${folder}/${name}`, "x");
    await writeFileAtomically(`${folder}/m`, Uint8Array.of(1));
    assertEquals(listNames(folder), [...names, "m"].sort());
    const hours = new Date(Date.now() - 2 * 3_600_000);
    for (const name of names) await Deno.utime(`${folder}/${name}`, hours, hours);
    await writeFileAtomically(`${folder}/m`, Uint8Array.of(1));
    assertEquals(listNames(folder), [...names.filter((name) => name !== old), "m"].sort());
  });
});

Deno.test("a save writes its temporary file anew when somebody has removed it, and gives up in the end", async () => {
  await inFolder(async (folder) => {
    const real = await loadFileSystem("test", { instead: "" });
    let stolen = 0;
    const stealing = (times: number): FileSystem => ({
      open: (path, flags) => real.open(path, flags),
      stat: (path) => real.stat(path),
      unlink: (path) => real.unlink(path),
      rename: async (from, to) => {
        if (stolen++ < times) await real.unlink(from);
        return await real.rename(from, to);
      },
    });
    await writeFileAtomically(`${folder}/m`, Uint8Array.of(7), { fileSystem: stealing(2) });
    assertEquals(await Deno.readFile(`${folder}/m`), Uint8Array.of(7));
    stolen = 0;
    const failed = await writeFileAtomically(`${folder}/m`, Uint8Array.of(8), { fileSystem: stealing(9) }).catch((e) =>
      e
    );
    assert(failed instanceof Error && failed.message.includes("there is no such file"), String(failed));
    assertEquals(listNames(folder), ["m"]);
  });
});

Deno.test("what cannot be read or removed does not keep a save from going on", async () => {
  await inFolder(async (folder) => {
    const name = nameTemporary();
    await Deno.writeTextFile(`${folder}/${name}`, "x");
    const real = await loadFileSystem("test", { instead: "" });
    const refuse = () => Promise.reject(new Error("refused"));
    await removeAbandoned({ ...real, unlink: refuse } as FileSystem, folder, (each) => `${folder}/${each}`);
    await removeAbandoned({ ...real, readdir: refuse } as FileSystem, folder, (each) => `${folder}/${each}`);
    assertEquals(listNames(folder), [name]);
    await removeAbandoned(real, folder, (each) => `${folder}/${each}`);
    assertEquals(listNames(folder), [], "this process does not hold it");
  });
});
