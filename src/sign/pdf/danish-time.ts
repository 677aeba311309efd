/** »21. november 2026 kl. 12.34«, as clocks in Denmark show it. */
export function danishTime(time: Date): string {
  const zone = { timeZone: "Europe/Copenhagen" } as const;
  const day = new Intl.DateTimeFormat("da-DK", { ...zone, day: "numeric", month: "long", year: "numeric" });
  const clock = new Intl.DateTimeFormat("da-DK", { ...zone, hour: "2-digit", minute: "2-digit", hourCycle: "h23" });
  return `${day.format(time)} kl. ${clock.format(time).replace(":", ".")}`;
}

/** A moment as PDF writes it (ISO 32000-1, 7.9.4), in universal time. */
export function pdfTime(time: Date): string {
  return `D:${time.toISOString().replace(/[-:T]/g, "").slice(0, 14)}Z`;
}
