/** A string of its own: engines let a piece of a text hold on to the whole of it, which may be a thousand times as long. */
export function copyString(text: string): string {
  if (text.length < 13) return text; // shorter pieces are copied anyway
  let copy = "";
  for (let at = 0; at < text.length; at += 4096) {
    const end = Math.min(text.length, at + 4096);
    const units = new Array<number>(end - at);
    for (let i = at; i < end; i++) units[i - at] = text.charCodeAt(i);
    copy += String.fromCharCode(...units);
  }
  return copy;
}
