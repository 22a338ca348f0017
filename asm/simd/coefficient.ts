/**
 * Entry `index` of a float32 table in memory, in all four lanes.
 *
 * Constants of a vector loop are read this way, never written as literals: V8 builds a vector literal anew at each use,
 * which costs a loop up to four times its speed, while this load is one instruction. `index` must be a literal.
 */
// @ts-ignore: decorator
@inline
export function coefficient(table: usize, index: usize): v128 {
  return v128.load32_splat(table + (index << 2));
}
