/** What a foreign file says, without what a terminal would obey or what turns the direction of a line. */
export function shown(text: string): string {
  return text.replace(/[\p{Cc}\p{Cf}]/gu, "\uFFFD");
}
