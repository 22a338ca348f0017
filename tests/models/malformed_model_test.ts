import { assert, assertEquals, assertRejects } from "@std/assert";
import { FileFormatError, loadModel } from "../../mod.ts";
import { readSafetensors } from "../../src/files/read_safetensors.ts";
import { writeSafetensors } from "../../src/files/write_safetensors.ts";
import { countLookups } from "../files/count_lookups.ts";
import { buildFile } from "../files/safetensors_fixture.ts";
import { described, DESCRIPTION, file, GOOD, loadHostile, refuse, TENSORS } from "./hostile_model.ts";
import { buildTwoHeads } from "./two_heads.ts";

// deno-lint-ignore no-explicit-any
type Any = any;

/** One group of optimizers, as a file has it. */
function group(optimizer: Any, layers?: string[]): Any {
  return { id: "groups", config: { groups: [layers === undefined ? { optimizer } : { layers, optimizer }] } };
}

Deno.test("the file that the malformed ones are made from is good", async () => {
  assert(!(await loadHostile(GOOD) instanceof FileFormatError));
  assert(!(await loadHostile(file(DESCRIPTION)) instanceof FileFormatError));
});

const TARGETED: readonly [what: string, bytes: () => Uint8Array, message: string][] = [
  ["no description", () => writeSafetensors(TENSORS, {}), "it is a safetensors file, but not of a model"],
  ["a description that is no JSON", () => file("{"), "must be JSON"],
  ["a description that is a list", () => file([]), "the description must be an object"],
  ["a description that is null", () => file("null"), "the description must be an object"],
  [
    "a later version",
    () => described((d) => d.version = 4),
    "it has version 4, and this library reads versions up to 3",
  ],
  ["a much later version", () => described((d) => d.version = 1e300), "it has version"],
  ["version 0", () => described((d) => d.version = 0), "version must be an integer >= 1"],
  ["a version as text", () => described((d) => d.version = "1"), "version must be an integer >= 1"],
  ["no version", () => described((d) => delete d.version), "version must be an integer >= 1"],
  ["no model", () => described((d) => delete d.model), "model must be an object"],
  ["another type of model", () => described((d) => d.model.type = "functional"), 'model.type must be "sequential"'],
  ["no layers", () => described((d) => d.model.layers = []), "at least one layer"],
  ["layers that are an object", () => described((d) => d.model.layers = {}), "model.layers must be an array"],
  ["a layer that is text", () => described((d) => d.model.layers[0] = "dense"), "model.layers[0] must be an object"],
  [
    "a layer without options",
    () => described((d) => delete d.model.layers[0].config),
    "model.layers[0].config must be an object",
  ],
  ["an unknown layer", () => described((d) => d.model.layers[1].type = "dence"), 'did you mean "dense"?'],
  ["a layer named after a property", () => described((d) => d.model.layers[1].type = "constructor"), "constructor"],
  ["a layer named __proto__", () => described((d) => d.model.layers[1].type = "__proto__"), "__proto__"],
  ["an unknown option", () => described((d) => d.model.layers[1].config.unit = 3), 'unknown option "unit"'],
  [
    "__proto__ among the options",
    () => file(DESCRIPTION.replace('"units":4', '"__proto__":{"units":4}')),
    'unknown option "__proto__"',
  ],
  [
    "__proto__ in an activation's options",
    () => file(DESCRIPTION.replace('"negativeSlope":', '"__proto__":')),
    "__proto__",
  ],
  ["__proto__ in the compile options", () => file(DESCRIPTION.replace('"loss":', '"__proto__":')), "__proto__"],
  [
    "an unknown activation",
    () => described((d) => d.model.layers[1].config.activation.id = "leaky"),
    "Unknown activation",
  ],
  [
    "an unknown initializer",
    () => described((d) => d.model.layers[1].config.kernelInitializer.id = "listed"),
    "Unknown initializer",
  ],
  [
    "an unknown regularizer",
    () => described((d) => d.model.layers[1].config.kernelRegularizer.id = "l3"),
    "Unknown regularizer",
  ],
  ["an unknown optimizer", () => described((d) => d.compile.optimizer.id = "adamm"), "Unknown optimizer"],
  [
    "groups of optimizers that are text",
    () => described((d) => d.compile.optimizer = { id: "groups", config: { groups: "all" } }),
    'groups of optimizers must be objects { layers, optimizer: { id, config } }, got "all"',
  ],
  [
    "a group of optimizers that holds another one",
    () => described((d) => d.compile.optimizer = group(group(d.compile.optimizer))),
    'Unknown optimizer "groups"',
  ],
  [
    "groups of optimizers without the layers",
    () => described((d) => d.compile.optimizer = group(d.compile.optimizer, Array(10_000).fill("nobody"))),
    'Cannot train layer "dense": every layer must be in a group of the optimizer, but it is in none',
  ],
  ["an unknown loss", () => described((d) => d.compile.loss.id = "toString"), "Unknown loss"],
  ["an unknown metric", () => described((d) => d.compile.metrics[0].id = "hasOwnProperty"), "Unknown metric"],
  [
    "an unknown schedule",
    () => described((d) => d.compile.optimizer.config.learningRate.id = "cosine"),
    "Unknown schedule",
  ],
  ["metrics that are text", () => described((d) => d.compile.metrics = "accuracy"), "metrics must be an array"],
  ["no loss", () => described((d) => delete d.compile.loss), "compile.loss must be an object"],
  ["compile options that are a list", () => described((d) => d.compile = []), "compile must be an object"],
  [
    "a learning rate that is text",
    () => described((d) => d.training.learningRate = "0.1"),
    "training.learningRate must be",
  ],
  [
    "a learning rate that is null",
    () => described((d) => d.training.learningRate = null),
    "training.learningRate must be",
  ],
  ["half a step", () => described((d) => d.training.step = 0.5), "training.step must be an integer >= 0"],
  [
    "a negative iteration",
    () => described((d) => d.training.iteration = -1),
    "training.iteration must be an integer >= 0",
  ],
  [
    "a huge iteration",
    () => described((d) => d.training.iteration = 1e300),
    "training.iteration must be an integer >= 0",
  ],
  ["an unknown key", () => described((d) => d.trainin = {}), 'the description has an unknown key "trainin"'],
  ["an unknown key of the model", () => described((d) => d.model.sed = 1), 'model has an unknown key "sed"'],
  ["an unknown key of compile", () => described((d) => d.compile.los = {}), 'compile has an unknown key "los"'],
  ["an unknown counter", () => described((d) => d.training.iter = 1), 'training has an unknown key "iter"'],
  [
    "__proto__ as a key",
    () => file(DESCRIPTION.replace('"training":', '"__proto__":')),
    'the description has an unknown key "__proto__"',
  ],
  [
    "a layer's name with a terminal's commands",
    () => described((d) => d.model.layers[1].config.name = "a\u001b[31m"),
    'name must not have control characters, got "a\\u001b[31m"',
  ],
  [
    "a layer's name with a one-byte command",
    () => described((d) => d.model.layers[1].config.name = "a\u009b31m"),
    'name must not have control characters, got "a\\u009b31m"',
  ],
  [
    "a model's name that turns the order of what follows",
    () => described((d) => d.model.name = "a\u202eb"),
    'name must not have control characters, got "a\\u202eb"',
  ],
  [
    "a metric's name with a line break",
    () => described((d) => d.compile.metrics[0].config.name = "a\nb"),
    'name must not have control characters, got "a\\nb"',
  ],
  [
    "options with a terminal's commands",
    () => described((d) => d.model.layers[1].config.units = { "\u009b31m": 1 }),
    "\\u009b31m",
  ],
  ["a type with a terminal's commands", () => described((d) => d.model.layers[1].type = "\u009b31m"), "\\u009b31m"],
  ["a key with a terminal's commands", () => described((d) => d.model["\u009b31m"] = 1), "\\u009b31m"],
  ["a negative seed", () => described((d) => d.model.seed = -1), "seed must be an integer from 0"],
  ["no seed that is a number", () => described((d) => d.model.seed = {}), "seed must be an integer from 0"],
  [
    "a seed that is yet to be drawn",
    () => described((d) => d.model.seed = "random"),
    'seed must be an integer, got "random"',
  ],
  ["unknown numerics", () => described((d) => d.model.numerics = "float64"), "numerics"],
  ["a name that is a number", () => described((d) => d.model.name = 3), "name must be"],
  ["an input shape of 0", () => described((d) => d.model.inputShape = [0]), "model.inputShape must be integers >= 1"],
  [
    "an input shape that is text",
    () => described((d) => d.model.inputShape = "3"),
    "model.inputShape must be an array",
  ],
  ["another input shape", () => described((d) => d.model.inputShape = [4]), "of shape [4]"],
  ["two layers of one name", () => described((d) => d.model.layers[6].config.name = "dense"), "names must be unique"],
  [
    "more units than the tensor has",
    () => described((d) => d.model.layers[1].config.units = 8),
    'tensor "dense/kernel" must be F32 of shape [3, 8], got F32 of shape [3, 4]',
  ],
  [
    "units of 2^53 − 1",
    () => described((d) => d.model.layers[6].config.units = 2 ** 53 - 1),
    "must be F32 of shape [4, 9007199254740991]",
  ],
  ["units of 1e300", () => described((d) => d.model.layers[1].config.units = 1e300), "units must be an integer >= 1"],
  ["huge statistics", () =>
    described((d) => {
      d.model.inputShape = d.model.layers[0].config.inputShape = [1e9];
      Object.assign(d.model.layers[0].config, { mean: 1, variance: 1 });
    }), "of shape [1000000000]"],
  [
    "a missing weight",
    () => file(DESCRIPTION, (list) => list.filter((t) => t.name !== "dense/kernel")),
    'the tensor "dense/kernel" is missing',
  ],
  [
    "a missing slot",
    () => file(DESCRIPTION, (list) => list.filter((t) => !/^slot.*dense\/kernel$/.test(t.name))),
    "is missing",
  ],
  [
    "a weight of integers",
    () =>
      file(
        DESCRIPTION,
        (list) => list.map((t) => t.name === "dense/bias" ? { ...t, dtype: "I32", data: new Int32Array(4) } : t),
      ),
    "must be F32 of shape [4], got I32",
  ],
  [
    "a weight of another rank",
    () => file(DESCRIPTION, (list) => list.map((t) => t.name === "dense/bias" ? { ...t, shape: [4, 1] } : t)),
    "must be F32 of shape [4], got F32 of shape [4, 1]",
  ],
  [
    "a weight that is NaN",
    () =>
      file(
        DESCRIPTION,
        (list) => list.map((t) => t.name === "dense/bias" ? { ...t, data: Float32Array.of(1, NaN, 1, 1) } : t),
      ),
    'tensor "dense/bias" must hold finite numbers, got NaN at element 1',
  ],
];

