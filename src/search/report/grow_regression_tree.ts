/** A leaf of a regression tree: a box in the unit cube and the mean of the targets in it. */
export interface Leaf {
  /** Where the box begins, by column. */
  readonly low: Float64Array;
  /** Where the box ends, by column. */
  readonly high: Float64Array;
  readonly value: number;
}

/**
 * Grows a regression tree: cuts the unit cube in two where that lessens the sum of squared errors most, again and again, until
 * the targets of a box, or its points, are all equal. Of equally good cuts the first is taken.
 *
 * Source: Breiman et al. 1984, Classification and regression trees.
 *
 * @param columns The coordinates of the points, column by column, each from 0 to 1.
 * @param targets The targets of the points.
 * @param rows The numbers of the points to grow from; one may stand there several times. The order is changed.
 * @returns The leaves; their boxes fill the unit cube.
 */
export function growRegressionTree(
  columns: readonly Float64Array[],
  targets: Float64Array,
  rows: Uint32Array,
): Leaf[] {
  const leaves: Leaf[] = [];
  // A stack, not recursion: a tree may be as deep as it has points.
  const open = [{
    rows,
    low: new Float64Array(columns.length),
    high: new Float64Array(columns.length).fill(1),
  }];
  for (let box = open.pop(); box !== undefined; box = open.pop()) {
    const cut = findCut(columns, targets, box.rows);
    if (cut === null) {
      const sum = box.rows.reduce((total, row) => total + targets[row], 0);
      leaves.push({ low: box.low, high: box.high, value: sum / box.rows.length });
      continue;
    }
    const { column, threshold } = cut;
    const values = columns[column];
    const belowHigh = box.high.slice();
    const aboveLow = box.low.slice();
    belowHigh[column] = aboveLow[column] = threshold;
    open.push({ rows: box.rows.filter((row) => values[row] >= threshold), low: aboveLow, high: box.high });
    open.push({ rows: box.rows.filter((row) => values[row] < threshold), low: box.low, high: belowHigh });
  }
  return leaves;
}

function findCut(
  columns: readonly Float64Array[],
  targets: Float64Array,
  rows: Uint32Array,
): { column: number; threshold: number } | null {
  const n = rows.length;
  const total = rows.reduce((sum, row) => sum + targets[row], 0);
  if (rows.every((row) => targets[row] === targets[rows[0]])) return null;
  let best: { column: number; threshold: number } | null = null;
  // Maximal Σ² / count over both sides is minimal squared error.
  let bestGain = -Infinity;
  for (const [column, values] of columns.entries()) {
    rows.sort((a, b) => values[a] - values[b] || a - b);
    let below = 0;
    for (let i = 1; i < n; i++) {
      below += targets[rows[i - 1]];
      const [left, right] = [values[rows[i - 1]], values[rows[i]]];
      if (left === right) continue;
      const gain = below * below / i + (total - below) ** 2 / (n - i);
      if (gain <= bestGain * (1 + 1e-12)) continue;
      const threshold = (left + right) / 2;
      if (!(threshold > left)) continue; // neighbours in float64
      bestGain = gain;
      best = { column, threshold };
    }
  }
  return best;
}
