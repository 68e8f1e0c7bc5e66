// Prints "passed failed skipped" of a test report: CTRF, as xunit writes it, or vitest's JSON.
import { readFileSync } from 'node:fs';

const report = JSON.parse(readFileSync(process.argv[2], 'utf8'));
const { passed, failed, skipped } = report.results ? ctrf(report.results.summary) : vitest(report);
console.log(passed, failed, skipped);

function ctrf(sum) {
  return { passed: sum.passed, failed: sum.failed, skipped: sum.tests - sum.passed - sum.failed };
}

function vitest(sum) {
  return { passed: sum.numPassedTests, failed: sum.numFailedTests, skipped: sum.numTotalTests - sum.numPassedTests - sum.numFailedTests };
}
