import { assertEquals, assertRejects } from "@std/assert";
import { loadFileSystem } from "../../src/files/load_file_system.ts";

Deno.test("loadFileSystem says what to do where there is no file system", async () => {
  const message = "Cannot save: the runtime must have a file system, but this one has none; use toBytes()";
  const fail = (load: () => Promise<unknown>) =>
    assertRejects(() => loadFileSystem("Cannot save", { instead: "use toBytes()", load }), Error);
  const browser = await fail(() => Promise.reject(new TypeError("Failed to resolve module specifier")));
  assertEquals([browser.message, (browser.cause as Error).name], [message, "TypeError"]);
  assertEquals((await fail(() => Promise.resolve({}))).message, message); // a bundler's empty stand-in
});
