import { assertThrows } from "@std/assert";
import { checkLabels, type LabelLayout } from "../../src/losses/check_labels.ts";
import { resolveLoss } from "../../src/losses/resolve_loss.ts";
import type { Json } from "../../src/tensor/json.ts";

function check(id: string, labels: number[], layout: LabelLayout, config: Record<string, Json> = {}): void {
  checkLabels(resolveLoss({ id, config }), labels, layout);
}

function refuse(
  id: string,
  labels: number[],
  layout: LabelLayout,
  message: string,
  config: Record<string, Json> = {},
): void {
  assertThrows(() => check(id, labels, layout, config), RangeError, message);
}

const column = { trueWidth: 1, predWidth: 1 };
const classes = { trueWidth: 1, predWidth: 3 };
const rows = { trueWidth: 3, predWidth: 3 };

Deno.test("labels that fit pass", () => {
  check("mean_squared_error", [-1e30, 0.5, 3], column);
  check("binary_crossentropy", [0, 1, 0.3], column);
  check("hinge", [0, 1, 1], column);
  check("hinge", [-1, 1, -1], column);
  check("squared_hinge", [1, 1], column);
  check("categorical_crossentropy", [0, 1, 0, 0.2, 0.3, 0.5], rows);
  check("sparse_categorical_crossentropy", [0, 2, 1], classes);
  check("sparse_categorical_crossentropy", [0, -1, 1], classes, { ignoreClass: -1 });
  check("sparse_categorical_crossentropy", [0, 255], classes, { ignoreClass: 255 });
  check("poisson", [0, 7], column);
  check("binary_crossentropy", [], column);
});

Deno.test("one column of predictions is too few for classes", () => {
  for (const kind of ["", "focal_"]) {
    const id = `categorical_${kind}crossentropy`;
    const message =
      `Cannot use ${id}: predictions must have at least 2 columns, one for each class, got 1; for one column `;
    assertThrows(() => check(id, [1], column), TypeError, `${message}use binary_${kind}crossentropy`);
  }
  const sparse = "sparse_categorical_crossentropy";
  refuse(sparse, [1], column, "got 1 at sample 0; the model has 1 output, and needs one for each class");
});

Deno.test("class indices", () => {
  const id = "sparse_categorical_crossentropy";
  refuse(id, [0, 3], classes, `Cannot use ${id}: labels must be integers from 0 to 2, got 3 at sample 1`);
  refuse(id, [-1], classes, "got -1 at sample 0");
  refuse(id, [0.5], classes, "got 0.5 at sample 0");
  refuse(id, [NaN], classes, "got NaN at sample 0");
  refuse(id, [0, 1, 2, 9], { ...classes, rowsPerSample: 2 }, "got 9 at sample 1, row 1");
  refuse(id, [-2], classes, "integers from 0 to 2 (or -1), got -2 at sample 0", { ignoreClass: -1 });
});

Deno.test("values out of range", () => {
  refuse("binary_crossentropy", [0, 1.5], column, "labels must be numbers from 0 to 1, got 1.5 at sample 1");
  refuse("binary_crossentropy", [-1], column, "got -1 at sample 0");
  refuse("binary_crossentropy", [NaN], column, "got NaN at sample 0");
  refuse("categorical_crossentropy", [1, 0, 0, 0, -0.1, 1.1], rows, "got -0.1 at sample 1, column 1");
  refuse("hinge", [1, 2], column, "labels must be all -1 or 1, or all 0 or 1, got 2 at sample 1");
  refuse("hinge", [1, 0, -1], column, "got -1 at sample 2");
  refuse("hinge", [0.5], column, "got 0.5 at sample 0");
  refuse("poisson", [-1], column, "labels must be numbers >= 0, got -1 at sample 0");
  refuse("mean_squared_error", [0, Infinity], column, "labels must be finite numbers, got Infinity at sample 1");
});

Deno.test("widths", () => {
  assertThrows(
    () => check("categorical_crossentropy", [0, 1], classes),
    TypeError,
    "labels must have 3 columns, as the predictions, got 1; for class indices use sparse_categorical_crossentropy",
  );
  assertThrows(
    () => check("sparse_categorical_crossentropy", [0, 0, 1], rows),
    TypeError,
    "labels must have 1 column, a class index, got 3; for one-hot labels use categorical_crossentropy",
  );
  assertThrows(() => check("mse", [1], classes), TypeError, "labels must have 3 columns, as the predictions, got 1");
});
