/// <reference lib="dom" />
import { CLASS_COLOURS } from "./colours.ts";

/** Draws a sample: its shape and colour say the class, filled for training, hollow for the test. */
export function drawPoint(
  context: CanvasRenderingContext2D,
  { x, y, radius, number, isFilled }: { x: number; y: number; radius: number; number: number; isFilled: boolean },
): void {
  const colour = CLASS_COLOURS[number % CLASS_COLOURS.length];
  context.beginPath();
  if (number % 4 === 0) context.arc(x, y, radius, 0, 2 * Math.PI);
  else {
    const corners = number % 4 === 1 ? 3 : 4;
    const turn = number % 4 === 2 ? Math.PI / 4 : -Math.PI / 2;
    const reach = radius * (corners === 3 ? 1.35 : 1.25);
    const drop = corners === 3 ? radius * 0.2 : 0;
    for (let i = 0; i < corners; i++) {
      const angle = turn + 2 * Math.PI * i / corners;
      context.lineTo(x + reach * Math.cos(angle), y + drop + reach * Math.sin(angle));
    }
    context.closePath();
  }
  context.lineJoin = "round";
  const isSmall = radius < 4.5;
  if (!isSmall) {
    context.lineWidth = isFilled ? 3 : 4.5;
    context.strokeStyle = "#ffffff";
    context.stroke();
  }
  context.fillStyle = isFilled ? colour : "#ffffff";
  context.fill();
  context.lineWidth = isFilled ? isSmall ? 0.8 : 1.2 : 2;
  context.strokeStyle = isFilled ? "#222222" : colour;
  context.stroke();
}

/** Draws a sample of a regression: its colour says the value. */
export function drawValue(
  context: CanvasRenderingContext2D,
  { x, y, radius, share, isFilled }: { x: number; y: number; radius: number; share: number; isFilled: boolean },
): void {
  context.beginPath();
  context.arc(x, y, radius, 0, 2 * Math.PI);
  const end = share < 0 ? "0, 114, 178" : "230, 159, 0";
  context.fillStyle = "#faf9f6";
  context.fill();
  context.fillStyle = `rgba(${end}, ${Math.min(1, Math.abs(share))})`;
  context.fill();
  context.lineWidth = isFilled ? 1.2 : 2.4;
  context.strokeStyle = isFilled ? "#222222" : "#666666";
  context.stroke();
}
