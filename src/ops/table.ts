import { describeValue } from "../errors/describe_value.ts";
import { nearestName } from "../errors/nearest_name.ts";
import { affineSample } from "./affine_sample.ts";
import { affineSampleBackward } from "./affine_sample_backward.ts";
import { affineTransforms } from "./affine_transforms.ts";
import { attention } from "./attention.ts";
import { attentionBackward } from "./attention_backward.ts";
import { averagePool } from "./average_pool.ts";
import { averagePoolBackward } from "./average_pool_backward.ts";
import { batchMatmul } from "./batch_matmul.ts";
import { batchNorm } from "./batch_norm.ts";
import { batchNormBackward } from "./batch_norm_backward.ts";
import { broadcastColumns } from "./broadcast_columns.ts";
import { broadcastRows } from "./broadcast_rows.ts";
import { concatenate } from "./concatenate.ts";
import { conv } from "./conv.ts";
import { convFilter } from "./conv_filter.ts";
import { convInput } from "./conv_input.ts";
import { depthwise } from "./depthwise.ts";
import { depthwiseFilter } from "./depthwise_filter.ts";
import { depthwiseInput } from "./depthwise_input.ts";
import { drawOrder } from "./draw_order.ts";
import { dropout } from "./dropout.ts";
import { flip } from "./flip.ts";
import { gather } from "./gather.ts";
import { groupNorm } from "./group_norm.ts";
import { groupNormBackward } from "./group_norm_backward.ts";
import { groupNormScaleBackward } from "./group_norm_scale_backward.ts";
import { gru } from "./gru.ts";
import { gruBackward } from "./gru_backward.ts";
import { gruResetBefore } from "./gru_reset_before.ts";
import { gruResetBeforeBackward } from "./gru_reset_before_backward.ts";
import { interpolate } from "./interpolate.ts";
import { interpolateBackward } from "./interpolate_backward.ts";
import { l2Normalize } from "./l2_normalize.ts";
import { l2NormalizeBackward } from "./l2_normalize_backward.ts";
import { layerNorm } from "./layer_norm.ts";
import { layerNormBackward } from "./layer_norm_backward.ts";
import { layerNormScaleBackward } from "./layer_norm_scale_backward.ts";
import { cell, constant, input, variable } from "./graph_leaves.ts";
import { logSoftmax } from "./log_softmax.ts";
import { logSoftmaxBackward } from "./log_softmax_backward.ts";
import { lstm } from "./lstm.ts";
import { lstmBackward } from "./lstm_backward.ts";
import { map } from "./map.ts";
import { maskWeights } from "./mask_weights.ts";
import { matmul } from "./matmul.ts";
import { maxPool } from "./max_pool.ts";
import { maxPoolBackward } from "./max_pool_backward.ts";
import { maxRows } from "./max_rows.ts";
import { maxRowsBackward } from "./max_rows_backward.ts";
import { noise } from "./noise.ts";
import { normAll } from "./norm_all.ts";
import { normColumns } from "./norm_columns.ts";
import { normRows } from "./norm_rows.ts";
import { normalizeColumns } from "./normalize_columns.ts";
import type { Op, OpOfParts } from "./op.ts";
import { pad } from "./pad.ts";
import { part } from "./part.ts";
import { range } from "./range.ts";
import { repeat } from "./repeat.ts";
import { reshape } from "./reshape.ts";
import { scaleBy } from "./scale_by.ts";
import { scaleColumns } from "./scale_columns.ts";
import { scaleRows } from "./scale_rows.ts";
import { scatterRows } from "./scatter_rows.ts";
import { scatterTouched } from "./scatter_touched.ts";
import { touchedRows } from "./touched_rows.ts";
import { selectBox } from "./select_box.ts";
import { simpleRnn } from "./simple_rnn.ts";
import { simpleRnnBackward } from "./simple_rnn_backward.ts";
import { slice } from "./slice.ts";
import { softmax } from "./softmax.ts";
import { softmaxBackward } from "./softmax_backward.ts";
import { softmaxCrossentropy } from "./softmax_crossentropy.ts";
import { softmaxCrossentropyBackward } from "./softmax_crossentropy_backward.ts";
import { sparseSoftmaxCrossentropy } from "./sparse_softmax_crossentropy.ts";
import { sparseSoftmaxCrossentropyBackward } from "./sparse_softmax_crossentropy_backward.ts";
import { sumAll } from "./sum_all.ts";
import { sumColumns } from "./sum_columns.ts";
import { sumRepeats } from "./sum_repeats.ts";
import { sumRows } from "./sum_rows.ts";
import { symmetricBeta } from "./symmetric_beta.ts";
import { transpose } from "./transpose.ts";
import { uniform } from "./uniform.ts";
import { weightedSum } from "./weighted_sum.ts";

