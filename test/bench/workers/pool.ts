/** `pool.js naive|pool|pool-with-bytes COUNT PAIRS`: nanoseconds of one allocation with one free in a pool that is full but for one in eight. */
import { EventLog } from "../../../src/engine/events";
import { plainPool } from "../../../src/engine/pool/geometry";
import { Pool } from "../../../src/engine/pool/Pool";
import { NaivePool } from "../allocators/naivePool";
import { median } from "../statistics";
import { tell } from "../workerProcess";
import { seededRandom } from "../workloads/Workload";

interface AnyPool {
  allocate(): number;
  free(address: number): boolean;
}

const blockSize = 64;

function create(kind: string, count: number): AnyPool {
  if (kind === "naive") return new NaivePool(blockSize, count);
  const log = new EventLog();
  const bytes = kind === "pool-with-bytes";
  const pool = new Pool(plainPool("bench", 0x1_0000, blockSize, count, { bytes }), log);
  return {
    allocate() {
      log.clear();
      return pool.allocate(0);
    },
    free(address) {
      log.clear();
      return pool.free(address);
    },
  };
}

/** Frees a random live block and allocates one, so many times; the victims are chosen beforehand. */
function play(pool: AnyPool, live: Float64Array, victims: Uint32Array): void {
  for (const victim of victims) {
    pool.free(live[victim]);
    live[victim] = pool.allocate();
  }
}

const [kind, countText, pairsText] = process.argv.slice(2);
const count = Number(countText);
const random = seededRandom(4);
const pool = create(kind, count);
const live = Float64Array.from({ length: Math.max(1, count - Math.ceil(count / 8)) }, () => pool.allocate());
const victims = Uint32Array.from({ length: Number(pairsText) }, () => Math.floor(random() * live.length));
const times: number[] = [];
const start = process.hrtime.bigint();
let isWarm = false;
while (times.length < 5) {
  const began = process.hrtime.bigint();
  play(pool, live, victims);
  const end = process.hrtime.bigint();
  if (isWarm) times.push(Number(end - began) / victims.length);
  isWarm ||= end - start > 200_000_000n;
}
if (live.some((address) => address < 0)) throw new Error("A pool refused an allocation that it had room for.");
tell(median(times));
