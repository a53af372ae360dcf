/** MT19937 (Matsumoto and Nishimura, 1998) seeded by init_by_array([seed]), giving 53-bit doubles in [0, 1). */
export function mersenneTwister(seed: number): () => number {
  const n = 624;
  const state = new Uint32Array(n);
  state[0] = 19650218;
  for (let i = 1; i < n; i++) {
    const last = state[i - 1] ^ (state[i - 1] >>> 30);
    state[i] = Math.imul(1812433253, last) + i;
  }
  let i = 1;
  for (let k = 0; k < n; k++) {
    const last = state[i - 1] ^ (state[i - 1] >>> 30);
    state[i] = (state[i] ^ Math.imul(last, 1664525)) + seed;
    if (++i >= n) {
      state[0] = state[n - 1]!;
      i = 1;
    }
  }
  for (let k = 1; k < n; k++) {
    const last = state[i - 1] ^ (state[i - 1] >>> 30);
    state[i] = (state[i] ^ Math.imul(last, 1566083941)) - i;
    if (++i >= n) {
      state[0] = state[n - 1]!;
      i = 1;
    }
  }
  state[0] = 0x80000000;
  let at = n;
  const word = (): number => {
    if (at >= n) {
      for (let k = 0; k < n; k++) {
        const y = (state[k] & 0x80000000) | (state[(k + 1) % n] & 0x7fffffff);
        state[k] = state[(k + 397) % n] ^ (y >>> 1) ^ (y & 1 ? 0x9908b0df : 0);
      }
      at = 0;
    }
    let y = state[at++];
    y ^= y >>> 11;
    y ^= (y << 7) & 0x9d2c5680;
    y ^= (y << 15) & 0xefc60000;
    return (y ^ (y >>> 18)) >>> 0;
  };
  return () => {
    const high = word() >>> 5;
    const low = word() >>> 6;
    return (high * 67108864 + low) / 9007199254740992;
  };
}
