/** The longest reference text that a signing request to NemLog-in may have, in characters. */
const LONGEST = 50;

/** What the signatory is shown as the name of what is signed: the title, shortened between words where it is too long. */
export function referenceText(title: string): string {
  const whole = title.replace(/\s+/gu, " ").trim();
  if (whole.length <= LONGEST) return whole;
  const room = whole.slice(0, LONGEST - 1);
  const end = room.lastIndexOf(" ");
  // One word of fifty letters is cut where the room ends.
  return `${(end > 0 ? room.slice(0, end) : room).replace(/[\s,;:–-]+$/u, "")}…`;
}
