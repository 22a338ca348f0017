import { farmHash64 } from "./farm_hash64.ts";
import { sipHash64 } from "./sip_hash64.ts";
import type { Token } from "./token.ts";

const encoder = new TextEncoder();

/**
 * The bin of a token: the remainder of its hash, FarmHash64 or with a salt SipHash-2-4. Integers are hashed as their decimals.
 */
export function hashToken(token: Token, bins: number, salt: readonly [bigint, bigint] | null = null): number {
  const bytes = encoder.encode(String(token));
  const hash = salt === null ? farmHash64(bytes) : sipHash64(bytes, salt);
  return Number(hash % BigInt(bins));
}
