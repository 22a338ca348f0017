/// <reference lib="dom" />
import { type Ref, useLayoutEffect, useRef, useState } from "../../../packages/preact.ts";

/** The width of an element, which follows the page's. */
export function useWidth<E extends HTMLElement>(initial: number): [ref: Ref<E>, width: number] {
  const ref = useRef<E>(null);
  const [width, setWidth] = useState(initial);
  useLayoutEffect(() => {
    const element = ref.current!;
    setWidth(element.clientWidth || initial);
    const observer = new ResizeObserver(() => setWidth(element.clientWidth || initial));
    observer.observe(element);
    return () => observer.disconnect();
  }, []);
  return [ref, width];
}
