// deno-lint-ignore-file verbatim-module-syntax -- the pragma uses h
/** @jsxRuntime classic */
/** @jsx h */
/// <reference lib="dom" />
import { h, useState } from "../../../packages/preact.ts";
import { store, words } from "../state/store.ts";

/** Copies text; where the clipboard is closed (a page from a file), by way of a selection. */
async function copy(text: string): Promise<void> {
  try {
    await navigator.clipboard.writeText(text);
  } catch {
    const area = document.createElement("textarea");
    area.value = text;
    area.className = "unseen";
    document.body.append(area);
    area.select();
    document.execCommand("copy");
    area.remove();
  }
}

/** A button that copies text and says so. */
export function CopyButton({ label, text }: { label: string; text: string }) {
  const [isCopied, setCopied] = useState(false);
  const onClick = async (event: MouseEvent) => {
    const button = event.currentTarget as HTMLElement;
    await copy(text);
    button.focus();
    store.announcement.value = words.value.copied;
    setCopied(true);
    setTimeout(() => setCopied(false), 1500);
  };
  return <button type="button" class="small" onClick={onClick}>{isCopied ? words.value.copied : label}</button>;
}
