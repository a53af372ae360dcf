import { getSystemErrorMap } from "node:util";
import { oneLine } from "./errors";

const reading: Readonly<Partial<Record<string, string>>> = {
  ENOENT: "there is no such file",
  ENOTDIR: "there is no such file",
  EACCES: "reading it is not permitted",
  EPERM: "reading it is not permitted",
  EISDIR: "it is a folder",
  ENXIO: "nothing can be read from it",
  ENODEV: "nothing can be read from it",
  EINVAL: "nothing can be read from it",
  EIO: "the device reports an error",
  ELOOP: "its links lead in a circle",
  ENAMETOOLONG: "the name is too long",
  EMFILE: "too many files are open",
  ENFILE: "too many files are open",
  ENOSPC: "the disk is full",
  EDQUOT: "the disk quota is used up",
  EFBIG: "the file would be too large",
  EROFS: "the disk cannot be written",
};

const writing: Readonly<Partial<Record<string, string>>> = {
  ENOENT: "there is no such folder",
  EACCES: "writing it is not permitted",
  EPERM: "writing it is not permitted",
  ENXIO: "nothing takes what is written to it",
};

/** Why a file cannot be read, in words that end a sentence. */
export function reasonOf(error: unknown): string {
  const { code = "", errno = 0, message } = error as NodeJS.ErrnoException;
  const known = getSystemErrorMap().get(errno)?.at(1);
  return reading[code] ?? known ?? oneLine(message);
}

/** Why a file cannot be written. */
export function writeReasonOf(error: unknown): string {
  const { code = "" } = error as NodeJS.ErrnoException;
  return writing[code] ?? reasonOf(error);
}
