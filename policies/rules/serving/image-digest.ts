import { conditionMessage } from "../../message.ts";
import { readList, readText, UNKNOWN } from "../../registered.ts";
import { type Context, condition, type Rule, type Subject } from "../../rule.ts";
import { type Workload, workloadsOf } from "../../workload.ts";

const PINNED = /@sha256:[0-9a-f]{64}$/;

/** What is pulled is what was judged: every image by digest. */
export const imageDigest: Rule = {
  id: "serving/image-digest",
  enforcement: "mandatory",
  severity: "high",
  mandatoryFrom: "accepted",
  claim: "every image is pinned by digest",
  why: "a tag can be moved to other code between the review and the pull",
  formula: "image ends in @sha256: and 64 hex digits",
  source: "OCI image specification: content digests",
  inputs: "image of every planned endpoint, images of all containers of every registered workload",
  pass: "the image carries its digest",
  fail: "never: an image without digest may be any image, which is unproved",
  unproved: "the digest is not known",
  fix: "look the digest of the tag up in its registry and enter it, with where it was looked up, or carry a waiver",
  manualCheck: "read the digest of the tag in its registry and compare",
  notApplicable: "the site has no endpoint and no registered workload",
  subjects: (context) => [...endpointSubjects(context), ...workloadsOf(context.registered).map(workloadSubject)],
};

/** An endpoint of a phase that is not open is planned only: nothing is pulled, so its finding is advisory by its state. */
const endpointSubjects = ({ plan }: Context): readonly Subject[] =>
  plan.endpoints.map(({ id, image, pool }) => ({
    id: `endpoints.${id}`,
    at: image.digest === null ? image.at : `${image.at}.digest`,
    state: plan.pools.find((each) => each.id === pool)?.state ?? null,
    claim: "all-of",
    unit: "",
    inputs: [
      condition(
        `${image.repository}:${image.tag} has a digest`,
        image.digest === null ? null : true,
        `${image.at}.digest`,
      ),
    ],
    message: () =>
      `endpoint ${id}: ${image.repository}:${image.tag} ${image.digest === null ? "has no digest" : "is pinned by digest"}`,
  }));

function workloadSubject(workload: Workload): Subject {
  const inputs = workload.templates
    .flatMap(({ template }) => imagesOf(template))
    .map((image) =>
      condition(
        `image ${image === UNKNOWN ? "not known yet" : image} is pinned`,
        image !== UNKNOWN && PINNED.test(image) ? true : null,
        workload.urn,
      ),
    );
  const open = inputs.filter(({ value }) => value === null).map(({ name }) => name);
  return {
    id: workload.id,
    at: "serving",
    state: null,
    claim: "all-of",
    unit: "",
    inputs: inputs.length > 0 ? inputs : [condition("its images are known", null, workload.urn)],
    message: () =>
      `${workload.kind} ${workload.name}: ${conditionMessage("every image is pinned by digest")([], [...new Set(open)])}`,
  };
}

function imagesOf(template: unknown): readonly (string | typeof UNKNOWN)[] {
  if (template === undefined || template === null) return [];
  return ["containers", "initContainers", "ephemeralContainers"].flatMap((list) => {
    const containers = readList(template, "spec", list);
    if (containers === UNKNOWN) return [UNKNOWN];
    return containers.map((container) => readText(container, "image") ?? UNKNOWN);
  });
}
