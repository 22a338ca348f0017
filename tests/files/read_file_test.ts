import { assert, assertEquals, assertRejects } from "@std/assert";
import type { FileSystem } from "../../src/files/file_system.ts";
import { readFile } from "../../src/files/read_file.ts";

/** A file system with one file, which says that it has `size` bytes and gives these pieces. */
function fakeFile(size: number, pieces: number[][]): FileSystem & { closed: boolean } {
  let next = 0;
  const refuse = () => Promise.reject(new Error("not here"));
  const system = {
    closed: false,
    rename: refuse,
    unlink: refuse,
    stat: () => Promise.resolve({ size, isFile: () => true, isDirectory: () => false }),
    open: () =>
      Promise.resolve({
        write: refuse,
        sync: refuse,
        close: () => Promise.resolve(void (system.closed = true)),
        read: (bytes: Uint8Array, offset: number, length: number) => {
          const piece = (pieces[next++] ?? []).slice(0, length);
          bytes.set(piece, offset);
          return Promise.resolve({ bytesRead: piece.length });
        },
      }),
  };
  return system;
}

Deno.test("readFile reads a file by path and by URL into a buffer of its own size", async () => {
  const folder = await Deno.makeTempDir({ dir: "/tmp" });
  const content = new Uint8Array(300_000).map((_, index) => index * 7);
  await Deno.writeFile(`${folder}/a ü`, content);
  await Deno.writeFile(`${folder}/empty`, new Uint8Array(0));
  const bytes = await readFile(`${folder}/a ü`);
  assertEquals(bytes, content);
  assertEquals([bytes.byteOffset, bytes.buffer.byteLength], [0, content.length]);
  assertEquals(await readFile(new URL(`file://${folder}/a%20%C3%BC`)), content);
  assertEquals((await readFile(`${folder}/empty`)).length, 0);
  await Deno.remove(folder, { recursive: true });
});

Deno.test("readFile says what is wrong with a path", async () => {
  const folder = await Deno.makeTempDir({ dir: "/tmp" });
  const error = await assertRejects(() => readFile(`${folder}/no`), Error, "there is no such file or folder (ENOENT");
  assert(error.message.startsWith(`Cannot read file "${folder}/no": `), error.message);
  assert(error.cause instanceof Error);
  await assertRejects(() => readFile(folder), Error, "it is a directory");
  await assertRejects(() => readFile(new URL(`file://${folder}`)), Error, "it is a directory");
  await assertRejects(() => readFile("https://example.com/model"), Error, "no such file");
  await assertRejects(() => readFile(new URL("https://example.com/model")), TypeError, "must begin with file:");
  await assertRejects(() => readFile(""), TypeError, "non-empty");
  await Deno.remove(folder, { recursive: true });
});

Deno.test("readFile does not read devices, which may never end", async () => {
  const special = { isFile: () => false, isDirectory: () => false, size: 0 };
  const fileSystem = { ...fakeFile(0, []), stat: () => Promise.resolve(special) };
  await assertRejects(() => readFile("/dev/zero", { fileSystem }), Error, "regular file");
});

Deno.test("readFile joins short reads, and refuses a file that changes its length", async () => {
  const good = fakeFile(5, [[1], [2, 3], [4, 5]]);
  assertEquals(await readFile("x", { fileSystem: good }), Uint8Array.of(1, 2, 3, 4, 5));
  assert(good.closed);
  const short = fakeFile(5, [[1, 2]]);
  await assertRejects(() => readFile("x", { fileSystem: short }), Error, "ended after 2 of its 5 bytes");
  assert(short.closed);
  await assertRejects(() => readFile("x", { fileSystem: fakeFile(2, [[1, 2], [3]]) }), Error, "grew past its 2 bytes");
});
