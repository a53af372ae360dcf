import { deflateSync } from "fflate";

/** A page as `zswap` would keep it: compressed by DEFLATE at its fastest level (RFC 1951). */
export function compressPage(page: Uint8Array): Uint8Array {
  return deflateSync(page, { level: 1 });
}
