import { FileFormatError } from "./file_format_error.ts";
import type { MemoryBudget } from "./memory_budget.ts";
import { quoteName } from "./quote_name.ts";

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
/** What V8 needs for a string beside its characters; an unescaped string of 13 characters or more is a slice. */
const STRING_BYTES = 48;

/**
 * A place in the JSON header of a safetensors file, moved on by what the grammar expects next.
 *
 * It reads only the four things that such a header is made of: punctuation, strings, non-negative integers and white
 * space. So nesting costs nothing, nothing is built that was not asked for, and duplicate keys are seen.
 */
export class HeaderCursor {
  /** The index of the next character. */
  position = 0;
  /** The name of the tensor that is being read, for messages. */
  tensorName: string | undefined;

  /** A cursor at the start of `text`; strings that need memory of their own are charged to `budget`. */
  constructor(readonly text: string, readonly budget: MemoryBudget) {}

  /** Skips spaces, tabs and line ends. */
  skipSpace(): void {
    for (;;) {
      const code = this.text.charCodeAt(this.position);
      if (code !== 0x20 && code !== 0x0a && code !== 0x0d && code !== 0x09) return;
      this.position++;
    }
  }

  /** Skips white space, then `character` if it comes next; says whether it did. */
  skip(character: string): boolean {
    this.skipSpace();
    if (this.text[this.position] !== character) return false;
    this.position++;
    return true;
  }

  /** Skips white space and `character`, which must come next. */
  expect(character: string): void {
    if (!this.skip(character)) this.fail(`${JSON.stringify(character)} must come next`);
  }

  /** Enters the list or object that `open` begins and `close` ends; says whether it has a first item. */
  enter(open: string, close: string): boolean {
    this.expect(open);
    return !this.skip(close);
  }

  /** Goes on after an item of a list or object that `close` ends; says whether another item follows. */
  next(close: string): boolean {
    if (this.skip(close)) return false;
    if (!this.skip(",")) this.fail(`"," or "${close}" must come next`);
    return true;
  }

  /** Reads a string; makes no new one when it is one of `words` (which have no escapes), as it nearly always is. */
  readWord(words: readonly string[]): string {
    this.skipSpace();
    const { text, position } = this;
    if (text.charCodeAt(position) === QUOTE) {
      for (let i = 0; i < words.length; i++) { // for-of would make an object for every word
        const end = position + 1 + words[i].length;
        if (text.charCodeAt(end) === QUOTE && text.startsWith(words[i], position + 1)) {
          this.position = end + 1;
          return words[i];
        }
      }
    }
    return this.readString();
  }

  /** Reads a string of well-formed text. */
  readString(): string {
    this.skipSpace();
    const { text } = this;
    const start = this.position;
    if (text.charCodeAt(start) !== QUOTE) this.fail("a string must come next");
    let escaped = false;
    let end = start + 1;
    for (; text.charCodeAt(end) !== QUOTE; end++) {
      if (text.charCodeAt(end) === BACKSLASH) {
        escaped = true;
        end++;
      }
      if (end >= text.length) this.fail("a string must have an end");
      if (text.charCodeAt(end) < 0x20) this.fail("a string must not have bare control characters");
    }
    this.budget.spend(STRING_BYTES + (escaped ? 2 * (end - start) : 0), "the text in the header");
    const value = escaped ? parseEscapes(text.slice(start, end + 1)) : text.slice(start + 1, end);
    if (value === undefined) this.fail("a string must be valid JSON and well-formed Unicode");
    this.position = end + 1;
    return value;
  }

  /** Reads an integer from 0 to 2^53 - 1, written in digits alone. */
  readInteger(): number {
    this.skipSpace();
    const { text, position } = this;
    let value = 0;
    let end = position;
    for (; value <= Number.MAX_SAFE_INTEGER; end++) {
      const digit = text.charCodeAt(end) - 0x30;
      if (!(digit >= 0 && digit <= 9)) break;
      value = value * 10 + digit;
    }
    const zeroFirst = text.charCodeAt(position) === 0x30 && end > position + 1;
    const next = text.charCodeAt(end) | 0x20; // lower case
    const fraction = next === 0x2e || next === 0x65; // "." or "e"
    if (end === position || zeroFirst || fraction || value > Number.MAX_SAFE_INTEGER) {
      this.fail(`an integer from 0 to ${Number.MAX_SAFE_INTEGER} must come next`);
    }
    this.position = end;
    return value;
  }

  /** Throws a {@link FileFormatError} that names the tensor, the rule, and what stands at the cursor. */
  fail(rule: string): never {
    const place = this.tensorName === undefined ? "header" : `tensor ${quoteName(this.tensorName)}`;
    const rest = this.text.length - this.position;
    const found = rest <= 0
      ? "the end of the header"
      : JSON.stringify(this.text.slice(this.position, this.position + 32)) + (rest > 32 ? " …" : "");
    throw new FileFormatError(
      `${this.budget.task}: ${place}: ${rule}, got ${found} at character ${this.position} of the header`,
    );
  }
}

function parseEscapes(literal: string): string | undefined {
  try {
    const value: string = JSON.parse(literal);
    return value.isWellFormed() ? value : undefined;
  } catch {
    return undefined;
  }
}
