/**
 * The time that a signature's dictionary claims (/M, ISO 32000-2, table 255), which PAdES uses in place of CMS' signing time (ETSI EN
 * 319 142-1, 5.3); undefined for what is no date (ISO 32000-2, 7.9.4). Without an offset it is taken as UTC.
 */
export function claimedTime(text: string | undefined): Date | undefined {
  const match = /^D:(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)(?:Z|([+-])(\d\d)'?(\d\d)?)?/.exec(text ?? "");
  if (!match) return undefined;
  const [, year, month, day, hour, minute, second, sign, hours = "0", minutes = "0"] = match;
  const local = `${year}-${month}-${day}T${hour}:${minute}:${second}Z`;
  const offset = (Number(hours) * 60 + Number(minutes)) * (sign === "-" ? -1 : 1) * (sign ? 1 : 0);
  const time = new Date(Date.parse(local) - offset * 60_000);
  return Number.isNaN(time.getTime()) ? undefined : time;
}
