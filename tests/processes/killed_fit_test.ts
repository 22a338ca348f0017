import { assert, assertEquals } from "@std/assert";

const SCRIPT = new URL("./backup_script.ts", import.meta.url).pathname;

/** Runs the script; it is killed so many milliseconds after it has begun. */
async function run(folder: string, saveFreq: string, killAfter: number | null): Promise<string> {
  const child = new Deno.Command("deno", {
    args: [
      "run",
      "--no-prompt",
      "--quiet",
      `--allow-read=${folder}`,
      `--allow-write=${folder}`,
      SCRIPT,
      folder,
      saveFreq,
    ],
    stdin: "null",
    stdout: "piped",
    stderr: "inherit",
  }).spawn();
  let text = "";
  let timer: ReturnType<typeof setTimeout> | undefined;
  for await (const part of child.stdout.pipeThrough(new TextDecoderStream())) {
    if (text === "" && killAfter !== null) timer = setTimeout(() => child.kill("SIGKILL"), killAfter);
    text += part;
  }
  clearTimeout(timer);
  await child.status;
  return text.split("\n")[1] ?? "";
}

Deno.test("a script that is killed again and again ends with the same bits, history and log", async () => {
  const folders = await Promise.all([0, 1, 2].map(() => Deno.makeTempDir()));
  try {
    const whole = await run(folders[0], "none", null);
    assert(whole.startsWith("["));
    for (const [i, saveFreq] of ["epoch", "3"].entries()) {
      const folder = folders[i + 1];
      let kills = 0;
      // After 100 ms, 180 ms …: each run gets further, so that the last one comes to the end.
      let last = "";
      for (let ms = 100; last === ""; ms *= 1.8) {
        last = await run(folder, saveFreq, ms);
        if (last === "") kills++;
      }
      assert(kills > 0);
      assertEquals(last, whole, `${kills} kills`);
      assertEquals([...Deno.readDirSync(folder)].some(({ name }) => name === "backup"), false);
    }
  } finally {
    for (const folder of folders) await Deno.remove(folder, { recursive: true });
  }
});
