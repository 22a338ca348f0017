/** A whole duration: `3s`, `2:05`, `1:02:05`. */
export function formatSeconds(seconds: number): string {
  const whole = Math.floor(seconds);
  if (whole <= 60) return `${whole}s`;
  const pad = (value: number) => String(value).padStart(2, "0");
  const minutes = Math.floor(whole / 60);
  if (whole <= 3600) return `${minutes}:${pad(whole % 60)}`;
  return `${Math.floor(minutes / 60)}:${pad(minutes % 60)}:${pad(whole % 60)}`;
}

/** How long one step or epoch takes: `2s/step`, `15ms/step`, `120us/epoch`. */
export function formatPace(seconds: number, unit: string): string {
  if (seconds >= 1 || seconds === 0) return `${seconds.toFixed(0)}s/${unit}`;
  if (seconds >= 1e-3) return `${(seconds * 1e3).toFixed(0)}ms/${unit}`;
  return `${(seconds * 1e6).toFixed(0)}us/${unit}`;
}
