/** Options of every chart: nothing is animated, the stage sets the size, and what is pointed at the panel itself follows. */
export const stillChart = { animation: false as const, responsive: true, maintainAspectRatio: false, events: [] };
