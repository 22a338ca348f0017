import { assert, assertEquals, assertThrows } from "@std/assert";
import { layers, loadModel, sequential } from "../../mod.ts";
import type { Sequential } from "../../mod.ts";

const { Layer } = layers;
// deno-lint-ignore no-explicit-any
type Any = any;

/** A model of one layer of one's own, whose methods are those given. */
function build(methods: { build?(layer: Any): void; call?: Any }): () => Sequential {
  class Own extends (Layer as Any) {
    constructor() {
      super("own", { inputShape: [3] });
    }
    build(): void {
      methods.build?.(this);
    }
    call(t: Any, x: Any): Any {
      return methods.call === undefined ? x : methods.call(t, x);
    }
  }
  return () => sequential([new Own() as Any]);
}
const apply = (op: Any, inputs: (x: Any) => Any, attributes?: Any): () => Sequential =>
  build({ call: (t: Any, x: Any) => t.graph.apply(op, inputs(x), attributes) });

Deno.test("a layer without options of its own needs no constructor arguments but its type", async () => {
  class Twice extends Layer {
    constructor(options?: layers.LayerOptions) {
      super("twice", options);
    }
    override call(t: layers.Tracing, x: Parameters<layers.Layer["call"]>[1]) {
      return t.graph.apply("map", [x, x], { formula: "add" });
    }
  }
  const model = sequential([new Twice({ inputShape: [2] }), new Twice()]);
  assertEquals(model.predict([[1, -2]]).toArray(), [[4, -8]]);
  assertEquals(model.layers[0].config, { name: "twice", inputShape: [2] });
  const again = await loadModel(
    model.toBytes(),
    { custom: { layers: { twice: (config: Any) => new Twice(config) } } } as Any,
  );
  assertEquals(again.predict([[1, -2]]).toArray(), [[4, -8]]);
});

Deno.test("a class that passes its options on is told what to write", () => {
  class L extends (Layer as Any) {}
  class Known extends (Layer as Any) {
    constructor() {
      super("known", {}, "units");
    }
  }
  class Silent extends (Layer as Any) {
    constructor() {
      super("silent", { inputShape: [1] });
    }
  }
  const advice =
    'in its constructor a layer of your own calls super("its_type", options, ["names", "of", "its", "own", "options"])';
  for (const given of [{}, undefined, { units: 3 }, "", null, 5]) {
    const error = assertThrows(
      () => new (L as Any)(given),
      TypeError,
      "Cannot create layer: type must be a non-empty string, got",
    );
    assert(error.message.includes(advice), error.message);
  }
  assertThrows(() => new (Known as Any)(), TypeError, 'known must be an array, got "units"');
  assertThrows(() => sequential([new (Silent as Any)()]), TypeError, 'layer "silent": its class must have call(t, x)');
});

Deno.test("a layer with options of its own says how they are saved, or is not saved", () => {
  class Half extends (Layer as Any) {
    constructor(options: Any) {
      super("half", options, ["by"]);
    }
    call(_: Any, x: Any): Any {
      return x;
    }
  }
  const model = sequential([new (Half as Any)({ by: 2, inputShape: [1] })]);
  assertThrows(
    () => model.toBytes(),
    TypeError,
    'Cannot save layer "half": it has options of its own (by), so its class must have get config()',
  );
});

Deno.test("what call returns is checked", () => {
  const what = 'Cannot apply layer "own": call must';
  assertThrows(build({ call: () => undefined }), TypeError, `${what} return a tensor of its graph, got undefined`);
  assertThrows(build({ call: () => 5 }), TypeError, `${what} return a tensor of its graph, got 5`);
  assertThrows(
    apply("sum_all", (x) => [x]),
    TypeError,
    `${what} keep the batch axis first, got [1, 3] and returned []`,
  );
});

