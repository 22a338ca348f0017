import { assertEquals } from "@std/assert";
import { drawLogBar } from "../../examples/terminal/draw_log_bar.ts";
import { putBeside } from "../../examples/terminal/put_beside.ts";

Deno.test("terminal: pictures of different height and with colours stand beside each other", () => {
  const red = "\x1b[31m██\x1b[0m";
  assertEquals(
    putBeside(
      [{ title: "a", picture: `${red}\nx` }, { title: "bcd", picture: "1" }, { title: "", picture: "\n\n2" }],
      1,
    ),
    `a  bcd\n${red} 1\nx\n       2`,
  );
});

Deno.test("terminal: the bar of a value", () => {
  const scale = { min: 1e-4, max: 1, columns: 8 };
  const bars = [0, 1e-5, 1e-4, 1e-2, 0.1, 1, 7, NaN, Infinity, 1.2e-4];
  assertEquals(bars.map((value) => drawLogBar(value, scale)), [
    "        ",
    "        ",
    "        ",
    "████    ",
    "██████  ",
    "████████",
    "████████",
    "        ",
    "████████",
    "▏       ",
  ]);
});
