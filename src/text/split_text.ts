/**
 * Cuts a text into pieces, none of them empty.
 *
 * @param how `whitespace`: at the six signs of white space in ASCII; `character`: between code points; `word`: what the segmenter calls like a
 *   word, without what stands between
 * @param most how many pieces are wanted
 */
export function splitText(
  text: string,
  how: "whitespace" | "character" | "word",
  segmenter: Intl.Segmenter | null,
  most: number,
): readonly string[] {
  if (how === "whitespace") return splitAtSpace(text, most);
  const pieces: string[] = [];
  if (how === "character") {
    for (const character of text) {
      if (pieces.length >= most) break;
      pieces.push(character);
    }
    return pieces;
  }
  for (const { segment, isWordLike } of segmenter!.segment(text)) {
    if (pieces.length >= most) break;
    if (isWordLike) pieces.push(segment);
  }
  return pieces;
}

function splitAtSpace(text: string, most: number): readonly string[] {
  const pieces: string[] = [];
  const { length } = text;
  let at = 0;
  while (pieces.length < most) {
    while (at < length && isSpace(text.charCodeAt(at))) at++;
    if (at === length) break;
    const start = at;
    while (at < length && !isSpace(text.charCodeAt(at))) at++;
    pieces.push(text.slice(start, at));
  }
  return pieces;
}

/** Space, tab, line feed, vertical tab, form feed, carriage return. */
function isSpace(code: number): boolean {
  return code === 32 || code >= 9 && code <= 13;
}
