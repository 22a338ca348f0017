/** The plane along which points vary most. */
export interface PrincipalPlane {
  /** A point of it: the mean. */
  readonly center: Float64Array;
  /** Two directions of length 1 at right angles. */
  readonly axes: readonly [u: Float64Array, v: Float64Array];
  /** The share of the points' variance along each. */
  readonly explained: readonly [u: number, v: number];
}

/** Power iterations for an axis: the ways of optimizers have one or two directions that stand out. */
const ITERATIONS = 200;

/** The first two principal components of points, by power iteration on the products of points with one another. */
export function principalPlane(points: readonly Float32Array[]): PrincipalPlane {
  const size = points[0].length;
  const center = new Float64Array(size);
  for (const point of points) for (let i = 0; i < size; i++) center[i] += point[i] / points.length;
  const rows = points.map((point) => Float64Array.from(point, (value, i) => value - center[i]));
  const gram = rows.map((a) => Float64Array.from(rows, (b) => dot(a, b)));
  const total = gram.reduce((sum, row, i) => sum + row[i], 0);
  const first = findComponent(gram);
  // What is left without the first one.
  const rest = gram.map((row, i) => row.map((value, j) => value - first.value * first.vector[i] * first.vector[j]));
  const second = findComponent(rest);
  const share = (value: number): number => total > 0 ? Math.max(0, value) / total : 0;
  const u = axisOf(rows, first.vector, null);
  return {
    center,
    axes: [u, axisOf(rows, second.vector, u)],
    explained: [share(first.value), share(second.value)],
  };
}

/** The largest eigenvalue of a symmetric matrix without negative ones, and its vector. */
function findComponent(matrix: readonly Float64Array[]): { value: number; vector: Float64Array } {
  let vector = Float64Array.from(matrix, (row, i) => row[i] + 1e-30);
  let value = 0;
  for (let k = 0; k < ITERATIONS; k++) {
    const length = Math.sqrt(dot(vector, vector));
    if (length === 0) break;
    vector = vector.map((each) => each / length);
    const next = Float64Array.from(matrix, (row) => dot(row, vector));
    value = dot(next, vector);
    if (k + 1 < ITERATIONS) vector = next;
  }
  return { value, vector };
}

/** The direction of a component, at right angles to `other`. Where there is none, one along a coordinate. */
function axisOf(rows: readonly Float64Array[], vector: Float64Array, other: Float64Array | null): Float64Array {
  const size = rows[0].length;
  const axis = new Float64Array(size);
  rows.forEach((row, j) => {
    for (let i = 0; i < size; i++) axis[i] += vector[j] * row[i];
  });
  if (unite(axis, other)) return axis;
  for (let k = 0; k < size; k++) {
    axis.fill(0);
    axis[k] = 1;
    if (unite(axis, other)) return axis;
  }
  return axis; // a single weight has no second direction
}

/** Makes an axis of length 1 and at right angles to another one; false where nothing is left of it. */
function unite(axis: Float64Array, other: Float64Array | null): boolean {
  const before = Math.sqrt(dot(axis, axis));
  if (other !== null) {
    const along = dot(axis, other);
    for (let i = 0; i < axis.length; i++) axis[i] -= along * other[i];
  }
  const length = Math.sqrt(dot(axis, axis));
  if (!(length > 1e-9 * before) || length < 1e-12) return false;
  for (let i = 0; i < axis.length; i++) axis[i] /= length;
  return true;
}

function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += a[i] * b[i];
  return sum;
}
