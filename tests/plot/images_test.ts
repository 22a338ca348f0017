import { assert, assertEquals, assertStringIncludes, assertThrows } from "@std/assert";
import { input, layers, model, plot, sequential, tensor } from "../../mod.ts";

/** What a notebook is given. */
function htmlOf(picture: plot.Picture): string {
  return (picture as unknown as Record<symbol, () => Record<string, string>>)
    [Symbol.for("Jupyter.display")]()["text/html"];
}

Deno.test("plot.images: small images have two characters a pixel, from a space to @, and labels below", () => {
  const picture = plot.images([[[0, 5], [9, 0]], [[9, 9], [0, 0]]], { labels: ["a", "0 → 1"] });
  assertEquals(String(picture).split("\n"), [
    "  ++  @@@@",
    "@@        ",
    "a     0 →…",
  ]);
  assertEquals(`${picture}`, Deno.inspect(picture));
});

Deno.test("plot.images: of large ones a character is two pixels, and what is wider than asked is shrunk", () => {
  const halves = Array.from(
    { length: 64 },
    (_, y) => Array.from({ length: 64 }, (_, x) => x < 32 ? 0 : y < 32 ? 100 : 200),
  );
  const lines = String(plot.images(halves)).split("\n");
  assertEquals(lines.length, 16);
  assertEquals([lines[0], lines[15]], [" ".repeat(16) + "+".repeat(16), " ".repeat(16) + "@".repeat(16)]);
  assertEquals(String(plot.images(halves, { width: 8 })).split("\n").map((line) => line.length), [8, 8, 8, 8]);
  assertEquals(String(plot.images(halves, { width: 64 })).split("\n").length, 32);
});

Deno.test("plot.images: columns, rows of pictures, and a range that cuts", () => {
  const one = tensor(new Uint8Array(6).fill(3).with(0, 0), [6, 1, 1, 1]);
  assertEquals(String(plot.images(one, { columns: 4 })).split("\n"), ["    @@  @@  @@", "", "@@  @@"]);
  assertEquals(String(plot.images([[0, 1, 2]], { range: [1, 1.5] })), "    @@");
  assertEquals(String(plot.images([[7, 7]])), "    ");
  assertEquals(String(plot.images([[NaN, Infinity, 0, 1]])), "  @@  @@");
});

Deno.test("plot.images: in colours a character is two pixels, one above the other; alpha is not looked at", () => {
  const rgba = { width: 1, height: 3, data: Uint8ClampedArray.of(255, 0, 0, 9, 0, 255, 0, 9, 0, 0, 255, 9) };
  const text = String(plot.images([rgba], { color: true, range: [0, 255] }));
  assertEquals(text, "\x1b[38;2;255;0;0m\x1b[48;2;0;255;0m▀\x1b[0m\n\x1b[38;2;0;0;255m▀\x1b[0m");
  assert(!String(plot.images([rgba])).includes("\x1b"));
});

