import { daysBetween, isDay } from "./day.ts";

const SHAPE = /^(\d{4}-\d{2}-\d{2})T(\d{2}):(\d{2})(?:Z|([+-])(\d{2}):(\d{2}))$/;
const DAY_MIN = 1_440;
const EPOCH = "1970-01-01";

/** Minutes since 1970 in UTC of "2026-12-01T06:30-05:00"; null where it is no instant that the calendar and the clock have. */
export function minuteOf(text: string): number | null {
  const [, day = "", hours = "", minutes = "", sign, offsetHours = "00", offsetMinutes = "00"] = SHAPE.exec(text) ?? [];
  if (!isDay(day) || Number(hours) > 23 || Number(minutes) > 59) return null;
  if (Number(offsetHours) > 14 || Number(offsetMinutes) > 59) return null;
  const offset = (Number(offsetHours) * 60 + Number(offsetMinutes)) * (sign === "-" ? -1 : 1);
  return startOf(day) + Number(hours) * 60 + Number(minutes) - offset;
}

/** First minute of a day in UTC. */
export const startOf = (day: string): number => daysBetween(EPOCH, day) * DAY_MIN;

/** "2026-12-01 11:00 UTC (06:00 in America/New_York)": as it is known, and as the clock of the place shows it. */
export function showMinute(minute: number, timeZone: string): string {
  const date = new Date(minute * 60_000);
  const [day, time] = date.toISOString().slice(0, 16).split("T");
  const local = new Intl.DateTimeFormat("en-GB", { timeZone, hour: "2-digit", minute: "2-digit", hourCycle: "h23" });
  return `${day} ${time} UTC (${local.format(date)} in ${timeZone})`;
}
