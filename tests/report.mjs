// Reads a test report: CTRF, as xunit writes it, or vitest's JSON.
//   report.mjs FILE            prints "passed failed skipped"
//   report.mjs --failed FILE   prints the name of each test that did not pass, and the first lines of why
import { readFileSync } from 'node:fs';

const [file, ...options] = process.argv.slice(2).sort((a, b) => a.startsWith('--') - b.startsWith('--'));
const report = JSON.parse(readFileSync(file, 'utf8'));
const tests = report.results ? ctrf(report.results) : vitest(report);
if (options.includes('--failed')) tests.others.forEach(print);
else console.log(tests.passed, tests.failed, tests.skipped);

function ctrf({ summary, tests }) {
  const others = tests.filter((test) => test.status !== 'passed').map((test) => ({ name: test.name, why: test.message ?? test.status }));
  return { passed: summary.passed, failed: summary.failed, skipped: summary.tests - summary.passed - summary.failed, others };
}

function vitest(sum) {
  const others = sum.testResults
    .flatMap((suite) => (suite.assertionResults.length ? suite.assertionResults : [{ fullName: suite.name, status: suite.status, failureMessages: [suite.message] }]))
    .filter((test) => test.status !== 'passed')
    .map((test) => ({ name: test.fullName, why: test.failureMessages?.[0] ?? test.status }));
  return { passed: sum.numPassedTests, failed: sum.numFailedTests, skipped: sum.numTotalTests - sum.numPassedTests - sum.numFailedTests, others };
}

function print({ name, why }) {
  console.log(name);
  for (const line of why.split('\n').slice(0, 12)) console.log(`    ${line}`);
}