for (const [what, bytes, message] of TARGETED) {
  Deno.test(`loadModel refuses ${what}`, async () => await refuse(bytes(), message, what));
}

Deno.test("loadModel refuses huge models without tensors before it allocates anything", async () => {
  const layer = (type: string, config: object) => ({ type, config: { name: "a", ...config } });
  const huge = 2 ** 40;
  for (
    const [type, config, inputShape] of [
      ["dense", { units: huge }, [huge]],
      ["dense", { units: 10, kernelInitializer: { id: "orthogonal", config: {} } }, [huge]],
      ["dense", { units: huge, useBias: false, kernelRegularizer: { id: "l2", config: {} } }, [1]],
      ["prelu", {}, [1000, 1000, 1000]],
      ["normalization", { mean: [1, 2], variance: [1, 2] }, [huge]],
      ["normalization", { mean: 1, variance: 1 }, [huge]],
    ] as const
  ) {
    const model = {
      type: "sequential",
      name: "m",
      seed: 0,
      numerics: "fast",
      inputShape,
      layers: [layer(type, config)],
    };
    const found = await loadHostile(
      writeSafetensors([], { retroprop: JSON.stringify({ version: 1, model, compile: null, training: null }) }),
    );
    assert(found instanceof FileFormatError, type);
    const outer = { ...model, layers: [{ type: "model", config: { name: "inner", model } }] };
    const nested = { version: 2, model: outer, compile: null, training: null };
    const refused = await loadHostile(writeSafetensors([], { retroprop: JSON.stringify(nested) }));
    assert(refused instanceof FileFormatError, `${type} in a model in the model`);
  }
  // Layers without weights need no tensors: the model loads, and refuses data of such a size when they come.
  const model = {
    type: "sequential",
    name: "m",
    seed: 0,
    numerics: "fast",
    inputShape: [huge],
    layers: [layer("flatten", {}), { type: "dropout", config: { name: "d", rate: 0.5 } }],
  };
  await loadHostile(
    writeSafetensors([], { retroprop: JSON.stringify({ version: 1, model, compile: null, training: null }) }),
  );
});

