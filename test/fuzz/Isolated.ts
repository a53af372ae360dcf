import { fork, type ChildProcess } from "node:child_process";
import { mkdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { buildSync } from "esbuild";
import { outDir } from "../harness/paths";
import type { Answer, Question } from "./worker";

/** A file for each process that fuzzes: another one may be at it, too. */
const worker = join(outDir, `fuzz/worker-${process.pid}.js`);
/** Bytes of heap that one input may take: more is a failure as well. */
const mostMegabytes = 1500;

/** Checks inputs in another process, which a loop without an end or a full heap takes down, and not this one. */
export class Isolated {
  private child: ChildProcess | null = null;
  /** Of the question asked last. An attack that ran out of time does not wait for its answer. */
  private number = 0;

  /** @param deadline milliseconds that one input may take */
  constructor(private readonly deadline: number) {
    mkdirSync(join(outDir, "fuzz"), { recursive: true });
    buildSync({
      entryPoints: [join(__dirname, "worker.ts")],
      outfile: worker,
      bundle: true,
      platform: "node",
      packages: "external",
      sourcemap: "inline",
    });
  }

  /** Null, or what the input broke. */
  async failureOf(question: Omit<Question, "number">): Promise<string | null> {
    const number = ++this.number;
    const child = (this.child ??= await this.start());
    return new Promise((resolve) => {
      const end = (failure: string | null): void => {
        clearTimeout(timer);
        child.off("message", onMessage).off("exit", onExit);
        resolve(failure);
      };
      const onMessage = (answer: Answer): void => {
        if (answer.number === number) end(answer.failure);
      };
      const onExit = (code: number | null): void => {
        this.child = null;
        end(`The process ended with ${code ?? "a signal"}: too much memory, or a crash.`);
      };
      const timer = setTimeout(() => {
        this.stop();
        end(`No end within ${this.deadline} ms.`);
      }, this.deadline);
      child.on("message", onMessage).once("exit", onExit);
      child.send({ ...question, number } satisfies Question);
    });
  }

  /** Ends the other process. */
  stop(): void {
    this.child?.removeAllListeners("exit").kill("SIGKILL");
    this.child = null;
  }

  /** Ends for good. */
  close(): void {
    this.stop();
    rmSync(worker, { force: true });
  }

  /** The deadline does not count the time that a process takes to start. */
  private start(): Promise<ChildProcess> {
    const child = fork(worker, {
      execArgv: ["--enable-source-maps", `--max-old-space-size=${mostMegabytes}`],
      stdio: ["ignore", "ignore", "inherit", "ipc"],
      serialization: "advanced",
    });
    return new Promise((resolve, reject) => {
      child.once("message", () => resolve(child));
      child.once("error", reject);
    });
  }
}
