/** Rows of numbers from −1 to 1 that float32 holds exactly, the same for the same seed (a linear congruential generator). */
export function drawNumbers(rows: number, width: number, seed: number): number[][] {
  let state = (seed * 2654435761) >>> 0;
  const next = (): number => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return (state >>> 9) / 2 ** 22 - 1;
  };
  for (let i = 0; i < 8; i++) next();
  return Array.from({ length: rows }, () => Array.from({ length: width }, next));
}