Deno.test("a weight that is asked for is checked", () => {
  const weight = (spec: Any): () => Sequential => build({ build: (layer) => layer.addWeight(spec) });
  const what = 'Cannot add weight to layer "own":';
  const good = { name: "w", shape: [3], initializer: "ones" };
  assertThrows(weight({ ...good, name: undefined }), TypeError, `${what} name must be a non-empty string without "/"`);
  assertThrows(weight({ ...good, name: "a/b" }), TypeError, `${what} name must be`);
  assertThrows(weight({ ...good, shape: 3 }), TypeError, `${what} shape must be an array of integers >= 1, got 3`);
  assertThrows(weight({ ...good, shape: [0] }), TypeError, "got [0]");
  assertThrows(
    weight({ ...good, initalizer: 1 }),
    TypeError,
    'unknown option "initalizer"; did you mean "initializer"?',
  );
  assertThrows(weight({ ...good, initializer: undefined }), TypeError, "an initializer must be a name");
  assertThrows(weight({ ...good, initializer: "onez" }), RangeError, 'did you mean "ones"?');
  assertThrows(weight({ ...good, regularizer: "l3" }), RangeError, "l2");
  const twice = build({ build: (layer) => [good, good].forEach((spec) => layer.addWeight(spec)) });
  assertThrows(twice, TypeError, 'names of weights must differ, got "w" twice');
  assertThrows(
    build({ call: (t: Any) => t.weight("w") }),
    RangeError,
    'there is no weight "w"; ask for it with addWeight in build',
  );
  const other = build({ build: (layer) => layer.addWeight(good), call: (t: Any) => t.weight("v") });
  assertThrows(other, RangeError, 'there is no weight "v"; it has w');
  assertEquals(weight(good)().getWeights()[0].toArray(), [1, 1, 1]);
});

Deno.test("ops: names, inputs and attributes are checked", () => {
  const one = (x: Any): Any => [x];
  const cases: readonly [() => Sequential, typeof TypeError, string][] = [
    [apply("mapp", one), RangeError, "Unknown op: it must be one of "],
    [apply("mapp", one), RangeError, 'got "mapp"; did you mean "map"?'],
    [apply(undefined, one), RangeError, "got undefined"],
    [
      apply("map", one, { formla: "relu" }),
      TypeError,
      'Cannot apply map: unknown attribute "formla"; did you mean "formula"?',
    ],
    [apply("map", one), TypeError, "Cannot apply map: attribute formula is missing"],
    [apply("map", one, { formula: "rellu" }), RangeError, 'Unknown formula "rellu"; did you mean "relu"?'],
    [apply("map", one, { formula: "constructor" }), RangeError, 'Unknown formula "constructor"'],
    [apply("map", one, { formula: "add" }), TypeError, "Cannot apply add: it takes 2 tensors (a, b), got 1"],
    [
      apply("map", one, { formula: "affine", scalars: { scale: 1 } }),
      TypeError,
      "Cannot apply affine: scalar offset must be a number, got undefined",
    ],
    [
      apply("map", one, { formula: "affine", scalars: { scale: 1, ofset: 0 } }),
      TypeError,
      'unknown scalar "ofset"; scalars are: scale, offset',
    ],
    [apply("map", one, { formula: "relu", scalars: new Map() }), TypeError, "scalars must be an object"],
    [
      apply("sum_rows", one, { scal: 1 }),
      TypeError,
      'unknown attribute "scal"; did you mean "scale"? Attributes are: scale',
    ],
    [
      apply("softmax", one, { axis: -1 }),
      TypeError,
      'Cannot apply softmax: unknown attribute "axis". It has no attributes',
    ],
    [apply("softmax", one, 5), TypeError, "Cannot apply softmax: attributes must be an object, got 5"],
    [
      apply("reshape", one, { shape: 3 }),
      TypeError,
      "Cannot apply reshape: shape must be an array of integers >= 0, got 3",
    ],
    [apply("reshape", one, {}), TypeError, "Cannot apply reshape: attribute shape is missing"],
    [apply("matmul", one), TypeError, "Cannot apply matmul: it takes 2 to 3 tensors, got 1"],
    [apply("softmax", (x) => [x, x]), TypeError, "Cannot apply softmax: it takes 1 tensor, got 2"],
    [apply("softmax", (x) => x), TypeError, "Cannot apply softmax: inputs must be an array of tensors, got"],
    [
      apply("matmul", (x) => [x, 5]),
      TypeError,
      "input 1 must be a tensor of the graph that is traced, got 5; ops such as t.ops.add take numbers",
    ],
    [
      apply("matmul", (x) => [x, undefined]),
      TypeError,
      "input 1 must be a tensor of the graph that is traced, got undefined",
    ],
  ];
  for (const [make, error, message] of cases) assertThrows(make, error, message);
});

Deno.test("a tensor that was kept from an earlier call is refused", () => {
  let kept: Any;
  const make = build({ call: (t: Any, x: Any) => t.graph.apply("map", [kept ??= x, x], { formula: "add" }) });
  assertThrows(
    () => make().predict([[1, 2, 3]]),
    TypeError,
    "Cannot apply map: input 0 must be a tensor of the graph that is traced, got one of another graph; what a layer keeps",
  );
});
