/** Bits of a digit: its table of counts stays in the first cache. */
const digitBits = 13;
const digitMask = (1 << digitBits) - 1;

/**
 * Some lives, given by birth, in the order of their addresses, those of one address by birth. O(lives) for each digit of
 * the addresses' range: a radix sort from the lowest digit up (Knuth, The Art of Computer Programming 3, 5.2.5).
 */
export function sortedByAddress(found: Int32Array, address: Float64Array): Int32Array {
  let low = Infinity;
  let high = -Infinity;
  for (const life of found) {
    low = Math.min(low, address[life]);
    high = Math.max(high, address[life]);
  }
  const places = new Int32Array(digitMask + 1);
  let from: Int32Array = found;
  let to: Int32Array = new Int32Array(found.length);
  for (let scale = 1; (high - low) * scale >= 1; scale /= digitMask + 1) {
    places.fill(0);
    // Multiplying by a power of two is exact, and bits beyond the 32nd do not matter to the mask.
    for (const life of from) places[((address[life] - low) * scale) & digitMask]++;
    let place = 0;
    for (let digit = 0; digit <= digitMask; digit++) {
      const count = places[digit];
      places[digit] = place;
      place += count;
    }
    for (const life of from) to[places[((address[life] - low) * scale) & digitMask]++] = life;
    [from, to] = [to, from === found ? new Int32Array(found.length) : from];
  }
  return from;
}
