import type { Panel } from "./panel.ts";

/** A picture that is at most so many pixels wide: each of them the mean of those that fall on it. */
export function shrinkPanel(panel: Panel, most: number): Panel {
  if (panel.width <= most) return panel;
  const { height: oldHeight, width: oldWidth, channels } = panel;
  const width = most;
  const height = Math.max(1, Math.round(oldHeight * most / oldWidth));
  const pixels = new Float32Array(height * width * channels);
  for (let y = 0; y < height; y++) {
    const top = Math.floor(y * oldHeight / height);
    const bottom = Math.max(top + 1, Math.floor((y + 1) * oldHeight / height));
    for (let x = 0; x < width; x++) {
      const left = Math.floor(x * oldWidth / width);
      const right = Math.max(left + 1, Math.floor((x + 1) * oldWidth / width));
      for (let k = 0; k < channels; k++) {
        let sum = 0;
        for (let i = top; i < bottom; i++) {
          for (let j = left; j < right; j++) sum += panel.pixels[(i * oldWidth + j) * channels + k];
        }
        pixels[(y * width + x) * channels + k] = sum / ((bottom - top) * (right - left));
      }
    }
  }
  return { ...panel, height, width, pixels };
}
