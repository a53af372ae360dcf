/** One allocator on some workloads: `allocator.js NAME BUDGET-AS-JSON WORKLOAD...` tells a `Measured` for each. */
import { loadAllocator } from "../allocators/catalogue";
import { measure, type MeasureBudget } from "../measure";
import { tell } from "../workerProcess";
import { loadWorkload } from "../workloads/catalogue";

const [name, budget, ...workloads] = process.argv.slice(2);

void loadAllocator(name).then((create) =>
  tell(workloads.map((workload) => measure(create, loadWorkload(workload), JSON.parse(budget) as MeasureBudget))),
);
