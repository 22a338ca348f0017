import { assertEquals } from "@std/assert";
import { compileEagerly } from "../../tools/compile_eagerly.ts";

const NAMES = new Set(["first", "second", "third"]);

Deno.test("functions of the list stand in parentheses before everything else, and do what they did", () => {
  const source =
    'var s=(t,e)=>Object.defineProperty(t,"name",{value:e});var log=[b(1)];function a(t){return t+1}s(a,"first");' +
    'async function c(){return a(2)}s(c,"second");function b(t){return a(t)}s(b,"other");function*d(){yield"}function e(){"}s(d,"third");' +
    "log.push(a.name);export{a,b,c,d,log};";
  const eager = compileEagerly(source, NAMES);
  assertEquals(
    eager.slice(0, eager.indexOf("var s")),
    'var a=(function(t){return t+1}),c=(async function(){return a(2)}),d=(function*(){yield"}function e(){"});',
  );
});

Deno.test("a bundle without any of them stays as it is", () => {
  const source = 'function a(){}s(a,"other");';
  assertEquals(compileEagerly(source, NAMES), source);
});

Deno.test("the getters of namespaces are in parentheses", () => {
  assertEquals(
    compileEagerly("var n={};X(n,{dense:()=>b,Layer:()=>L});", NAMES),
    "var n={};X(n,{dense:(()=>b),Layer:(()=>L)});",
  );
});

Deno.test("the transformed module has the results of the first one", async () => {
  const source =
    'var s=(t,e)=>Object.defineProperty(t,"name",{value:e});var log=[b(1)];function a(t){return t+1}s(a,"first");' +
    'function b(t){return a(t)*2}s(b,"second");log.push(a.name,b.name);export{log};';
  const load = (text: string) => import(`data:text/javascript,${encodeURIComponent(text)}`);
  assertEquals((await load(compileEagerly(source, NAMES))).log, [4, "first", "second"]);
  assertEquals((await load(source)).log, [4, "first", "second"]);
});
