import { assertEquals } from "@std/assert";
import { dropPrivates } from "../../tools/drop_privates.ts";

Deno.test("dropPrivates leaves what is public of a class, with its comments", () => {
  const types = `declare class A {
	#private;
	/** Public. */
	readonly a: number;
	protected one(x: number): void;
	protected two(): {
		readonly [key: string]: number;
	};
	/** Public, too. */
	b(): void;
	protected abstract last(): string;
}
export {};
`;
  assertEquals(
    dropPrivates(types),
    `declare class A {
	/** Public. */
	readonly a: number;
	/** Public, too. */
	b(): void;
}
export {};
`,
  );
});
