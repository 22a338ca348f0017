import { assertEquals, assertThrows } from "@std/assert";
import { slideWindow } from "../../src/tensor/slide_window.ts";

const slide = (
  length: number,
  [size, stride, dilation]: [number, number, number],
  padding: "valid" | "same" | "causal",
) => slideWindow("test", "height", length, { size, stride, dilation }, padding);

Deno.test("padding is valid, same and causal as in Keras", () => {
  assertEquals(slide(5, [3, 1, 1], "valid"), { count: 3, before: 0, after: 0 });
  assertEquals(slide(6, [3, 2, 1], "valid"), { count: 2, before: 0, after: 0 });
  assertEquals(slide(5, [3, 1, 1], "same"), { count: 5, before: 1, after: 1 });
  // What is odd goes behind: TensorFlow's rule, where PyTorch would pad both sides alike.
  assertEquals(slide(5, [2, 1, 1], "same"), { count: 5, before: 0, after: 1 });
  assertEquals(slide(6, [3, 2, 1], "same"), { count: 3, before: 0, after: 1 });
  assertEquals(slide(7, [3, 2, 1], "same"), { count: 4, before: 1, after: 1 });
  assertEquals(slide(7, [1, 3, 1], "same"), { count: 3, before: 0, after: 0 });
  assertEquals(slide(5, [3, 1, 2], "same"), { count: 5, before: 2, after: 2 });
  assertEquals(slide(5, [3, 1, 2], "causal"), { count: 5, before: 4, after: 0 });
  assertEquals(slide(5, [3, 2, 1], "causal"), { count: 3, before: 2, after: 0 });
  assertEquals(
    slideWindow("test", "width", 4, { size: 3, stride: 2, dilation: 1 }, [2, 3]),
    { count: 4, before: 2, after: 3 },
  );
});

Deno.test("a window that does not fit is an error that says what there is", () => {
  assertThrows(
    () => slide(4, [3, 1, 2], "valid"),
    TypeError,
    "Cannot test: the window must not be longer than the input, got 5 (3 with dilation 2) along height, which is 4",
  );
  assertThrows(
    () => slideWindow("test", "width", 2, { size: 5, stride: 1, dilation: 1 }, [1, 1]),
    TypeError,
    "got 5 along width, which is 2 padded to 4",
  );
});