Deno.test("what a file says of several outputs is checked", async () => {
  const heads = buildTwoHeads();
  const several = readSafetensors(heads.toBytes());
  const text = several.metadata.get("retroprop")!;
  const change = (edit: (compile: Any, d: Any) => unknown): Uint8Array => {
    const d = JSON.parse(text);
    edit(d.compile, d);
    return writeSafetensors([...several.tensors.values()], { retroprop: JSON.stringify(d) });
  };
  assert(!(await loadHostile(change(() => {})) instanceof FileFormatError));
  const cases: [(compile: Any, d: Any) => unknown, string][] = [
    [(c) => c.outputs = {}, "compile.outputs must be an array"],
    [(c) => c.outputs = [], "compile.outputs must have at least one entry"],
    [(c) => c.outputs[1] = null, "compile.outputs[1] must be an object"],
    [(c) => delete c.outputs[0].loss, "compile.outputs[0].loss must be an object"],
    [(c) => delete c.outputs[0].output, "compile.outputs[0].output must be a string"],
    [(c) => c.outputs[0].output = "sise", 'there is no output "sise"; did you mean "size"?'],
    [(c) => c.outputs[0].output = "size", "compile.outputs must name each output once"],
    [(c) => c.outputs[0].lossWeight = "1", "compile.outputs[0].lossWeight must be a number"],
    [(c) => c.outputs[0].weight = 1, 'compile.outputs[0] has an unknown key "weight"'],
    [(c) => c.outputs[0].metrics = "mae", "metrics must be an array"],
    [(c) => c.outputs[1].loss.id = "msee", "Unknown loss"],
    [(c) => c.loss = c.outputs[0].loss, 'compile has an unknown key "loss"'],
    [(_, d) => d.version = 1, "model.type must be"],
    [(_, d) => d.model.forms.outputs = ["label"], "model.forms.outputs must be"],
    [(_, d) => d.model.forms.outputs = ["label", "sise"], 'there is no output "size"'],
    [(_, d) => d.model.outputs.pop(), "model.forms.outputs must be"],
    [(_, d) => d.model.inputs.pop(), "must be an integer from -1"],
    [(_, d) => d.model.inputs[0].shape = [4], "Cannot load model"],
  ];
  for (const [edit, message] of cases) await refuse(change(edit), message);
  await refuse(described((d) => d.compile.lossWeight = 2), 'compile has an unknown key "lossWeight"', "in version 1");
});

