const [WIDTH, HEIGHT, LEFT, GAP] = [640, 180, 60, 40];

/** A page with one chart a curve, each of values over their numbers, from 0 to the largest of all: plain SVG, which loads nothing. */
export function drawCurves(title: string, curves: Readonly<Record<string, readonly number[]>>): string {
  const most = Object.values(curves).flat().reduce((a, b) => Math.max(a, b));
  const charts = Object.entries(curves).map(([name, values]) => {
    const points = values.map((value, i) => {
      const at = LEFT + (WIDTH - LEFT) * i / Math.max(1, values.length - 1);
      return `${at.toFixed(1)},${(HEIGHT - HEIGHT * value / most).toFixed(1)}`;
    });
    return `<figure><figcaption>${name}: from ${values[0].toPrecision(3)} to ${values.at(-1)!.toPrecision(3)} in ` +
      `${values.length} epochs</figcaption>\n<svg viewBox="0 0 ${WIDTH} ${
        HEIGHT + GAP
      }" role="img" aria-label="${name}">` +
      `<text x="0" y="12">${most.toPrecision(3)}</text><text x="0" y="${HEIGHT}">0</text>` +
      `<path d="M${LEFT},0V${HEIGHT}H${WIDTH}"/><polyline points="${points.join(" ")}"/></svg></figure>`;
  });
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>${title}</title><style>
body { font: 14px sans-serif; margin: 2em auto; max-width: 1340px; display: grid; grid-template-columns: 1fr 1fr; gap: 1em }
h1 { grid-column: 1 / -1; font-size: 20px } figure { margin: 0 } svg { width: 100% }
path { fill: none; stroke: #999 } polyline { fill: none; stroke: #06c; stroke-width: 2 }
</style></head><body><h1>${title}</h1>
${charts.join("\n")}
</body></html>
`;
}
