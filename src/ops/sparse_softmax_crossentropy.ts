import { formatShape } from "../tensor/format_shape.ts";
import { checkRows } from "./check_rows.ts";
import { costOfPass } from "./cost_of_pass.ts";
import { ignoredLabel } from "./ignored_label.ts";
import { mapRows } from "./map_rows.ts";
import { count, matrixOf, type Op, read, write } from "./op.ts";
import { softmaxOf } from "./softmax_of.ts";
import { splitRows } from "./split_rows.ts";

/**
 * The cross entropy of integer labels and the softmax of logits: loss = ln Σ e^z − z[label], one a row.
 *
 * z [..., width], labels [...] or [..., 1] → loss [...]. Attribute `ignoreClass`: rows with this label have loss 0 and no gradient
 * (null: none). Any other label outside 0 … width − 1 gives NaN. Finite for all finite logits, as softmax_crossentropy is.
 */
export const sparseSoftmaxCrossentropy: Op = {
  takes: { inputs: 2, may: ["ignoreClass"] },
  shape([z, labels]) {
    checkRows("sparse_softmax_crossentropy", z);
    const rows = z.slice(0, -1);
    const flat = labels.length === z.length && labels[labels.length - 1] === 1 ? labels.slice(0, -1) : labels;
    if (formatShape(flat) !== formatShape(rows)) {
      throw new TypeError(
        `Cannot apply sparse_softmax_crossentropy: labels must have the shape ${formatShape(rows)} or ` +
          `${formatShape([...rows, 1])}, got ${formatShape(labels)}`,
      );
    }
    return rows;
  },

  differentiate(g, node, dy) {
    return [g.apply("sparse_softmax_crossentropy_backward", [dy, ...node.inputs], node.attributes), null];
  },

  evaluate([z, labels], node) {
    const { width } = matrixOf(z.shape);
    const ignored = ignoredLabel(node.attributes);
    return mapRows([z, labels], [width, 1], (row, [label]) => {
      if (label === ignored) return [0];
      const { top, logSum } = softmaxOf(row);
      return [label >= 0 && label < width ? logSum - (row[label] - top) : NaN];
    });
  },

  lower({ node, output, inputs: [z, labels], call }) {
    const { split, rows, width, stride } = splitRows(node, node.inputs[0].shape);
    call("sparse_softmax_crossentropy_forward", [
      write(output, rows),
      read(z, stride),
      read(labels, rows),
      ignoredLabel(node.attributes),
      count(rows),
      width,
    ], split);
  },

  cost: (node) => costOfPass(node, 20),
};
