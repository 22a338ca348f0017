import { assert, assertThrows } from "@std/assert";
import { input, layers, loadModel, model, sequential } from "../../mod.ts";
import { readSafetensors } from "../../src/files/read_safetensors.ts";
import { writeSafetensors } from "../../src/files/write_safetensors.ts";
import type { Symbolic } from "../../src/tensor/symbolic.ts";
import { drawNumbers } from "./draw_numbers.ts";
import { Attach, custom, MaskedSum } from "./mask_layers.ts";

const [STEPS, WIDTH] = [6, 3];

Deno.test("a mask where none can go is an error that names the layer", () => {
  const steps = input({ shape: [STEPS, WIDTH], name: "steps" });
  const mask = input({ shape: [STEPS], name: "mask" });
  const refuse = (call: () => unknown, ...parts: string[]) => {
    const { message } = assertThrows(call, TypeError);
    for (const part of parts) assert(message.includes(part), message);
  };
  refuse(() => layers.dense({ units: 2, name: "d" }).apply(steps, { mask }), 'layer "d"', "takes no mask", '"mask"');
  const sum = () => new MaskedSum({ name: "sum" });
  refuse(() => sum().apply(steps, { mask: [1, 0] as never }), 'layer "sum"', "mask must be what input()");
  refuse(() => sum().apply(steps, { mask: steps }), "[batch, 6, 3]");
  for (const shape of [[STEPS - 1], [1], [STEPS, WIDTH, 1]]) {
    const wrong = input({ shape, name: "wrong" });
    refuse(() => sum().apply(steps, { mask: wrong }), 'layer "sum"', '"wrong"', `got [batch, ${shape.join(", ")}]`);
  }
  const outputs = sum().apply(steps, { mask });
  refuse(() => model({ inputs: steps, outputs }), '"mask"', "not among the inputs");
});

Deno.test("batchNormalization refuses a mask of every element when the layer is applied, by name", () => {
  const steps = input({ shape: [STEPS, WIDTH], name: "steps" });
  const mask = input({ shape: [STEPS, WIDTH], name: "mask" });
  const masked = new Attach({ name: "attach" }).apply([steps, mask]);
  const { message } = assertThrows(() => layers.batchNormalization({ name: "normal" }).apply(masked), TypeError);
  assert(message.includes('layer "normal"') && message.includes("its mask must have fewer axes"), message);
});

Deno.test("what a layer of one's own sets as a mask is checked", () => {
  const own = (set: (t: layers.Tracing, x: Symbolic) => void, supports = false) => {
    class Own extends layers.Layer {
      constructor() {
        super("own", { name: "mine" });
        this.supportsMasking = supports;
      }
      override call(t: layers.Tracing, x: Symbolic): Symbolic {
        set(t, x);
        return supports ? t.ops.reshape(x, [x.shape[0], 18]) : x;
      }
    }
    return new Own();
  };
  const steps = input({ shape: [STEPS, WIDTH] });
  let kept: Symbolic | null = null;
  const cases: [(t: layers.Tracing, x: Symbolic) => void, string][] = [
    [(t, x) => t.setMask(x, t.ops.sum(x, { axis: 1 })), 'set a mask in layer "mine"'],
    [(t, x) => t.setMask(x, 1 as never), "setMask takes tensors of its graph, got 1"],
    [(t, x) => t.setMask([x] as never, x), "setMask takes tensors of its graph"],
  ];
  for (const [set, message] of cases) {
    const error = assertThrows(() => own(set).apply(steps), TypeError);
    assert(error.message.includes(message) && error.message.includes('"mine"'), error.message);
  }
  own((_, x) => void (kept = x)).apply(steps);
  assertThrows(() => own((t, x) => t.setMask(x, kept)).apply(steps), TypeError, "setMask takes tensors of its graph");
  const masked = layers.masking().apply(steps);
  const error = assertThrows(() => own(() => {}, true).apply(masked), TypeError);
  assert(error.message.includes('pass the mask of layer "mine" on'), error.message);
});

Deno.test("a mask that does not go with the loss names output and shapes", () => {
  class Odd extends layers.Layer {
    constructor() {
      super("odd", { name: "odd" });
    }
    override call(t: layers.Tracing, x: Symbolic): Symbolic {
      t.setMask(x, t.ops.greater(x, 0));
      return x;
    }
  }
  const m = sequential([layers.dense({ units: 2, inputShape: [STEPS, WIDTH] }), new Odd()]);
  m.compile({ optimizer: "sgd", loss: "mse" });
  const [x, y] = [WIDTH, 2].map((width) => [drawNumbers(STEPS, width, 1)]);
  const { message } = assertThrows(() => m.trainOnBatch(x, y), TypeError);
  for (const part of ['output "odd"', "[batch, 6, 2]", "[batch, 6]"]) assert(message.includes(part), message);
});

Deno.test("files with masks that lead nowhere are refused", async () => {
  const steps = input({ shape: [STEPS, WIDTH], name: "steps" });
  const mask = input({ shape: [STEPS], name: "mask" });
  const m = model({ inputs: [steps, mask], outputs: new MaskedSum({ name: "sum" }).apply(steps, { mask }) });
  const { tensors, metadata } = readSafetensors(m.toBytes());
  const described = metadata.get("retroprop")!;
  const from = '"mask":{"node":-2,"output":0}';
  const load = (to: string) => {
    assert(described.includes(from), described);
    return loadModel(writeSafetensors([...tensors.values()], { retroprop: described.replace(from, to) }), { custom });
  };
  await load(from);
  const bad: [string, string][] = [
    ['"mask":{"node":-3,"output":0}', "mask.node must be an integer from -2 to -1, got -3"],
    ['"mask":{"node":0,"output":0}', "mask.node must be an integer from -2 to -1, got 0"],
    ['"mask":{"node":-2,"output":9}', "mask.output must be an integer from 0 to 0, got 9"],
    ['"mask":{"node":-2}', "mask.output must be an integer"],
    ['"mask":[-2,0]', "mask[0] must be an object"],
    ['"mask":null', "mask must be an object"],
    ['"mask":{"node":-2,"output":0,"more":1}', "unknown key"],
    ['"masks":{"node":-2,"output":0}', "unknown key"],
    ['"training":1', "training must be true or false"],
    ['"mask":{"node":-1,"output":0}', "Cannot apply multiply: shapes must go together"],
  ];
  for (const [to, message] of bad) {
    const error = await load(to).then(() => null, (error: Error) => error);
    assert(error !== null && error.message.includes(message), `${to}: ${error}`);
  }
});
