import * as pulumi from "@pulumi/pulumi";
import { openSite } from "../components/open.ts";
import { buildSite } from "../components/program.ts";
import { showFaults } from "../components/site/show-fault.ts";

/** The stack's name is the site: stacks/<site>/site.yaml. Waivers name rules that the policy pack knows, so ids are not checked here. */
const opened = openSite(import.meta.dirname, pulumi.getStack(), null);
if (!opened.ok) throw new pulumi.RunError(showFaults(opened.faults, opened.source));

export const { site } = await buildSite(opened);
