import { assertEquals } from "@std/assert";

/**
 * The names that Deno loads Node's modules for when they are first looked at, which takes as long as starting Deno.
 * They are watched before the library is imported.
 */
const SCRIPT = `
const touched = [];
for (const name of ["process", "Buffer", "global", "setImmediate", "clearImmediate"]) {
  const { get } = Object.getOwnPropertyDescriptor(globalThis, name);
  Object.defineProperty(globalThis, name, { configurable: true, get() { touched.push(name); return get.call(globalThis); } });
}
const { compileModel, layers, plot, sequential } = await import(Deno.args[0]);
const x = [[0, 0], [0, 1], [1, 0], [1, 1]], y = [[0], [1], [1], [0]];
for (const verbose of [0, 1]) {
  const model = sequential([layers.dense({ units: 2, activation: "tanh", inputShape: [2] }), layers.dense({ units: 1 })]);
  model.compile({ optimizer: "sgd", loss: "mean_squared_error" });
  const history = await model.fit(x, y, { epochs: 3, verbose });
  plot.lossCurve(history);
  await model.evaluate(x, y, { verbose });
  model.predict(x);
  model.toBytes();
  compileModel(model);
}
console.log(JSON.stringify(touched));
`;

Deno.test("a short script needs none of Node's modules, which Deno is slow to load", async () => {
  const library = new URL("../../mod.ts", import.meta.url).href;
  const child = new Deno.Command("deno", {
    args: ["run", "--no-prompt", "--no-check", "--allow-read", "--ext=js", "-", library],
    stdin: "piped",
    stdout: "piped",
    stderr: "piped",
  }).spawn();
  const writer = child.stdin.getWriter();
  await writer.write(new TextEncoder().encode(SCRIPT));
  await writer.close();
  const { stdout, stderr } = await child.output();
  assertEquals(new TextDecoder().decode(stdout).trim(), "[]", new TextDecoder().decode(stderr));
});