/** All ops, by the names that nodes bear. */
export const ops = {
  affine_sample: affineSample,
  affine_sample_backward: affineSampleBackward,
  affine_transforms: affineTransforms,
  attention,
  attention_backward: attentionBackward,
  average_pool: averagePool,
  average_pool_backward: averagePoolBackward,
  batch_matmul: batchMatmul,
  batch_norm: batchNorm,
  batch_norm_backward: batchNormBackward,
  broadcast_columns: broadcastColumns,
  broadcast_rows: broadcastRows,
  cell,
  concatenate,
  constant,
  conv,
  conv_filter: convFilter,
  conv_input: convInput,
  depthwise,
  depthwise_filter: depthwiseFilter,
  depthwise_input: depthwiseInput,
  draw_order: drawOrder,
  dropout,
  flip,
  gather,
  group_norm: groupNorm,
  group_norm_backward: groupNormBackward,
  group_norm_scale_backward: groupNormScaleBackward,
  gru,
  gru_backward: gruBackward,
  gru_reset_before: gruResetBefore,
  gru_reset_before_backward: gruResetBeforeBackward,
  input,
  interpolate,
  interpolate_backward: interpolateBackward,
  l2_normalize: l2Normalize,
  l2_normalize_backward: l2NormalizeBackward,
  layer_norm: layerNorm,
  layer_norm_backward: layerNormBackward,
  layer_norm_scale_backward: layerNormScaleBackward,
  log_softmax: logSoftmax,
  log_softmax_backward: logSoftmaxBackward,
  lstm,
  lstm_backward: lstmBackward,
  map,
  mask_weights: maskWeights,
  matmul,
  max_pool: maxPool,
  max_pool_backward: maxPoolBackward,
  max_rows: maxRows,
  max_rows_backward: maxRowsBackward,
  noise,
  norm_all: normAll,
  norm_columns: normColumns,
  norm_rows: normRows,
  normalize_columns: normalizeColumns,
  pad,
  part,
  range,
  repeat,
  reshape,
  scale_by: scaleBy,
  scale_columns: scaleColumns,
  scale_rows: scaleRows,
  scatter_rows: scatterRows,
  scatter_touched: scatterTouched,
  touched_rows: touchedRows,
  select_box: selectBox,
  simple_rnn: simpleRnn,
  simple_rnn_backward: simpleRnnBackward,
  slice,
  softmax,
  softmax_backward: softmaxBackward,
  softmax_crossentropy: softmaxCrossentropy,
  softmax_crossentropy_backward: softmaxCrossentropyBackward,
  sparse_softmax_crossentropy: sparseSoftmaxCrossentropy,
  sparse_softmax_crossentropy_backward: sparseSoftmaxCrossentropyBackward,
  sum_all: sumAll,
  sum_columns: sumColumns,
  sum_repeats: sumRepeats,
  sum_rows: sumRows,
  symmetric_beta: symmetricBeta,
  transpose,
  uniform,
  variable,
  weighted_sum: weightedSum,
} satisfies Record<string, Op | OpOfParts>;

/**
 * The op `name`.
 *
 * @throws RangeError where there is none
 */
export function opNamed(name: string): Op | OpOfParts {
  if (!Object.hasOwn(ops, name)) {
    const nearest = typeof name === "string" ? nearestName(name, Object.keys(ops)) : undefined;
    const hint = nearest === undefined ? "" : `; did you mean "${nearest}"?`;
    throw new RangeError(
      `Unknown op: it must be one of ${Object.keys(ops).join(", ")}, got ${describeValue(name)}${hint}`,
    );
  }
  return ops[name as keyof typeof ops];
}
