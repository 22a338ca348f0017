/** Bytes that must agree before two places count as the same: with 7 the text is shortest once it is compressed. */
const AGREE = 7;
/** How far to look for the next place that agrees, in bytes skipped plus bytes inserted. */
const REACH = 400;

/**
 * The difference from `base` to `target` as text: for every change the bytes to keep, the bytes of `base` to skip (both in base 36)
 * and the bytes to insert (in hexadecimal), `keep,skip,insert`, joined by `;`. What is behind the last change is kept.
 *
 * Two builds of one source differ in few places, so this takes a fraction of the second module.
 */
export function emitDelta(base: Uint8Array, target: Uint8Array): string {
  const changes: string[] = [];
  let b = 0, t = 0, kept = 0;
  while (b < base.length || t < target.length) {
    if (base[b] === target[t] && b < base.length) {
      b++, t++, kept++;
      continue;
    }
    const [skip, insert] = findAgreement(base, b, target, t);
    changes.push(`${kept.toString(36)},${skip.toString(36)},${target.subarray(t, t + insert).toHex()}`);
    b += skip, t += insert, kept = 0;
  }
  return changes.join(";");
}

/** The least skip + insert after which both agree again. */
function findAgreement(base: Uint8Array, b: number, target: Uint8Array, t: number): [skip: number, insert: number] {
  for (let sum = 1; sum <= REACH; sum++) {
    for (let skip = 0; skip <= sum; skip++) {
      let i = 0;
      while (i < AGREE && b + skip + i < base.length && base[b + skip + i] === target[t + sum - skip + i]) i++;
      if (i === AGREE) return [skip, sum - skip];
    }
  }
  return [base.length - b, target.length - t];
}
