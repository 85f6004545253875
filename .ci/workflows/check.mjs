// The check itself; .ci/workflow-check installs the packages and starts it with the repository's folder.
import { existsSync, readFileSync, readdirSync, statSync } from "node:fs";
import { join, relative } from "node:path";
import { lint } from "./actionlint.mjs";
import { checkForm, checkFormConfig, checkDependabot } from "./forms.mjs";
import { checkRules, parse, scriptsOf } from "./rules.mjs";
import { shellcheck } from "./shell.mjs";

const root = process.argv[2];
const findings = [];
const report = (file, line, text) => findings.push(`${file}:${line}: ${text}`);
const read = (file) => readFileSync(join(root, file), "utf8");
const yamlFiles = (folder) =>
  existsSync(join(root, folder)) ? readdirSync(join(root, folder)).filter((name) => /\.ya?ml$/.test(name)).sort().map((name) => `${folder}/${name}`) : [];

const workflows = yamlFiles(".github/workflows");
let scripts = 0;
for (const file of workflows) {
  const text = read(file);
  for (const { line, message } of await lint(file, text)) report(file, line, message);
  const workflow = parse(text, (line, message) => report(file, line, message));
  if (!workflow) continue;
  checkRules(workflow, (line, message) => report(file, line, message));
  for (const { line, shell, script } of scriptsOf(workflow)) {
    scripts++;
    for (const found of shellcheck(script, shell)) report(file, line + found.line - 1, found.message);
  }
}

const forms = yamlFiles(".github/ISSUE_TEMPLATE");
for (const file of forms) {
  const form = parse(read(file), (line, message) => report(file, line, message));
  if (form) (file.endsWith("/config.yml") ? checkFormConfig : checkForm)(form, (line, message) => report(file, line, message));
}
for (const file of yamlFiles(".github").filter((name) => name.endsWith("/dependabot.yml"))) {
  const settings = parse(read(file), (line, message) => report(file, line, message));
  if (settings) checkDependabot(settings, (path) => existsSync(join(root, path)), (line, message) => report(file, line, message));
}

const files = scriptFiles(root);
for (const file of files) for (const found of shellcheck(read(file), undefined)) report(file, found.line, found.message);

if (workflows.length === 0) findings.push(".github/workflows has no workflow.");
for (const finding of findings) console.error(finding);
console.log(
  findings.length === 0
    ? `The workflows hold: ${workflows.length} workflows with ${scripts} scripts, ${forms.length} issue forms, ${files.length} bash scripts of the repository.`
    : `The workflows have ${findings.length} mistake${findings.length === 1 ? "" : "s"}.`,
);
process.exit(findings.length === 0 ? 0 : 1);

// Files whose first line names bash or sh.
function scriptFiles(folder) {
  const ignored = new Set(["bin", "obj", ".git", "node_modules", "artifacts", "TestResults", "content"]);
  const found = [];
  const visit = (path) => {
    for (const name of readdirSync(path).sort()) {
      const full = join(path, name);
      const info = statSync(full, { throwIfNoEntry: false });
      if (!info) continue;
      if (info.isDirectory()) {
        if (!ignored.has(name)) visit(full);
      } else if (info.size < 200_000 && (!name.includes(".") || name.endsWith(".sh")) && /^#!.*\b(ba)?sh\b/.test(readFileSync(full, "utf8").split("\n", 1)[0])) {
        found.push(relative(folder, full).replaceAll("\\", "/"));
      }
    }
  };
  visit(folder);
  return found;
}