Deno.test("plot.images: a notebook gets images of all pixels, and labels that are no HTML", () => {
  const html = htmlOf(plot.images([[[0, 255], [255, 0], [0, 0]]], { labels: ["<b>&'"] }));
  assertStringIncludes(html, "<figcaption>&#60;b&#62;&#38;&#39;</figcaption>");
  const [, width, height, base64] = /width="(\d+)" height="(\d+)" .*?base64,([^"]+)"/.exec(html)!;
  assertEquals([width, height], ["96", "144"]);
  const bmp = Uint8Array.fromBase64(base64);
  const view = new DataView(bmp.buffer);
  assertEquals([view.getUint32(2, true), view.getInt32(18, true), view.getInt32(22, true)], [bmp.length, 2, 3]);
  // From the bottom up, rows of a multiple of four bytes.
  const rows = [0, 1, 2].map((row) => Array.from(bmp.subarray(54 + 8 * row, 60 + 8 * row)));
  assertEquals(rows, [[0, 0, 0, 0, 0, 0], [255, 255, 255, 0, 0, 0], [0, 0, 0, 255, 255, 255]]);
  assertStringIncludes(htmlOf(plot.images([[1]], { columns: 3 })), "repeat(3,max-content)");
});

Deno.test("plot.filters: a grey picture for each filter and channel, of three channels one in colours", () => {
  const kernel = tensor([0, 1, 2, 3, 4, 5, 6, 7], [1, 2, 2, 2]);
  assertEquals(String(plot.filters(kernel)).split("\n"), [
    "[1, 2, 2, 2]",
    "  ++  ::%%  ..##  ==@@",
    "0/0   0/1   1/0   1/1",
  ]);
  const colours = tensor(Array.from({ length: 12 }, (_, i) => i), [1, 2, 3, 2]);
  const shown = String(plot.filters(colours, { color: true, range: [0, 11] }));
  assertEquals(shown.split("\n").at(-1), "0   1");
  assertStringIncludes(shown, "\x1b[38;2;0;46;93m"); // 0, 2 and 4 of 11
  assertEquals(String(plot.filters(kernel, { count: 3 })).split("\n").at(-1), "… and 1 more");
});

Deno.test("plot.filters: finds the kernels of a model", () => {
  const weights = [
    { name: "dense/kernel", value: tensor([[1]]) },
    { name: "first/kernel", value: tensor([1, 0], [1, 2, 1, 1]) },
    { name: "second/kernel", value: tensor([0, 1], [1, 2, 1, 1]) },
  ];
  assertEquals(String(plot.filters({ weights })).split("\n").slice(0, 2), ["first/kernel [1, 2, 1, 1]", "@@  "]);
  assertEquals(String(plot.filters({ weights }, { layer: "second" })).split("\n")[1], "  @@");
  assertThrows(
    () => plot.filters({ weights }, { layer: "dense" }),
    RangeError,
    "there are: first/kernel, second/kernel",
  );
  assertThrows(
    () => plot.filters({ weights: [] }),
    RangeError,
    "no weight of shape [height, width, channels, filters]",
  );
  assertThrows(() => plot.filters(tensor([[1]])), TypeError, "[height, width, channels, filters], got [1, 1]");
  const layer = layers.dense({ units: 1, inputShape: [1] });
  assertThrows(() => plot.filters(layer as never), TypeError, 'of a layer give its model and { layer: "name" }');
});

Deno.test("plot.activations: the channels of all layers that give images, for one sample", () => {
  const stack = sequential([
    layers.zeroPadding2d({ padding: 1, inputShape: [1, 1, 2], name: "border" }),
    layers.upSampling2d({ size: 2, name: "larger" }),
    layers.flatten(),
    layers.dense({ units: 1 }),
  ], { seed: 1 });
  const x = tensor([[[[1, 2]]], [[[4, 2]]]]);
  assertEquals(String(plot.activations(stack, x)).split("\n").map((line) => line.trimEnd()), [
    "border [3, 3, 2]",
    "",
    "  ++      @@",
    "",
    "0       1",
    "",
    "larger [6, 6, 2]",
    "",
    "",
    "    ++++          @@@@",
    "    ++++          @@@@",
    "",
    "",
    "0             1",
  ]);
  const second = String(plot.activations(stack, x, { layer: "border", sample: 1, count: 1 })).split("\n");
  assertEquals(second.slice(2).map((line) => line.trimEnd()), ["  @@", "", "0", "… and 1 more"]);
  const [image, other] = [input({ shape: [2, 2, 1], name: "image" }), input({ shape: [1], name: "other" })];
  const flat = layers.flatten().apply(layers.cropping2d({ cropping: [[1, 0], [0, 0]], name: "cut" }).apply(image));
  const two = model({ inputs: { image, other }, outputs: layers.concatenate().apply([flat, other]) });
  const shown = String(plot.activations(two, { image: [[[[1], [2]], [[3], [4]]]], other: [[1]] }));
  assertEquals(shown.split("\n").slice(0, 2), ["cut [1, 2, 1]", "  @@"]);
});

Deno.test("plots of images: bad input is named", () => {
  const flat = sequential([layers.dense({ units: 1, inputShape: [1] })]);
  assertThrows(() => plot.images([1, 2]), TypeError, "or [images, height, width], got [2]");
  assertThrows(() => plot.images(tensor(new Float32Array(8), [1, 2, 2, 2])), TypeError, "got [1, 2, 2, 2]");
  assertThrows(() => plot.images([[1]], { labels: ["a", "b"] }), TypeError, "there must be 1 labels");
  assertThrows(() => plot.images([[1]], { range: [2, 1] }), TypeError, "range must be [least, largest], got [2, 1]");
  assertThrows(() => plot.images([[1]], { columns: 0 }), RangeError, "columns");
  assertThrows(() => plot.images([[1]], { colour: true } as never), TypeError, "color");
  assertThrows(() => plot.activations(flat, [[1]]), RangeError, "no layer gives images [height, width, channels]");
  assertThrows(() => plot.activations({} as never, [[1]]), TypeError, "it takes a model");
  const images = sequential([layers.zeroPadding2d({ padding: 1, inputShape: [1, 1, 1], name: "border" })]);
  assertThrows(() => plot.activations(images, [[[[1]]]], { layer: "bord" }), RangeError, "these do: border");
  assertThrows(() => plot.activations(images, [[[[1]]]], { sample: 1 }), RangeError, "one of 1 samples, got 1");
});
