import { describeValue } from "./describe_value.ts";
import { nearestName } from "./nearest_name.ts";
import { snakeCase } from "./snake_case.ts";

/**
 * The row of a table that a name stands for. The keys of the table are snake_case; the name may also be camelCase
 * (`heNormal`) or PascalCase (`HeNormal`). Only own keys count, so `constructor` and `__proto__` are unknown names.
 *
 * @param kind What the table holds, in the singular: `loss`, `metric`.
 * @param name The name to look up.
 * @param table The table, keys in snake_case.
 * @returns The row.
 * @throws {TypeError} If the name is not a string.
 * @throws {RangeError} `Unknown loss "mse2"; did you mean "mse"? Losses are: mse, mae`.
 */
export function lookUpName<T>(kind: string, name: string, table: Readonly<Record<string, T>>): T {
  if (typeof name !== "string") {
    throw new TypeError(`Cannot look up ${kind}: its name must be a string, got ${describeValue(name)}`);
  }
  if (Object.hasOwn(table, name)) return table[name];
  const snake = snakeCase(name);
  if (Object.hasOwn(table, snake)) return table[snake];
  // snakeCase cannot know where a digit starts a word (l1L2, relu6): compare without underscores.
  const bare = snake.replaceAll("_", "");
  const names = Object.keys(table);
  const key = names.find((each) => each.replaceAll("_", "") === bare);
  if (key !== undefined) return table[key];
  const nearest = nearestName(name, names);
  const hint = nearest === undefined ? ". " : `; did you mean "${nearest}"? `;
  throw new RangeError(`Unknown ${kind} ${describeValue(name)}${hint}${plural(kind)} are: ${names.join(", ")}`);
}

function plural(kind: string): string {
  const capital = kind.charAt(0).toUpperCase() + kind.slice(1);
  if (/(s|x|z|ch|sh)$/.test(kind)) return `${capital}es`;
  if (/[^aeiou]y$/.test(kind)) return `${capital.slice(0, -1)}ies`;
  return `${capital}s`;
}
