import { assertEquals, assertThrows } from "@std/assert";
import { dropInnerNames } from "../../tools/drop_inner_names.ts";

const HELPER = 'var Zm=Object.defineProperty;var s=(t,e)=>Zm(t,"name",{value:e,configurable:!0});';

Deno.test("inner functions lose their names, exported ones and classes keep them", () => {
  const rest = 'function a(t){return t}s(a,"checkOptions");function b(){return a(1)}s(b,"dense");' +
    'function c(){}s(c,"fit");var n={};X(n,{dense:()=>b,Layer:()=>L});var L=class{static{s(this,"Layer")}};export{c as fit,n as layers};';
  assertEquals(dropInnerNames(HELPER + rest), HELPER + rest.replace('s(a,"checkOptions");', ""));
});

Deno.test("a bundle whose names are set in another way is refused", () => {
  assertThrows(() => dropInnerNames("function a(){}export{a as fit};"), Error, "Cannot drop names");
});

Deno.test("a text of a million letters takes no more than one pass", () => {
  const text = `var t="${"a".repeat(1_000_000)}";`;
  assertEquals(dropInnerNames(HELPER + text), HELPER + text);
});
