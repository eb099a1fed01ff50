import type { NetBoxFile } from "../../components/netbox/records.ts";
import type { Faulty } from "../../components/open.ts";
import { summaryOf } from "../../policies/check.ts";
import { shownFaults } from "./faults-json.ts";
import { inertJson } from "./inert-json.ts";
import type { NetBoxJudged } from "./netbox-text.ts";

const NETBOX_VERSION = "millrace/netbox/v1";

/** `netbox --format json`: one document, as cli/schemas/netbox.schema.json describes it. */
export function netboxJson({ files, placed }: NetBoxJudged): string {
  const { verdict, counts } = summaryOf(placed.map(({ finding }) => finding));
  const document = {
    apiVersion: NETBOX_VERSION,
    verdict,
    counts,
    deviceTypes: files.flatMap(({ deviceTypes, source }) =>
      deviceTypes.map(({ slug, model, at }) => ({ slug, model, at: { path: at, ...source.locate(at) } })),
    ),
    feeds: files.flatMap(feedsOf),
    findings: placed.map(({ finding, source }) => ({
      ...finding,
      at: { path: finding.at, ...source.locate(finding.at) },
    })),
  };
  return inertJson(JSON.stringify(document, null, 2));
}

const feedsOf = ({ feeds, source }: NetBoxFile) =>
  feeds.map(({ site, panel, rack, name, role, inService, available, at }) => ({
    site,
    panel,
    rack,
    name,
    type: role,
    inService,
    availableWatts: available,
    at: { path: at, ...source.locate(at) },
  }));

/** Faults of all files as one document. */
export const netboxFaultsJson = (faulty: readonly Faulty[]): string =>
  inertJson(
    JSON.stringify({ apiVersion: NETBOX_VERSION, verdict: "bad-input", faults: faulty.flatMap(shownFaults) }, null, 2),
  );
