// Mocha takes a reporter from a whole module, so the named export is handed over here.
module.exports = require("./SummaryReporter.ts").SummaryReporter;
