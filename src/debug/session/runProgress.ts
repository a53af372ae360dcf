import type { DebugProtocol } from "@vscode/debugprotocol";
import { plural } from "../protocol/format";
import type { Outlet } from "./outlet";

/** Steps before the first report of a run, and between two reports. */
const stepsPerReport = 50_000;

/** Reports to clients that show progress how many steps a run has executed. The total is unknown. */
export class RunProgress {
  private reported: number;
  private hasStarted = false;

  constructor(
    readonly id: string,
    private readonly start: number,
    private readonly outlet: Outlet,
  ) {
    this.reported = start;
  }

  /** The run is at a position, before or after its start. */
  at(position: number): void {
    if (Math.abs(position - this.reported) < stepsPerReport) return;
    this.reported = position;
    const message = plural(Math.abs(position - this.start), "step");
    const body: DebugProtocol.ProgressUpdateEvent["body"] = { progressId: this.id, message };
    if (this.hasStarted) this.outlet.event("progressUpdate", body);
    else this.outlet.event("progressStart", { ...body, title: "Running", cancellable: true });
    this.hasStarted = true;
  }

  end(): void {
    if (this.hasStarted) this.outlet.event("progressEnd", { progressId: this.id });
    this.hasStarted = false;
  }
}
