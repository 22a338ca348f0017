/**
 * Lane by lane, `yes` where the mask is all ones and `no` where it is all zeros.
 *
 * The mask must come from a comparison, so that each lane is all ones or all zeros: then the relaxed instruction of the
 * fast build (one blend instead of three logical operations) gives the same bits everywhere.
 */
// @ts-ignore: decorator
@inline
export function select(mask: v128, yes: v128, no: v128): v128 {
  if (ASC_FEATURE_RELAXED_SIMD) return i32x4.relaxed_laneselect(yes, no, mask);
  return v128.bitselect(yes, no, mask);
}
