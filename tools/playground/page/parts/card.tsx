// deno-lint-ignore-file verbatim-module-syntax -- the pragma uses h
/** @jsxRuntime classic */
/** @jsx h */
import { type ComponentChildren, h } from "../../../packages/preact.ts";

/** A part of the page with a heading. */
export function Card({ id, title, children, tools, className = "" }: {
  id: string;
  title: string;
  children: ComponentChildren;
  /** What stands beside the heading. */
  tools?: ComponentChildren;
  className?: string;
}) {
  return (
    <section class={`card ${className}`} id={id} aria-labelledby={`${id}-title`}>
      <div class="head">
        <h2 id={`${id}-title`}>{title}</h2>
        {tools}
      </div>
      {children}
    </section>
  );
}
