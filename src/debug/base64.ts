const digits = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

/** Standard base64 with padding (RFC 4648, section 4), as `readMemory` carries bytes. */
export function encodeBase64(bytes: Uint8Array): string {
  const parts: string[] = [];
  for (let index = 0; index < bytes.length; index += 3) {
    const rest = bytes.length - index;
    const word = (bytes[index] << 16) | ((bytes[index + 1] ?? 0) << 8) | (bytes[index + 2] ?? 0);
    parts.push(
      digits[word >>> 18] +
        digits[(word >>> 12) & 63] +
        (1 < rest ? digits[(word >>> 6) & 63] : "=") +
        (2 < rest ? digits[word & 63] : "="),
    );
  }
  return parts.join("");
}
