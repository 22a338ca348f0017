import { assert, assertEquals, assertRejects } from "@std/assert";
import type { FileSystem, OpenFile } from "../../src/files/file_system.ts";
import { loadFileSystem } from "../../src/files/load_file_system.ts";
import { writeFileAtomically } from "../../src/files/write_file_atomically.ts";

const OLD = Uint8Array.of(1, 2, 3);
const NEW = new Uint8Array(100_000).map((_, index) => index);

/** Runs `body` with a new folder that holds `model` with the old bytes; afterwards nothing else may be in it. */
async function inFolder(body: (folder: string) => Promise<void>, names: string[] = ["model"]): Promise<void> {
  const folder = await Deno.makeTempDir({ dir: "/tmp" });
  try {
    await Deno.writeFile(`${folder}/model`, OLD);
    await body(folder);
    const found = [...Deno.readDirSync(folder)].map((entry) => entry.name);
    assertEquals(found.sort(), names, "no temporary file may stay");
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

/** The real file system with some of its functions replaced, and a list of what was called. */
async function breakFileSystem(
  parts: Partial<FileSystem>,
  file: Partial<OpenFile> = {},
): Promise<{ fileSystem: FileSystem; calls: string[] }> {
  const real = await loadFileSystem("test", { instead: "" });
  const calls: string[] = [];
  const fileSystem: FileSystem = {
    open: async (path, flags) => {
      calls.push(`open ${flags}`);
      const opened = parts.open ? await parts.open(path, flags) : await real.open(path, flags);
      const call = <K extends "write" | "read" | "sync">(name: K): OpenFile[K] =>
        ((...args: Parameters<OpenFile[K]>) => {
          calls.push(name);
          // deno-lint-ignore no-explicit-any
          return (file[name] ? file[name] as any : (opened[name] as any).bind(opened))(...args);
        }) as OpenFile[K];
      const close = async () => {
        calls.push("close");
        await opened.close(); // also when the test's own close fails
        await file.close?.();
      };
      return { write: call("write"), read: call("read"), sync: call("sync"), close };
    },
    rename: (from, to) => (calls.push("rename"), (parts.rename ?? real.rename)(from, to)),
    unlink: (path) => (calls.push("unlink"), (parts.unlink ?? real.unlink)(path)),
    stat: (path) => (parts.stat ?? real.stat)(path),
  };
  return { fileSystem, calls };
}

function fail(code: string, message: string): () => Promise<never> {
  return () => Promise.reject(Object.assign(new Error(`${code}: ${message}`), { code }));
}

Deno.test("writeFileAtomically replaces a file and makes a new one, by path and by URL", async () => {
  await inFolder(async (folder) => {
    await writeFileAtomically(`${folder}/model`, NEW);
    assertEquals(await Deno.readFile(`${folder}/model`), NEW);
    await writeFileAtomically(new URL(`file://${folder}/a%20%C3%BC`), OLD);
    assertEquals(await Deno.readFile(`${folder}/a ü`), OLD);
    await writeFileAtomically(`${folder}/empty`, new Uint8Array(0));
    assertEquals((await Deno.stat(`${folder}/empty`)).size, 0);
    await writeFileAtomically(`${folder}/${"n".repeat(255)}`, OLD.subarray(1));
    assertEquals(await Deno.readFile(`${folder}/${"n".repeat(255)}`), Uint8Array.of(2, 3));
  }, ["a ü", "empty", "model", "n".repeat(255)]);
});

Deno.test("writeFileAtomically writes, syncs, closes and renames, in this order, through short writes", async () => {
  await inFolder(async (folder) => {
    const real = await loadFileSystem("test", { instead: "" });
    const { fileSystem, calls } = await breakFileSystem({
      open: async (path, flags) => {
        assert(String(path).startsWith(`${folder}/.retroprop-`) && String(path).endsWith(".tmp"), String(path));
        const file = await real.open(path, flags);
        return {
          write: (bytes, offset, length) => file.write(bytes, offset, Math.min(length, 30_000)),
          read: (bytes, offset, length) => file.read(bytes, offset, length),
          sync: () => file.sync(),
          close: () => file.close(),
        };
      },
    });
    await writeFileAtomically(`${folder}/model`, NEW, { fileSystem });
    assertEquals(calls, ["open wx", "write", "write", "write", "write", "sync", "close", "rename"]);
    assertEquals(await Deno.readFile(`${folder}/model`), NEW);
  });
});

Deno.test("writeFileAtomically leaves the old file and no other when any step fails", async () => {
  let written = 0;
  const cases: [what: string, parts: Partial<FileSystem>, file: Partial<OpenFile>, message: string][] = [
    ["no permission", { open: fail("EACCES", "permission denied") }, {}, "there is no permission (EACCES"],
    ["a read-only disk", { open: fail("EROFS", "read-only file system") }, {}, "the disk is read-only (EROFS"],
    ["a full disk", {}, { write: fail("ENOSPC", "no space left on device") }, "the disk is full (ENOSPC"],
    ["a disk that fills up later", {}, { sync: fail("ENOSPC", "no space left on device") }, "the disk is full"],
    [
      "a disk that takes no more",
      {},
      { write: () => Promise.resolve({ bytesWritten: written++ === 0 ? 5 : 0 }) },
      "5 of 100000",
    ],
    ["a disk that breaks", {}, { sync: fail("EIO", "i/o error") }, "EIO: i/o error"],
    ["a file that does not close", {}, { close: fail("EIO", "i/o error") }, "EIO: i/o error"],
    [
      "a device",
      { stat: () => Promise.resolve({ size: 0, isFile: () => false, isDirectory: () => false }) },
      {},
      "it must be a regular file or a new one, but it is a device, a pipe or a socket",
    ],
    ["a rename that fails", { rename: fail("EPERM", "operation not permitted") }, {}, "there is no permission"],
  ];
  for (const [what, parts, file, message] of cases) {
    await inFolder(async (folder) => {
      const { fileSystem } = await breakFileSystem(parts, file);
      const path = `${folder}/model`;
      const error = await assertRejects(() => writeFileAtomically(path, NEW, { fileSystem }), Error, message, what);
      assert(error.message.startsWith(`Cannot write file "${path}": `), error.message);
      if (what !== "a device") assert(error.cause instanceof Error, what);
      assertEquals(await Deno.readFile(path), OLD, what);
    });
  }
});

Deno.test("writeFileAtomically tells the first failure, not that of cleaning up", async () => {
  const { fileSystem } = await breakFileSystem({ rename: fail("EIO", "first"), unlink: fail("EIO", "second") });
  const folder = await Deno.makeTempDir({ dir: "/tmp" });
  await assertRejects(() => writeFileAtomically(`${folder}/model`, NEW, { fileSystem }), Error, "first");
  await Deno.remove(folder, { recursive: true });
});

Deno.test("writeFileAtomically does not write over a directory or into a missing folder", async () => {
  await inFolder(async (folder) => {
    await Deno.mkdir(`${folder}/taken`);
    const error = await assertRejects(() => writeFileAtomically(`${folder}/taken`, NEW), Error, "it is a directory");
    assert(error.message.includes(`${folder}/taken`));
    assert((await Deno.stat(`${folder}/taken`)).isDirectory);
    await assertRejects(() => writeFileAtomically(`${folder}/no/model`, NEW), Error, "no such file or folder");
    await assertRejects(() => writeFileAtomically(`${folder}/model/in`, NEW), Error, "not a folder");
    await assertRejects(() => writeFileAtomically(`${folder}/${"n".repeat(256)}`, NEW), Error, "too long");
  }, ["model", "taken"]);
});

Deno.test("writeFileAtomically: of many at once, one wins as a whole", async () => {
  await inFolder(async (folder) => {
    const contents = Array.from({ length: 20 }, (_, index) => new Uint8Array(50_000).fill(index));
    await Promise.all(contents.map((bytes) => writeFileAtomically(`${folder}/model`, bytes)));
    const found = await Deno.readFile(`${folder}/model`);
    assertEquals(found.length, 50_000);
    assert(found.every((byte) => byte === found[0]));
  });
});

Deno.test("writeFileAtomically takes a path without a folder", async () => {
  const seen: string[] = [];
  const { fileSystem } = await breakFileSystem({ open: (path) => (seen.push(String(path)), fail("EIO", "stop")()) });
  for (const path of ["model", "a/model", "C:\\a\\model", "/model", "a/b/"]) {
    await assertRejects(() => writeFileAtomically(path, OLD, { fileSystem }), Error, "stop");
  }
  const folders = seen.map((path) => path.replace(/\.retroprop-[-0-9a-f]{36}\.tmp$/, "*"));
  assertEquals(folders, ["*", "a/*", "C:\\a\\*", "/*", "a/b/*"]);
});

Deno.test("writeFileAtomically refuses other arguments", async () => {
  // deno-lint-ignore no-explicit-any
  const write = (path: any, bytes: any = OLD) => () => writeFileAtomically(path, bytes);
  await assertRejects(write(""), TypeError, 'path must be a non-empty string or a URL, got ""');
  await assertRejects(write(7), TypeError, "got 7");
  await assertRejects(write(new URL("https://example.com/model")), TypeError, "must begin with file:, got https:");
  await assertRejects(write("/tmp/model", "text"), TypeError, "bytes must be a Uint8Array, got string");
});
