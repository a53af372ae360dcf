import { toHex } from "../../engine/address";
import { checksum, hexText, omittedBytes } from "../records/bytesText";
import type { StepValue } from "../records/records";

/** What a step gave, in words by which two runs are held against each other; empty for what only tells of memory. */
export function resultText(value: StepValue | null): string {
  switch (value?.kind) {
    case undefined:
    case "text":
      return "";
    case "allocation":
      return value.address === null ? "refused" : toHex(value.address);
    case "translation": {
      const place = value.physical === null ? "no frame" : `physical ${toHex(value.physical)}`;
      const fault = value.fault ? ", page fault" : "";
      const evicted = value.evicted === null ? "" : `, page ${value.evicted} evicted`;
      const loaded = value.loaded === null ? "" : `, ${bytesText(value.loaded)}`;
      return `${place}${fault}${evicted}${loaded}`;
    }
    case "bytes":
      return bytesText(value.bytes);
    case "number":
      return String(value.value);
    case "merges":
      return `${value.merges} merged`;
    case "compaction":
      return `${value.moves} moved`;
  }
}

function bytesText(bytes: Uint8Array): string {
  const omitted = omittedBytes(bytes);
  const shown = hexText(bytes, " ");
  return omitted === 0 ? shown : `${shown} … and ${omitted} more bytes, checksum ${toHex(checksum(bytes))}`;
}
