import { serve } from "../core/work-thread.ts";
import { finishAndTell } from "../pdf/finish/finish.ts";
import type { FinishJob } from "./finish-thread.ts";

/** The thread that finishes prints, started by finish-thread.ts. */
serve(({ printed, facts }: FinishJob) => finishAndTell(printed, facts));
