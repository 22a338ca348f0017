import { assertEquals, assertStringIncludes } from "@std/assert";
import { shareTypes } from "../../tools/share_types.ts";

const LIBRARY = `/** A model. */
export declare class Model {
	#private;
	/** Its name. */
	readonly name: string;
}
export interface Point {
	readonly x: number;
}
declare class Hidden {
}
`;

const BUNDLE = `/** A model. */
declare class Model {
	#private;
	readonly name: string;
}
interface Point {
	readonly y: number;
}
declare class Hidden {
	#private;
}
interface Unused {
	readonly of: Point;
}
declare function add(a: number): number;
export type Sum = typeof add;
/** A result. */
export declare class Result {
	#private;
	/** @ignore */
	constructor(parts: {
		readonly hidden: Hidden;
	}, more: Hidden);
	/** Where it is. */
	readonly at: Point;
}
export declare function explain(model: Model): Result;

export {};
`;

Deno.test("shareTypes imports what the library declares alike, and keeps what is mentioned", () => {
  const text = shareTypes(BUNDLE, LIBRARY, "./mod.js");
  assertEquals(text.split("\n")[0], 'import type { Model } from "./mod.js";');
  for (const gone of ["class Model", "class Hidden", "Unused"]) assertEquals(text.includes(gone), false, gone);
  // Another thing of the same name is the bundle's own.
  assertStringIncludes(text, "interface Point {\n\treadonly y: number;\n}\n");
  assertStringIncludes(text, "declare function add(a: number): number;\n");
  assertStringIncludes(text, "\t/** @ignore */\n\tprivate constructor();\n");
  assertStringIncludes(text, "/** A result. */\nexport declare class Result {\n");
  assertStringIncludes(text, "export {};\n");
});

Deno.test("shareTypes exports again what the bundle exports of the library's", () => {
  const text = shareTypes(BUNDLE.replace("declare class Model", "export declare class Model"), LIBRARY, "./mod.js");
  assertStringIncludes(text, 'export type { Model } from "./mod.js";\n');
});
