/**
 * The grid of bench/grid.ts once, in a process of its own: prints the milliseconds from call to result. Arguments: `split` or `folds`,
 * threads.
 *
 * @module
 */
import { makeMoons, searchMoons, type VALIDATIONS } from "../lib/grid_of_moons.ts";

const data = makeMoons();
const start = performance.now();
await searchMoons(data, Deno.args[0] as keyof typeof VALIDATIONS, Number(Deno.args[1]));
console.log(performance.now() - start);
