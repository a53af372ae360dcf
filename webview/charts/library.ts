/** Whatever draws with chart.js: a file of its own beside the panel's, loaded with the first chart. */
export { BarChart } from "../compare/BarChart";
export { LineChart } from "../compare/LineChart";
export { StepChart } from "../timeline/StepChart";
