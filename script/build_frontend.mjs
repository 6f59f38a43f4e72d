// Compiles static/src/main.scss and copies what the two design systems ship, into static/vendor.
import { cpSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { basename, dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import * as sass from "sass";

const root = resolve(dirname(fileURLToPath(import.meta.url)), "..");
const modules = join(root, "node_modules");
const vendor = join(root, "static", "vendor");
const govuk = join(modules, "govuk-frontend", "dist", "govuk");
const moj = join(modules, "@ministryofjustice", "frontend", "moj");

rmSync(vendor, { recursive: true, force: true });
mkdirSync(vendor, { recursive: true });

const entry = join(root, "static", "src", "main.scss");
if (existsSync(entry)) {
  const { css } = sass.compile(entry, {
    // The ministry's styles name GOV.UK's by node_modules/…, others by their package.
    loadPaths: [root, modules],
    style: "compressed",
    quietDeps: true,
  });
  writeFileSync(join(vendor, "mispers.css"), css);
}

// Without their source maps, which name files that are not served.
const copyModule = (from, to) => {
  const text = readFileSync(from, "utf8").replace(/^\/\/# sourceMappingURL=.*$/m, "");
  writeFileSync(join(vendor, to), text);
};
copyModule(join(govuk, "govuk-frontend.min.js"), "govuk-frontend.js");

// Icons only. The crown, the crest and the ministry's logo are not ours to show.
cpSync(join(moj, "assets", "images"), join(vendor, "images"), {
  recursive: true,
  filter: (from) => basename(from) === "images" || basename(from).startsWith("icon-"),
});
