// The project's own rules for workflows, beside those of actionlint.
import { LineCounter, isMap, isScalar, isSeq, parseDocument } from "yaml";

/** A file with the lines of its nodes; undefined when it isn't YAML. */
export function parse(text, report) {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines });
  if (document.errors.length > 0) {
    const [{ pos, message }] = document.errors; // The others follow from it.
    report(lines.linePos(pos[0]).line, message.split("\n")[0]);
    return undefined;
  }
  const line = (node) => (node?.range ? lines.linePos(node.range[0]).line : 1);
  return { document, line };
}

export function checkRules({ document, line }, report) {
  for (const name of ["permissions", "concurrency"])
    if (!document.has(name)) report(1, `The workflow has no "${name}". Write it beside "on".`);
  const permissions = document.get("permissions", true);
  if (isScalar(permissions) && permissions.value === "write-all") report(line(permissions), `"write-all" gives each job everything. Name what a job needs.`);
  for (const { name, job } of jobsOf(document)) {
    if (!isMap(job)) continue;
    if (!job.has("timeout-minutes") && !job.has("uses")) report(line(job), `The job "${name}" has no "timeout-minutes".`);
    for (const step of stepsOf(job)) checkStep(step, line, report);
  }
}

function checkStep(step, line, report) {
  const uses = step.get("uses", true);
  if (isScalar(uses) && !String(uses.value).startsWith("./")) {
    if (!/@[0-9a-f]{40}$/.test(uses.value)) report(line(uses), `"${uses.value}" isn't pinned. Write the full hash of a commit, and the version in a comment.`);
    else if (!/^ v\d/.test(uses.comment ?? "")) report(line(uses), `"${uses.value}" has no comment with its version. Write "# v1.2.3" behind it.`);
    if (/^actions\/checkout@/.test(uses.value) && step.getIn(["with", "persist-credentials"]) !== false)
      report(line(uses), `The checkout leaves its token in the clone. Write "persist-credentials: false".`);
  }
  const run = step.get("run", true);
  if (isScalar(run) && String(run.value).includes("${{")) report(line(run), `The script has an expression in it. Pass it by "env", so that no text of a visitor becomes a command.`);
}

/** The shell scripts of a workflow's steps, with the line that each starts in. Scripts of PowerShell are left out. */
export function* scriptsOf({ document, line }) {
  for (const { job } of jobsOf(document)) {
    if (!isMap(job)) continue;
    for (const step of stepsOf(job)) {
      const run = step.get("run", true);
      if (!isScalar(run)) continue;
      const shell = String(step.get("shell") ?? job.getIn(["defaults", "run", "shell"]) ?? document.getIn(["defaults", "run", "shell"]) ?? "bash").split(" ")[0];
      if (shell !== "bash" && shell !== "sh") continue;
      yield { line: line(run) + (run.type === "BLOCK_LITERAL" || run.type === "BLOCK_FOLDED" ? 1 : 0), shell, script: String(run.value).replace(/\$\{\{.*?\}\}/gs, (text) => text.replace(/[^\n]/g, "_")) };
    }
  }
}

function* jobsOf(document) {
  const jobs = document.get("jobs");
  if (isMap(jobs)) for (const { key, value } of jobs.items) yield { name: String(key.value), job: value };
}

function stepsOf(job) {
  const steps = job.get("steps");
  return isSeq(steps) ? steps.items.filter(isMap) : [];
}
