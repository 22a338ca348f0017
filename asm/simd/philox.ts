/** The constants of Philox 4x32. 0: the multipliers of words 0 and 2, twice; 16: what the keys grow by each round, twice. */
export const PHILOX = memory.data<u32>([
  0xD2511F53, 0xCD9E8D57, 0xD2511F53, 0xCD9E8D57, 0x9E3779B9, 0xBB67AE85, 0x9E3779B9, 0xBB67AE85,
], 16);
