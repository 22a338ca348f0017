import { assertEquals, assertThrows } from "@std/assert";
import { input, layers } from "../../mod.ts";
import { compareGoldens } from "./compare_goldens.ts";

Deno.test("layers for images agree with PyTorch, forward and backward, in float64 and by the kernels", async () => {
  await compareGoldens("images.json");
});

Deno.test("layers that move images agree with PyTorch, forward and backward, in float64 and by the kernels", async () => {
  // Of a place within 7 pixels about every part is rounded, a0 · x, a1 · y and a2, and so is the angle: to some 25 · 2^-24 along each axis.
  // Pixels beside each other differ by at most twice the largest.
  await compareGoldens("image_moves.json", 16 + 2 * 2 * 25);
});

const shapeOf = (layer: layers.Layer, inputShape: readonly number[]) =>
  layer.apply(input({ shape: inputShape })).shape.slice(1);

Deno.test("images get the height and the width that is asked for", () => {
  assertEquals(shapeOf(layers.resizing({ height: 3, width: 8 }), [10, 8, 3]), [3, 8, 3]);
  assertEquals(shapeOf(layers.resizing({ height: 3, width: 8, dataFormat: "channelsFirst" }), [2, 9, 9]), [2, 3, 8]);
  assertEquals(shapeOf(layers.centerCrop({ height: 3, width: 8 }), [10, 8, 3]), [3, 8, 3]);
});

Deno.test("options that are none are refused", () => {
  const resizing = (options: object) => () => layers.resizing({ height: 4, width: 4, ...options });
  assertThrows(resizing({ height: 0 }), RangeError, "height must be an integer >= 1, got 0");
  assertThrows(resizing({ width: "4" }), TypeError, "width must be an integer >= 1");
  for (const interpolation of ["bicubic", "lanczos3", "lanczos5"]) {
    assertThrows(resizing({ interpolation }), RangeError, 'interpolation must be one of "bilinear", "nearest"');
  }
  assertThrows(resizing({ antialias: true }), TypeError, "antialias");
  assertThrows(resizing({ fillMode: "reflect" }), RangeError, 'fillMode must be one of "constant", got "reflect"');
  assertThrows(resizing({ fillValue: NaN }), RangeError, "fillValue must be");
  assertThrows(
    resizing({ cropToAspectRatio: true, padToAspectRatio: true }),
    TypeError,
    "one of cropToAspectRatio and padToAspectRatio must be false",
  );
  assertThrows(() => layers.centerCrop({} as { height: number; width: number }), TypeError, "height must be");
  assertThrows(
    () => shapeOf(layers.centerCrop({ height: 2, width: 2 }), [4, 4]),
    TypeError,
    "[height, width, channels]",
  );
});
