import { describeValue } from "../errors/describe_value.ts";
import type { LabelKind, Loss } from "./loss.ts";

/** How the labels of one sample lie in memory. */
export interface LabelLayout {
  /** Labels in a row: the size of the labels' last axis (1 for class indices). */
  readonly trueWidth: number;
  /** Predictions in a row: the size of the predictions' last axis. */
  readonly predWidth: number;
  /** Rows a sample: more than 1 if predictions have more than two axes. Defaults to 1. */
  readonly rowsPerSample?: number;
}

const rules: Readonly<Record<LabelKind, string>> = {
  same: "finite numbers",
  non_negative: "numbers >= 0",
  binary: "numbers from 0 to 1",
  hinge: "all -1 or 1, or all 0 or 1",
  distribution: "numbers >= 0, one for each class",
  class_index: "integers",
};

/**
 * Checks that labels are what the loss can work with.
 *
 * @param loss the loss
 * @param labels all labels, row after row
 * @throws {TypeError} if a row has the wrong width:
 *   `Cannot use categorical_crossentropy: labels must have 3 columns, as the predictions, got 1; for class indices use
 *   sparse_categorical_crossentropy`
 *   and if predictions for `categorical_crossentropy` have one column: the loss would be 0 whatever the model says
 * @throws {RangeError} if a label has a value that the loss cannot take:
 *   `Cannot use sparse_categorical_crossentropy: labels must be integers from 0 to 2, got 3 at sample 17`
 */
export function checkLabels(loss: Loss, labels: ArrayLike<number>, layout: LabelLayout): void {
  const { trueWidth, predWidth } = layout;
  checkWidth(loss, trueWidth, predWidth);
  const ignored = loss.target === "class_index" ? loss.config.ignoreClass ?? null : null;
  const [low, high] = limitsOf(loss.target, predWidth);
  let zero = -1;
  let minus = -1;
  for (let i = 0; i < labels.length; i++) {
    const label = labels[i];
    if (label >= low && label <= high) {
      if (loss.target === "class_index" && !Number.isInteger(label) && label !== ignored) fail(loss, labels, i, layout);
      if (loss.target !== "hinge") continue;
      if (label !== 0 && label !== 1 && label !== -1) fail(loss, labels, i, layout);
      if (label === 0) zero = i;
      if (label === -1) minus = i;
      if (zero >= 0 && minus >= 0) fail(loss, labels, i, layout);
    } else if (ignored === null || label !== ignored) {
      fail(loss, labels, i, layout);
    }
  }
}

function limitsOf(kind: LabelKind, width: number): readonly [number, number] {
  if (kind === "same") return [-Number.MAX_VALUE, Number.MAX_VALUE];
  if (kind === "binary") return [0, 1];
  if (kind === "hinge") return [-1, 1];
  if (kind === "class_index") return [0, width - 1];
  return [0, Number.MAX_VALUE];
}

function checkWidth(loss: Loss, trueWidth: number, predWidth: number): void {
  const wanted = loss.target === "class_index" ? 1 : predWidth;
  if (predWidth === 1 && /^categorical_(focal_)?crossentropy$/.test(loss.id)) {
    throw new TypeError(
      `Cannot use ${loss.id}: predictions must have at least 2 columns, one for each class, got 1; for one column use ` +
        loss.id.replace("categorical", "binary"),
    );
  }
  if (trueWidth === wanted) return;
  const columns = (n: number): string => `${n} column${n === 1 ? "" : "s"}`;
  let hint = "";
  if (loss.target === "distribution" && trueWidth === 1) {
    hint = "; for class indices use sparse_categorical_crossentropy";
  }
  if (loss.target === "class_index") hint = "; for one-hot labels use categorical_crossentropy";
  const why = loss.target === "class_index" ? "a class index" : "as the predictions";
  throw new TypeError(`Cannot use ${loss.id}: labels must have ${columns(wanted)}, ${why}, got ${trueWidth}${hint}`);
}

function fail(loss: Loss, labels: ArrayLike<number>, at: number, layout: LabelLayout): never {
  const { trueWidth, predWidth, rowsPerSample = 1 } = layout;
  const row = Math.floor(at / trueWidth);
  const sample = Math.floor(row / rowsPerSample);
  const place = [`at sample ${sample}`];
  if (rowsPerSample > 1) place.push(`row ${row % rowsPerSample}`);
  if (trueWidth > 1) place.push(`column ${at % trueWidth}`);
  const ignored = loss.config.ignoreClass ?? null;
  const range = loss.target !== "class_index"
    ? ""
    : ` from 0 to ${predWidth - 1}${ignored === null ? "" : ` (or ${ignored})`}`;
  const hint = loss.target === "class_index" && Number(labels[at]) >= predWidth
    ? `; the model has ${predWidth} output${predWidth === 1 ? "" : "s"}, and needs one for each class`
    : "";
  throw new RangeError(
    `Cannot use ${loss.id}: labels must be ${rules[loss.target]}${range}, got ${describeValue(labels[at])} ${
      place.join(", ")
    }${hint}`,
  );
}
