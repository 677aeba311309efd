import { createHash } from "node:crypto";
import { embeddedFiles } from "./inspect/attachments.ts";
import type { PdfState } from "./reader/document.ts";
import { Malformed } from "./reader/limits.ts";
import type { AttachedReport, FileReport } from "./report.ts";
import { type Finding, open, remark } from "./verdict.ts";

/** How many attached files are judged; a plan has a handful of signatories. */
const MANY = 50;

/**
 * Judges the signed PDFs that are attached to a file, each as a file of its own. What is attached to them is not looked into.
 *
 * @param judge the verdict over one file
 */
export function judgeAttached(state: PdfState, judge: (bytes: Uint8Array) => FileReport): AttachedReport[] {
  const signed = readable(state).flatMap(({ name, bytes }) => (bytes && isSignedPdf(bytes) ? [{ name, bytes }] : []));
  return signed.slice(0, MANY).map(({ name, bytes }) => {
    state.budget.time();
    return { name, sha256: createHash("sha256").update(bytes).digest("hex"), report: judge(bytes) };
  });
}

/**
 * What the attached files' verdicts mean for a file without a signature of its own. Its pages prove nothing, which is said;
 * what somebody signed are the attached files, and the gravest verdict over them is the file's.
 */
export function attachedFindings(attached: readonly AttachedReport[]): Finding[] {
  if (attached.length === 0)
    return [open("ingen-underskrift", "SIGNED_DATA_NOT_FOUND", "Filen har ingen digital underskrift.")];
  const said = remark(
    "underskrifter-i-bilag",
    "Filens egne sider er ikke underskrevet. Det er de vedhæftede filer, der er; dommen gælder dem.",
  );
  const full = attached.length < MANY ? [] : [open("mange-bilag", "GENERIC", `Kun ${MANY} bilag er efterprøvet.`)];
  const worse = attached.flatMap(({ name, report }) => {
    const { indication, sub } = report.verdict;
    if (indication === "TOTAL-PASSED" || sub === undefined) return [];
    const message = `Bilaget ${name}: underskriften ${indication === "TOTAL-FAILED" ? "holder ikke" : "kan ikke afgøres"}.`;
    return [{ code: "bilag-består-ikke", message, verdict: { indication, sub } }];
  });
  return [said, ...full, ...worse];
}

/** One that names a byte range may be signed, even where it is too damaged to say so. */
function isSignedPdf(bytes: Uint8Array): boolean {
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
  return text.subarray(0, 5).toString("latin1") === "%PDF-" && text.includes("/ByteRange");
}

function readable(state: PdfState) {
  try {
    return state.encrypted ? [] : embeddedFiles(state);
  } catch (cause) {
    if (cause instanceof Malformed) return [];
    throw cause;
  }
}
