import { assertEquals } from "@std/assert";
import { checkMarkup } from "../drawing/check_markup.ts";

/** What a display must be: text without colours, HTML without anything that runs, data under a type of the library's own. */
export function checkDisplay(display: Record<string, unknown>, kind?: string): string {
  // deno-lint-ignore no-control-regex
  assertEquals(/\x1b/.test(display["text/plain"] as string), false);
  const html = display["text/html"] as string;
  checkMarkup(html.replace(/ (href="data:text\/html|src="data:image\/bmp);base64,[\w+/=]+"/g, ""));
  if (kind !== undefined) {
    const data = display[`application/vnd.retroprop.${kind}.v1+json`] as { kind: string; version: number };
    assertEquals([data.kind.replaceAll(" ", "-"), data.version], [kind, 1]);
  }
  return html;
}
