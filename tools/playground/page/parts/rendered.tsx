// deno-lint-ignore-file verbatim-module-syntax -- the pragma uses h
/** @jsxRuntime classic */
/** @jsx h */
import { h } from "../../../packages/preact.ts";

/** A fragment that the library has rendered: it escapes every name and label in it. */
export function Rendered({ html, className = "" }: { html: string; className?: string }) {
  return <div class={`rendered ${className}`} dangerouslySetInnerHTML={{ __html: html }} />;
}
