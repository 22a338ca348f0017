import type { TokenIndex } from "./encode_tokens.ts";
import { hashToken } from "./hash_token.ts";
import type { Token } from "./token.ts";

/** How values are put into bins by their hashes. */
export interface HashSettings {
  readonly numBins: number;
  /** The value that is alone in bin 0; null: none is. */
  readonly maskValue: Token | null;
  /** The key of SipHash-2-4; null: FarmHash64. */
  readonly salt: readonly [number, number] | null;
}

/** What gives values their bins. */
export function hashBins({ numBins, maskValue, salt }: HashSettings): TokenIndex<Token> {
  const key = salt === null ? null : [BigInt(salt[0]), BigInt(salt[1])] as const;
  const isMasked = maskValue !== null && numBins > 1;
  const indexOf = (value: Token): number => {
    if (!isMasked) return hashToken(value, numBins, key);
    return value === maskValue ? 0 : 1 + hashToken(value, numBins - 1, key);
  };
  return { depth: numBins, idfWeights: null, indexOf };
}
