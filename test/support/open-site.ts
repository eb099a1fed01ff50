import { labWith } from "./sites.ts";

/** The lab with one thing of each kind open: violated, unproved, waived, and a phase of which less is asked. */
export const OPEN_SITE = labWith(
  [
    'firm: { value: 2 MW, source: "service agreement LAB-SA-12, schedule C: dual feed, either one down" }',
    "firm: unknown",
  ],
  [
    'perHour: { value: $1200, source: "board resolution LAB-BR-7" }',
    'perHour: { value: $1000, source: "board resolution LAB-BR-7" }',
  ],
  [
    `        digest: sha256:8a69ffad015f138d7170c4ddc429e230a3bc1c1719f67e14324749df200a4b90
        source: "multi-platform index of tag v0.30.0, as several public deployments pin it; looked up 2026-11-24"
    - id: deepseek-r1`,
    "    - id: deepseek-r1",
  ],
  [
    "target: { kind: render }",
    `target: { kind: render }

waivers:
  - rule: serving/image-digest
    subject: endpoints.llama-70b
    reason: the registry is being moved
    owner: platform
    ticket: LAB-7
    expires: 2027-01-31`,
  ],
);
