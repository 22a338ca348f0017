// deno-lint-ignore-file verbatim-module-syntax -- the pragma uses h
/** @jsxRuntime classic */
/** @jsx h */
/// <reference lib="dom" />
import { h, useLayoutEffect, useRef } from "../../../packages/preact.ts";
import { paintClasses, paintValues, type Scale } from "./colours.ts";

/** A picture of numbers over the plane. It is decoration: what it shows stands in words beside it. */
export function MapCanvas({ size, values, scale, planes = 1, isDiscrete = false, className = "map" }: {
  size: number;
  values: Float32Array | null;
  scale: Scale;
  planes?: number;
  isDiscrete?: boolean;
  className?: string;
}) {
  const ref = useRef<HTMLCanvasElement>(null);
  useLayoutEffect(() => {
    const context = ref.current?.getContext("2d");
    if (!context || values === null) return;
    const image = context.createImageData(size, size);
    const pixels = new Uint32Array(image.data.buffer);
    if (planes > 1) paintClasses(pixels, values, planes, isDiscrete);
    else if (isDiscrete) {
      const sharp = values.map((value) => value > scale.middle ? 1 : -1);
      paintValues(pixels, sharp, { middle: 0, reach: 1.3 });
    } else paintValues(pixels, values, scale);
    context.putImageData(image, 0, 0);
  });
  return <canvas ref={ref} class={className} width={size} height={size} aria-hidden="true" />;
}
