import { constants } from "node:fs";
import { chmod, chown, lstat, open, realpath, rename, rm, stat, type FileHandle } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { visibleName } from "../language/visible";
import { CliError } from "./errors";
import type { Input } from "./inputs";
import { writeContent, type CliIo } from "./io";
import { writeReasonOf } from "./reasons";

/** Names of stdout; a socket, as some programs start others with, cannot be opened under the longer ones. */
const standardOutputPaths = new Set(["-", "/dev/stdout", "/dev/fd/1", "/proc/self/fd/1"]);

/**
 * Where a command writes to: a file, or `-` for stdout. Throws {@link CliError} when it is one of the files that are read.
 */
export async function openOutput(path: string, inputs: readonly Input[], io: CliIo): Promise<Output> {
  if (standardOutputPaths.has(path)) return { write: (text) => writeContent(io, text) };
  for (const input of inputs) {
    if (await isSameFile(input, { path })) {
      throw new CliError(`${visibleName(path)}: it is read, and writing would replace it; name another file`);
    }
  }
  return { write: (text) => writeFileWhole(path, text) };
}

/** Whether both are one file on disk, under whatever names. */
export async function isSameFile(one: Pick<Input, "path">, other: Pick<Input, "path">): Promise<boolean> {
  if (one.path === null || other.path === null) return false;
  const left = await stat(one.path).catch(() => null);
  const right = await stat(other.path).catch(() => null);
  return left?.isFile() === true && left.dev === right?.dev && left.ino === right.ino;
}

export interface Output {
  /** Throws {@link CliError} when it cannot be written. */
  write(text: string): Promise<void>;
}

/**
 * Writes a file so that it has the whole text or what it had before: beside it under another name, which then replaces it.
 * The permissions stay, and a link leads to the same file. Devices and pipes are written to directly.
 */
export async function writeFileWhole(path: string, text: string): Promise<void> {
  try {
    const before = await stat(path).catch(() => null);
    if (before !== null && !before.isFile()) await writeDirectly(path, text);
    else await replace(await targetOf(path), text, before);
  } catch (error) {
    throw new CliError(`${visibleName(path)}: ${writeReasonOf(error)}`);
  }
}

async function writeDirectly(path: string, text: string): Promise<void> {
  const file = await open(path, "w");
  try {
    await file.writeFile(text);
  } finally {
    await file.close();
  }
}

/** The file that a link leads to. */
async function targetOf(path: string): Promise<string> {
  const entry = await lstat(path).catch(() => null);
  return entry?.isSymbolicLink() === true ? realpath(path) : path;
}

interface Before {
  readonly mode: number;
  readonly uid: number;
  readonly gid: number;
}

async function replace(path: string, text: string, before: Before | null): Promise<void> {
  if (before !== null) await mayWrite(path);
  const beside = join(dirname(path), `.${basename(path).slice(0, 200)}.${process.pid}.tmp`);
  let file: FileHandle | null = null;
  try {
    file = await open(beside, "wx");
    await file.writeFile(text);
    await file.sync();
    await file.close();
    if (before !== null) await keepOwner(beside, before);
    await rename(beside, path);
  } catch (error) {
    await file?.close().catch(() => undefined);
    if (file !== null) await rm(beside, { force: true });
    throw error;
  }
}

/** Replacing a file needs no permission to write it, but a file that is protected stays. */
async function mayWrite(path: string): Promise<void> {
  const file = await open(path, constants.O_WRONLY);
  await file.close();
}

/** Only a superuser can give a file to the user whose it was; it is no reason to fail. */
async function keepOwner(path: string, { mode, uid, gid }: Before): Promise<void> {
  const now = await stat(path);
  if (now.uid !== uid || now.gid !== gid) await chown(path, uid, gid).catch(() => undefined);
  await chmod(path, mode & 0o7777);
}
