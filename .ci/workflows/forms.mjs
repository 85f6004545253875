// What GitHub demands of issue forms, of their config.yml and of dependabot.yml. actionlint doesn't read these files.
import { isMap, isSeq } from "yaml";

const formKeys = ["name", "description", "title", "labels", "assignees", "projects", "type", "body"];
const fieldTypes = ["markdown", "input", "textarea", "dropdown", "checkboxes"];
const ecosystems = ["nuget", "github-actions", "npm", "docker", "dotnet-sdk"];
const intervals = ["daily", "weekly", "monthly"];

export function checkForm({ document, line }, report) {
  const form = document.contents;
  if (!isMap(form)) return report(1, "The form isn't a map.");
  unknownKeys(form, formKeys, line, report);
  for (const key of ["name", "description", "body"]) if (!form.has(key)) report(1, `The form has no "${key}".`);
  const body = form.get("body");
  if (!isSeq(body)) return report(1, `"body" isn't a list of fields.`);
  const ids = new Set();
  for (const field of body.items) {
    const type = field.get?.("type");
    if (!fieldTypes.includes(type)) {
      report(line(field), `There is no field of type "${type}". The types are ${fieldTypes.join(", ")}.`);
      continue;
    }
    unknownKeys(field, ["type", "id", "attributes", "validations"], line, report);
    const id = field.get("id");
    if (id !== undefined && ids.has(id)) report(line(field), `Two fields have the id "${id}".`);
    ids.add(id);
    const needed = type === "markdown" ? "value" : "label";
    if (!field.getIn(["attributes", needed])) report(line(field), `The field has no "${needed}" among its attributes.`);
    if ((type === "dropdown" || type === "checkboxes") && !isSeq(field.getIn(["attributes", "options"]))) report(line(field), `The field has no "options".`);
  }
  if (body.items.every((field) => field.get?.("type") === "markdown")) report(1, "The form asks for nothing.");
}

export function checkFormConfig({ document, line }, report) {
  const config = document.contents;
  if (!isMap(config)) return report(1, "The file isn't a map.");
  unknownKeys(config, ["blank_issues_enabled", "contact_links"], line, report);
  const links = config.get("contact_links");
  for (const link of isSeq(links) ? links.items : [])
    for (const key of ["name", "url", "about"]) if (!link.get?.(key)) report(line(link), `The link has no "${key}".`);
}

export function checkDependabot({ document, line }, exists, report) {
  const settings = document.contents;
  if (!isMap(settings)) return report(1, "The file isn't a map.");
  if (settings.get("version") !== 2) report(1, `"version" must be 2.`);
  const updates = settings.get("updates");
  if (!isSeq(updates)) return report(1, `"updates" isn't a list.`);
  for (const update of updates.items) {
    const ecosystem = update.get("package-ecosystem");
    if (!ecosystems.includes(ecosystem)) report(line(update), `"${ecosystem}" isn't an ecosystem of this project. Write one of ${ecosystems.join(", ")}.`);
    if (!intervals.includes(update.getIn(["schedule", "interval"]))) report(line(update), `The schedule has no interval of ${intervals.join(", ")}.`);
    const folders = update.has("directory") ? [update.get("directory")] : isSeq(update.get("directories")) ? update.get("directories").toJSON() : [];
    if (folders.length === 0) report(line(update), `The entry has no "directory".`);
    for (const folder of folders) if (!exists(`.${folder}`)) report(line(update), `There is no folder "${folder}".`);
  }
}

function unknownKeys(map, known, line, report) {
  for (const { key } of map.items) if (!known.includes(key.value)) report(line(key), `There is no key "${key.value}". The keys are ${known.join(", ")}.`);
}
