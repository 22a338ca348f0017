/** The number at `at` as an index below `rows`; −1 where it is none. */
// @ts-ignore: decorator
@inline
export function indexAt(at: usize, rows: i32): i32 {
  const value = load<f32>(at);
  // Of what an i32 cannot hold, the conversion gives the nearest one; of NaN 0, which differs from it.
  const index = <i32>value;
  return <f32>index == value && <u32>index < <u32>rows ? index : -1;
}
