import { assertEquals } from "@std/assert";
import * as retroprop from "../../mod.ts";

Deno.test("README: the tables name every factory of every namespace, and none that is not there", async () => {
  const text = await Deno.readTextFile(new URL("../../README.md", import.meta.url));
  for (const [namespace, members] of Object.entries(retroprop)) {
    if (typeof members !== "object") continue;
    const row = text.split("\n").find((line) => line.startsWith(`| \`${namespace}\``)) ?? "";
    const named = [...row.matchAll(/`(\w+)`/g)].map((match) => match[1]).slice(1);
    const wanted = Object.keys(members).filter((name) => name !== "Layer");
    assertEquals(named.sort(), wanted.sort(), `the row of ${namespace}`);
  }
});
