import { assert, assertEquals, assertStrictEquals, assertThrows } from "@std/assert";
import * as library from "../../mod.ts";
import * as namespaces from "../../src/facade/namespaces.ts";

type Names = Record<string, unknown>;
const guarded = library as unknown as Record<keyof typeof namespaces, Names>;

/** What asking for a name says. */
function ask(namespace: keyof typeof namespaces, name: string): string {
  return assertThrows(() => guarded[namespace][name], TypeError).message;
}

Deno.test("a namespace holds what its module exports, and each is exported", () => {
  for (const [name, module] of Object.entries(namespaces)) {
    const there = guarded[name as keyof typeof namespaces];
    assertEquals(Object.keys(there).sort(), Object.keys(module).sort(), name);
    for (const [key, value] of Object.entries(module)) assertStrictEquals(there[key], value);
    assert(Object.isFrozen(there));
  }
});

Deno.test("a name in another spelling says how it is written", () => {
  assertEquals(ask("layers", "Dense"), "Cannot use layers.Dense: it is written layers.dense({ … }) here");
  assertEquals(ask("layers", "Flatten"), "Cannot use layers.Flatten: it is written layers.flatten({ … }) here");
  assertEquals(ask("layers", "relu"), "Cannot use layers.relu: it is written layers.reLU({ … }) here");
  assertEquals(ask("layers", "layer"), "Cannot use layers.layer: it is written layers.Layer here");
  assertEquals(ask("optimizers", "RMSprop"), "Cannot use optimizers.RMSprop: it is written optimizers.rmsprop() here");
  assertEquals(
    ask("callbacks", "reduce_lr_on_plateau"),
    "Cannot use callbacks.reduce_lr_on_plateau: it is written callbacks.reduceLROnPlateau() here",
  );
});

Deno.test("every factory answers to Keras's spelling of its name", () => {
  for (const [namespace, module] of Object.entries(guarded)) {
    if (!Object.hasOwn(namespaces, namespace)) continue;
    for (const name of Object.keys(module)) {
      const pascal = name[0].toUpperCase() + name.slice(1);
      if (pascal === name) continue;
      const message = ask(namespace as keyof typeof namespaces, pascal);
      assert(message.includes(`it is written ${namespace}.${name}`), message);
    }
  }
});

Deno.test("what is called otherwise here, what is missing, and what is misspelt", () => {
  assertEquals(
    ask("losses", "softmaxCrossEntropy"),
    "Cannot use losses.softmaxCrossEntropy: write losses.categoricalCrossentropy({ fromLogits: true })",
  );
  assertEquals(ask("metrics", "Accuracy"), 'Cannot use metrics.Accuracy: write the name: metrics: ["accuracy"]');
  assert(
    ask("optimizers", "LossScaleOptimizer").startsWith(
      "Cannot use optimizers.LossScaleOptimizer: this library has none. optimizers has: ada",
    ),
  );
  assert(ask("layers", "Discretization").endsWith("; a layer of your own extends Layer"));
  assert(
    ask("layers", "desne").startsWith("Cannot use layers.desne: there is none; did you mean layers.dense({ … })?"),
  );
});

Deno.test("a namespace is an object like any other", async () => {
  const { layers } = guarded;
  assertEquals("dense" in layers, true);
  assertEquals("conv9d" in layers, false);
  assertEquals(layers.somethingElseAltogether, undefined);
  assertEquals(layers.toJSON, undefined);
  assertStrictEquals(await Promise.resolve(layers), layers);
  assertEquals(`${layers}`, "[object Object]");
  assert(Deno.inspect(layers).startsWith("{\n  Layer: [class Layer],"));
  const { dense } = layers;
  assertEquals(typeof dense, "function");
});