Deno.test("loadModel refuses descriptions that are nested deeply, or full of small things", async () => {
  for (
    const text of [
      "[".repeat(1_000_000),
      '{"version":1,"model":'.repeat(50_000),
      `{"version":1,"model":${"[".repeat(100_000)}${"]".repeat(100_000)}}`,
      `{"version":1,"model":{"type":"sequential","inputShape":[${"1,".repeat(200_000)}1],"layers":[]}}`,
      `{"version":1,"model":{"type":"sequential","inputShape":[1],"layers":[${"{},".repeat(100_000)}{}]}}`,
      `{"version":1,"model":{"type":"sequential","inputShape":[1],"layers":[${"[],".repeat(300_000)}[]]}}`,
      `{"version":4,"padding":[${"[],".repeat(300_000)}[]]}`,
      `{"version":4,"padding":{${Array.from({ length: 100_000 }, (_, i) => `"${i}k":{}`).join(",")}}}`,
    ]
  ) {
    const found = await loadHostile(buildFile(`{"__metadata__":{"retroprop":${JSON.stringify(text)}}}`));
    assert(found instanceof FileFormatError, text.slice(0, 40));
  }
});

Deno.test("16,000 layers load in linear time, named and unnamed", async () => {
  const load = async (count: number, named: boolean): Promise<number> => {
    const layers = Array.from({ length: count }, (_, i) => ({
      type: "flatten",
      config: { ...(named ? { name: `flatten_${2 * i}` } : {}) },
    }));
    const model = { type: "sequential", name: "m", seed: 0, numerics: "fast", inputShape: [2], layers };
    const padding = { name: "padding", dtype: "F32", shape: [2 ** 20], data: new Float32Array(2 ** 20) } as const;
    const text = JSON.stringify({ version: 1, model, compile: null, training: null });
    const bytes = writeSafetensors([padding], { retroprop: text });
    let loading: ReturnType<typeof loadModel>;
    const steps = countLookups(() => loading = loadModel(bytes)); // all of it happens before the first await
    const found = await loading!;
    assertEquals(found.layers.length, count);
    assertEquals(new Set(found.layers.map(({ name }) => name)).size, count);
    return steps;
  };
  for (const named of [false, true]) {
    const [few, many] = [await load(1000, named), await load(16_000, named)];
    assert(many <= 20 * few, `${few} steps of lookups for 1,000 layers, ${many} for 16,000`);
  }
});

Deno.test("loadModel refuses what is no path and no bytes", async () => {
  await assertRejects(() => loadModel(5 as Any), TypeError);
  await assertRejects(() => loadModel("/tmp/there-is-no-such-file.safetensors"), Error, "there-is-no-such-file");
  await assertRejects(() => loadModel(GOOD, { customLayer: {} } as Any), TypeError, "unknown option");
});
