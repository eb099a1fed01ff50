import type { MicroUsd } from "../quantity.ts";
import type { AwsResource } from "./resource.ts";

/** Hours of a month as AWS bills it. */
const MONTH_H = 730n;

/** The site's hourly ceiling as a monthly AWS budget over its tag; none where the ceiling is not known. */
export function budgetResources(site: string, perHour: MicroUsd | null, alerts: string): readonly AwsResource[] {
  if (perHour === null) return [];
  const cents = (perHour * MONTH_H) / 10_000n;
  const notice = (notificationType: string, threshold: number) => ({
    comparisonOperator: "GREATER_THAN",
    notificationType,
    threshold,
    thresholdType: "PERCENTAGE",
    subscriberEmailAddresses: [alerts],
  });
  const name = `${site}-cluster-budget`;
  return [
    {
      name,
      type: "aws:budgets/budget:Budget",
      inputs: {
        name,
        budgetType: "COST",
        timeUnit: "MONTHLY",
        limitUnit: "USD",
        limitAmount: `${cents / 100n}.${(cents % 100n).toString().padStart(2, "0")}`,
        costFilters: [{ name: "TagKeyValue", values: [`user:millrace:site$${site}`] }],
        notifications: [notice("FORECASTED", 100), notice("ACTUAL", 80)],
      },
    },
  ];
}
