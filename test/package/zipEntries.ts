/** Names of the files in a zip archive, read from its central directory (PKWARE APPNOTE 4.3.12 and 4.3.16). */
export function zipEntries(archive: Buffer): string[] {
  const END_RECORD = 0x06054b50;
  const FILE_HEADER = 0x02014b50;
  let end = archive.length - 22;
  while (end >= 0 && archive.readUInt32LE(end) !== END_RECORD) end--;
  if (end < 0) throw new Error("This is not a zip archive: it has no end record.");
  const names: string[] = [];
  let at = archive.readUInt32LE(end + 16);
  for (let left = archive.readUInt16LE(end + 10); left > 0; left--) {
    if (archive.readUInt32LE(at) !== FILE_HEADER) throw new Error(`No file header at byte ${at}.`);
    const nameLength = archive.readUInt16LE(at + 28);
    names.push(archive.toString("utf8", at + 46, at + 46 + nameLength));
    at += 46 + nameLength + archive.readUInt16LE(at + 30) + archive.readUInt16LE(at + 32);
  }
  return names;
}
