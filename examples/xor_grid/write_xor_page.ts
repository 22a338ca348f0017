/** One setting, and what came of it. */
export interface GridCell {
  readonly hidden: number;
  readonly learningRate: number;
  readonly epochs: number;
  /** The share of seeds that solved XOR, 0 to 1. */
  readonly solved: number;
  /** The loss of every epoch, by seed. */
  readonly losses: readonly (readonly number[])[];
}

/** The side of a picture in pixels. */
const SIZE = 90;
/** Points of a boundary along each side. */
const GRID = 30;
/** Points of a loss curve. */
const POINTS = 40;
/** The largest loss in a picture. */
const MOST_LOSS = 1.2;

/**
 * A page of small pictures, one HTML file that loads nothing: for every setting the loss curves of all seeds, and what the first seed's
 * network says of the square from −0.25 to 1.25.
 *
 * @param predict Trains the first seed's network of a setting; gives its answers for points.
 */
export async function writeXorPage(
  cells: readonly GridCell[],
  predict: (cell: GridCell) => Promise<(points: number[][]) => Float32Array>,
): Promise<string> {
  const rates = [...new Set(cells.map(({ learningRate }) => learningRate))];
  let body = "";
  for (const epochs of new Set(cells.map((cell) => cell.epochs))) {
    body += `<h2>${epochs} epochs</h2>\n<table>\n<tr><th></th>${
      rates.map((rate) => `<th>rate ${rate}</th>`).join("")
    }</tr>\n`;
    for (const hidden of new Set(cells.map((cell) => cell.hidden))) {
      body += `<tr><th>2-${hidden}-1</th>`;
      for (const cell of cells.filter((each) => each.epochs === epochs && each.hidden === hidden)) {
        body += `<td>${drawLosses(cell)}${drawBoundary(await predict(cell))}<br>${
          (100 * cell.solved).toFixed(0)
        } %</td>`;
      }
      body += "</tr>\n";
    }
    body += "</table>\n";
  }
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<title>XOR</title>
<style>
body { font: 14px sans-serif; margin: 2em; color: #222; background: #fff; }
td { text-align: center; padding: 6px; }
svg { margin: 1px; background: #f4f4f4; }
polyline { fill: none; stroke: #2166ac; stroke-opacity: 0.35; }
</style>
</head>
<body>
<h1>XOR: hidden neurons, learning rates, epochs</h1>
<p>Left: the loss of every seed, 0 to ${MOST_LOSS}. Right: what the first seed's network says, blue 0 to red 1; the four samples as rings,
filled where the answer must be 1. Below: the share of seeds that solve XOR.</p>
${body}</body>
</html>
`;
}

function drawLosses({ losses }: GridCell): string {
  const lines = losses.map((values) => {
    const step = Math.max(1, Math.floor(values.length / POINTS));
    const points = values.filter((_, i) => i % step === 0).map((loss, i, { length }) => {
      const [px, py] = [i * SIZE / (length - 1), SIZE * (1 - Math.min(loss, MOST_LOSS) / MOST_LOSS)];
      return `${px.toFixed(1)},${py.toFixed(1)}`;
    });
    return `<polyline points="${points.join(" ")}"/>`;
  });
  return `<svg width="${SIZE}" height="${SIZE}">${lines.join("")}</svg>`;
}

function drawBoundary(predict: (points: number[][]) => Float32Array): string {
  const at = (i: number): number => -0.25 + 1.5 * (i + 0.5) / GRID;
  const points = Array.from({ length: GRID * GRID }, (_, i) => [at(i % GRID), at(Math.floor(i / GRID))]);
  const answers = predict(points);
  const side = SIZE / GRID;
  // One path for each of eight colours.
  const paths = Array.from({ length: 8 }, () => "");
  answers.forEach((answer, i) => {
    const colour = Math.min(7, Math.floor(answer * 8));
    paths[colour] += `M${(i % GRID) * side} ${SIZE - (Math.floor(i / GRID) + 1) * side}h${side}v${side}h${-side}z`;
  });
  const colours = ["#2166ac", "#4393c3", "#92c5de", "#d1e5f0", "#fddbc7", "#f4a582", "#d6604d", "#b2182b"];
  const fills = paths.map((path, k) => path === "" ? "" : `<path d="${path}" fill="${colours[k]}"/>`);
  const rings = [[0, 0, 0], [0, 1, 1], [1, 0, 1], [1, 1, 0]].map(([a, b, label]) => {
    const [cx, cy] = [(a + 0.25) / 1.5 * SIZE, SIZE - (b + 0.25) / 1.5 * SIZE];
    return `<circle cx="${cx}" cy="${cy}" r="4" stroke="#000" fill="${label === 1 ? "#000" : "none"}"/>`;
  });
  return `<svg width="${SIZE}" height="${SIZE}">${fills.join("")}${rings.join("")}</svg>`;
}
