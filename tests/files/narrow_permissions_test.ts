import { assert, assertEquals } from "@std/assert";

const ROOT = new URL("../..", import.meta.url).pathname;

/** Runs a script in a process of its own with these permissions, in a folder of its own that is removed at the end. */
async function runIn(
  script: string,
  permissions: (folder: string) => string[],
  check: (folder: string, output: { code: number; out: string; err: string }) => void | Promise<void>,
): Promise<void> {
  const folder = await Deno.makeTempDir({ dir: "/tmp" });
  try {
    await Deno.writeTextFile(`${folder}/script.ts`, script.replaceAll("ROOT", ROOT).replaceAll("FOLDER", folder));
    const { code, stdout, stderr } = await new Deno.Command("deno", {
      args: [
        "run",
        "--no-prompt",
        "--no-lock",
        `--config=${ROOT}deno.json`,
        ...permissions(folder),
        `${folder}/script.ts`,
      ],
      stdin: "null",
    }).output();
    const text = (bytes: Uint8Array): string => new TextDecoder().decode(bytes);
    await check(folder, { code, out: text(stdout), err: text(stderr) });
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

const MODEL = `import { callbacks, layers, loadModel, sequential } from "ROOTmod.ts";
const model = sequential([layers.dense({ units: 3, inputShape: [2] })], { seed: 1 });
model.compile({ optimizer: "sgd", loss: "mse" });
const fit = (callback) => model.fit([[1, 2], [3, 4]], [[1, 2, 3], [4, 5, 6]], { epochs: 2, verbose: 0, callbacks: [callback] });
`;

Deno.test("save works with --allow-write of the file alone, and with --allow-read of it, and leaves nothing beside it", async () => {
  const script = `${MODEL}
    const bytes = model.toBytes();
    for (const path of ["FOLDER/m.safetensors", "file://FOLDER/m.safetensors", new URL("file://FOLDER/m.safetensors")]) await model.save(path);
    console.log(bytes.length);`;
  const both = (folder: string) => [`--allow-write=${folder}/m.safetensors`, `--allow-read=${folder}/m.safetensors`];
  for (const permissions of [both, (folder: string) => both(folder).slice(0, 1)]) {
    await runIn(script, permissions, async (folder, { code, out, err }) => {
      assertEquals([code, err], [0, ""]);
      assertEquals((await Deno.readFile(`${folder}/m.safetensors`)).length, Number(out));
      assertEquals([...Deno.readDirSync(folder)].map(({ name }) => name).sort(), ["m.safetensors", "script.ts"]);
    });
  }
});

Deno.test("with leave for the file alone, shorter and longer content replaces the old one whole", async () => {
  const script = `import { writeFileAtomically } from "ROOTsrc/files/write_file_atomically.ts";
    for (const length of [5, 0, 70000, 3]) {
      await writeFileAtomically("FOLDER/f", new Uint8Array(length).fill(length));
      const found = await Deno.readFile("FOLDER/f");
      if (found.length !== length || !found.every((byte) => byte === (length & 255))) throw new Error(String(length));
    }`;
  await runIn(script, (folder) => [`--allow-write=${folder}/f`, `--allow-read=${folder}/f`], (_, { code, err }) => {
    assertEquals([code, err], [0, ""]);
  });
});

Deno.test("modelCheckpoint, backupAndRestore and their folders work with --allow-write of the file alone", async () => {
  for (const name of ["modelCheckpoint", "backupAndRestore"]) {
    const script = `${MODEL}await fit(callbacks.${name}({ path: "FOLDER/m" }));`;
    const permissions = (folder: string) => [`--allow-write=${folder}/m`, `--allow-read=${folder}/m`];
    await runIn(script, permissions, (folder, { code, err }) => {
      assertEquals([code, err], [0, ""]);
      const expected = name === "modelCheckpoint" ? ["m", "script.ts"] : ["script.ts"];
      assertEquals([...Deno.readDirSync(folder)].map(({ name }) => name).sort(), expected);
    });
  }
});

Deno.test("without leave to write, callbacks that save say what is needed before the first step", async () => {
  for (
    const [name, path] of [
      ["modelCheckpoint", "FOLDER/m"],
      ["modelCheckpoint", "FOLDER/m-{epoch:02d}-{loss:.3f}"],
      ["backupAndRestore", "FOLDER/m"],
    ]
  ) {
    const script = `${MODEL}
      const before = String(model.getWeights()[0].data);
      const error = await fit(callbacks.${name}({ path: "${path}" })).then(() => null, (error) => error);
      console.log(JSON.stringify([error?.message, model.iteration, before === String(model.getWeights()[0].data)]));`;
    await runIn(script, (folder) => [`--allow-read=${folder}`], (folder, { code, out, err }) => {
      assertEquals([code, err], [0, ""]);
      const [message, iteration, isSame] = JSON.parse(out);
      assert(message?.includes(`--allow-write=${folder}/m`), String(message));
      assertEquals([iteration, isSame], [0, true]);
    });
  }
});

Deno.test("without leave to write, save names the file and not a temporary one", async () => {
  const script = `${MODEL}
    const error = await model.save("FOLDER/m").then(() => null, (error) => error);
    console.log(JSON.stringify([error?.message, error?.cause?.name]));`;
  for (const permissions of [() => [], (folder: string) => [`--allow-read=${folder}`]]) {
    await runIn(script, permissions, (folder, { code, out, err }) => {
      assertEquals([code, err], [0, ""]);
      const [message, cause] = JSON.parse(out);
      assert(message?.includes(`--allow-write=${folder}/m`) && !message.includes(".tmp"), String(message));
      assertEquals(cause, "NotCapable");
    });
  }
});
