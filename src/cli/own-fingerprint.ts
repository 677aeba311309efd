/** Given by the launcher (launch.mjs): the hash of the program as it is bundled. */
declare const __ownFingerprint: string;

/** The hash of this program; undefined where it runs from its sources, which any moment may change. */
export function ownFingerprint(): string | undefined {
  return typeof __ownFingerprint === "string" ? __ownFingerprint : undefined;
}
