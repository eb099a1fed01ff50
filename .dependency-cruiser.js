/** The arrows of the design: quantity ← catalog, site ← domains ← plan ← policies ← cli; stacks sees components only. */
const DOMAINS = "^components/(compute|power|cooling|network|serving|cost|aws)/";

/** @type {import("dependency-cruiser").IConfiguration} */
export default {
  forbidden: [
    {
      name: "no-cycles",
      severity: "error",
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ["type-only"] } },
    },
    { name: "no-orphans", severity: "error", from: { orphan: true, path: "^(components|policies|cli)/" }, to: {} },
    {
      name: "quantity-stands-alone",
      severity: "error",
      from: { path: "^components/quantity\\.ts$" },
      to: { path: "^(components|policies|cli|stacks)/" },
    },
    {
      name: "catalog-and-site-below-the-domains",
      comment: "The blueprint's schema is composed of the domains' own schema.ts.",
      severity: "error",
      from: { path: "^components/(catalog|site)/" },
      to: {
        path: "^components/",
        pathNot: ["^components/(catalog|site)/", "^components/quantity\\.ts$", `${DOMAINS}schema\\.ts$`],
      },
    },
    {
      name: "schemas-are-leaves",
      severity: "error",
      from: { path: `${DOMAINS}schema\\.ts$` },
      to: { path: "^components/", pathNot: "^components/(quantity|site/fields)\\.ts$" },
    },
    {
      name: "domains-below-the-plan",
      comment: "plan-types.ts is the shape they fill, types only.",
      severity: "error",
      from: { path: DOMAINS },
      to: { path: "^components/(plan|plan-json|open|objects|program|component)\\.ts$" },
    },
    {
      name: "components-see-no-policies",
      severity: "error",
      from: { path: "^components/" },
      to: { path: "^(policies|cli|stacks)/" },
    },
    { name: "policies-see-no-cli", severity: "error", from: { path: "^policies/" }, to: { path: "^(cli|stacks)/" } },
    {
      name: "stacks-see-components-only",
      severity: "error",
      from: { path: "^stacks/" },
      to: { path: "^(policies|cli)/" },
    },
    {
      name: "pulumi-in-components-only",
      comment: "What plan and check load never pays for the SDK.",
      severity: "error",
      from: {
        path: "^(components|policies|cli)/",
        pathNot: [
          "^components/component\\.ts$",
          "^components/[a-z]+/component\\.ts$",
          "^components/(program|(aws/)?register)\\.ts$",
          "^policies/(index|pack/.*)\\.ts$",
          "^cli/(engine|render)/",
        ],
      },
      to: { path: "node_modules/@pulumi/", dependencyTypesNot: ["type-only"] },
    },
    {
      name: "files-only-at-the-edge",
      severity: "error",
      from: { path: "^components/", pathNot: "^components/(site|catalog)/load\\.ts$" },
      to: { path: "^(node:)?(fs|fs/promises|child_process|net|http|https)$" },
    },
    {
      name: "no-tests-in-the-product",
      severity: "error",
      from: { path: "^(components|policies|cli|stacks)/" },
      to: { path: "^test/" },
    },
    {
      name: "no-dev-dependency-in-the-product",
      severity: "error",
      from: { path: "^(components|policies|cli|stacks)/" },
      to: { dependencyTypes: ["npm-dev", "npm-no-pkg", "unknown"] },
    },
  ],
  options: {
    doNotFollow: { path: "node_modules" },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: "tsconfig.json" },
    enhancedResolveOptions: {
      extensions: [".ts", ".js", ".mjs", ".json"],
      exportsFields: ["exports"],
      conditionNames: ["node", "import", "require", "default"],
    },
  },
};
