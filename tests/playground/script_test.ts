import { assert, assertEquals } from "@std/assert";
import type { Configuration } from "../../tools/playground/configuration/configuration.ts";
import { DEFAULT_CONFIGURATION, dense } from "../../tools/playground/configuration/default_configuration.ts";
import { PRESETS } from "../../tools/playground/configuration/presets.ts";
import { OPTIMIZER_FIELDS } from "../../tools/playground/configuration/optimizer_fields.ts";
import { exportScript } from "../../tools/playground/engine/export_script.ts";
import { Session } from "../../tools/playground/engine/session.ts";

/** Trains in the engine for some epochs, and exports. */
function exportAfter(configuration: Configuration, epochs: number) {
  const session = new Session(configuration);
  for (let epoch = 0; epoch < epochs;) if (session.step()) epoch++;
  const reply = exportScript({ id: 1, kind: "script" }, { session, language: "en" });
  if (reply.kind !== "script") throw new Error("no script");
  return { ...reply, session };
}

/** Runs scripts in one process, each as a module of its own, and returns what each prints. */
async function runScripts(scripts: readonly string[]): Promise<string[]> {
  const folder = await Deno.makeTempDir({ dir: "/tmp" });
  try {
    const library = new URL("../../mod.ts", import.meta.url).href; // the bundle may be older than the sources
    await Promise.all(scripts.map((text, i) => {
      return Deno.writeTextFile(
        `${folder}/${i}.ts`,
        text.replace(/(?<=from )"retroprop"/, () => JSON.stringify(library)),
      );
    }));
    const main = scripts.map((_, i) => `console.log("\\u0001"); await import("./${i}.ts");\n`).join("");
    await Deno.writeTextFile(`${folder}/main.ts`, main);
    const args = ["run", "--no-prompt", "--no-remote", `${folder}/main.ts`];
    const { success, stdout, stderr } = await new Deno.Command("deno", { args, env: { NO_COLOR: "1" } })
      .output();
    assert(success, new TextDecoder().decode(stderr));
    return new TextDecoder().decode(stdout).split("\u0001\n").slice(1);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

const { data } = DEFAULT_CONFIGURATION;
const moons = { ...data, name: "moons", samples: 60 } as const;
const configurations: [name: string, configuration: Configuration, epochs: number][] = [
  ...PRESETS.filter(({ id }) => !/^(xor_[3-6]|rate_|stochastic|nesterov|exploding)/.test(id)).map((
    { id, configuration },
  ): [string, Configuration, number] => [id, configuration, 6]),
  ...Object.keys(OPTIMIZER_FIELDS).map((name): [string, Configuration, number] => [
    name,
    {
      ...DEFAULT_CONFIGURATION,
      data: moons,
      layers: [dense(4, "tanh")],
      optimizer: { name, options: {} },
      learningRate: 0.01,
      batchSize: 16,
    },
    3,
  ]),
  ["kinds of layers", {
    ...DEFAULT_CONFIGURATION,
    data: moons,
    features: ["x1", "x1_squared", "sin_x1"],
    layers: [
      dense(6, "linear", { initializer: "random_uniform", initializerScale: 0.7, l1: 0.001, l2: 0.01, useBias: false }),
      { name: "batch_normalization", options: { momentum: 0.9 } },
      { name: "relu", options: {} },
      { name: "dropout", options: { rate: 0.25 } },
      { name: "group_normalization", options: { groups: 3 } },
      { name: "leaky_relu", options: {} },
      { name: "gaussian_noise", options: {} },
      { name: "prelu", options: {} },
      { name: "rms_normalization", options: {} },
    ],
    optimizer: { name: "adam", options: { useEma: true, clipnorm: 1, weightDecay: 0.01 } },
    schedule: { name: "cosine_decay", options: { decaySteps: 20 } },
    learningRate: 0.05,
    batchSize: 7,
  }, 4],
  ["own values", {
    ...DEFAULT_CONFIGURATION,
    data: {
      ...data,
      name: "own",
      task: "regression",
      testShare: 0.3,
      points: Array.from({ length: 10 }, (_, i) => ({ x1: i / 7, x2: -i / 3, y: i * i })),
    },
    output: { activation: "linear" },
    loss: { name: "huber", options: { delta: 2 } },
    optimizer: { name: "evolution_strategy", options: { optimizer: "sgd", populationSize: 8 } },
    learningRate: 0.1,
  }, 5],
];

Deno.test("playground: an exported script gives the engine's loss, bit for bit", async () => {
  const exported = configurations.map(([, configuration, epochs]) => exportAfter(configuration, epochs));
  const printed = await runScripts(exported.map(({ text }) => text));
  printed.forEach((text, i) => {
    const [name, , epochs] = configurations[i];
    const { loss, session, epochs: written } = exported[i];
    assertEquals(written, epochs, name);
    const lines = text.split("\n");
    assertEquals(lines[0], `loss ${loss}`, name);
    const isAveraged = session.configuration.optimizer.options.useEma === true ||
      session.configuration.optimizer.name === "adam_schedule_free";
    if (!isAveraged) assertEquals(loss, session.lossOf(session.train), name);
    if (session.test !== null && !isAveraged) {
      assertEquals(lines[1], `test loss ${session.lossOf(session.test)}`, name);
    }
  });
});

Deno.test("playground: a script within an epoch is one of whole epochs", async () => {
  const session = new Session({ ...DEFAULT_CONFIGURATION, data: moons, batchSize: 8 });
  while (!session.step());
  session.step();
  const reply = exportScript({ id: 1, kind: "script" }, { session, language: "en" });
  if (reply.kind !== "script") throw new Error("no script");
  const [printed] = await runScripts([reply.text]);
  assertEquals(printed.split("\n")[0], `loss ${reply.loss}`);
});
