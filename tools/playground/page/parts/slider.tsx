// deno-lint-ignore-file verbatim-module-syntax -- the pragma uses h
/** @jsxRuntime classic */
/** @jsx h */
/// <reference lib="dom" />
import { h } from "../../../packages/preact.ts";

const STEPS = 200;

/** A slider with its value in words; on a logarithmic scale where asked for. */
export function Slider({ id, label, value, min, max, step, isLogarithmic = false, format, onChange }: {
  id: string;
  label: string;
  value: number;
  min: number;
  max: number;
  step?: number;
  isLogarithmic?: boolean;
  format: (value: number) => string;
  onChange: (value: number) => void;
}) {
  const toPlace = (number: number) => Math.round(Math.log(number / min) / Math.log(max / min) * STEPS);
  const toNumber = (place: number) => {
    const number = min * (max / min) ** (place / STEPS);
    return Number(number.toPrecision(2));
  };
  const clamped = Math.min(max, Math.max(min, value));
  const read = (event: Event) => {
    const place = Number((event.currentTarget as HTMLInputElement).value);
    const next = isLogarithmic ? toNumber(place) : place;
    if (next !== value) onChange(next);
  };
  return (
    <label class="slider" for={id}>
      <span>{label}</span>
      <output for={id}>{format(value)}</output>
      <input
        id={id}
        type="range"
        min={isLogarithmic ? 0 : min}
        max={isLogarithmic ? STEPS : max}
        step={isLogarithmic ? 1 : step}
        value={isLogarithmic ? toPlace(clamped) : clamped}
        aria-valuetext={format(value)}
        onInput={read}
      />
    </label>
  );
}
