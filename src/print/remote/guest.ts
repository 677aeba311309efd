import type { ConnectionTransport } from "puppeteer";
import type WebSocket from "ws";

/** Puppeteer counts its questions from 1; ours are counted from here. */
const OWN_QUESTIONS = 1_000_000_000;

/** How often a browser that says nothing is asked whether it is there, in milliseconds, and how often in vain. */
const PULSE_MS = 5_000;
const VAIN_PULSES = 4;

/** A message of the DevTools protocol, as far as it is looked at. */
interface Message {
  readonly id?: number;
  readonly method?: string;
  readonly params?: { readonly targetInfo?: TargetInfo; readonly targetId?: string };
  readonly result?: Readonly<Record<string, unknown>>;
  readonly error?: { readonly message?: string };
  readonly sessionId?: string;
}

interface TargetInfo {
  readonly targetId: string;
  readonly type: string;
  readonly browserContextId?: string;
}

/** What waits for an answer. */
interface Waiting {
  resolve(result: Readonly<Record<string, unknown>>): void;
  reject(cause: Error): void;
}

/**
 * Puppeteer's connection to a browser that others use, too. Puppeteer takes a browser for its own: it attaches itself to every
 * page there is or comes, which then waits for it, and a page of another run would stand still while we are busy. Here it
 * sees nothing but the contexts that it made itself. These are made so that the browser removes them, and all pages in them,
 * when the connection ends, however it ends. The browser cannot be ended from here.
 */
export class GuestTransport implements ConnectionTransport {
  onmessage?: (message: string) => void;
  onclose?: () => void;
  readonly #socket: WebSocket;
  readonly #contexts = new Set<string>();
  readonly #targets = new Set<string>();
  /** Puppeteer's questions for a new context. */
  readonly #makingContexts = new Set<number>();
  readonly #waiting = new Map<number, Waiting>();
  readonly #pulse: NodeJS.Timeout;
  /** Rejects when the connection has ended: Puppeteer leaves some of its questions unanswered then. */
  readonly lost: Promise<never>;
  #lose: (cause: Error) => void = () => {};
  #asked = OWN_QUESTIONS;
  /** How many pulses ago something was heard. Not a time: we may have been too busy to hear. */
  #silent = 0;

  constructor(socket: WebSocket) {
    this.#socket = socket;
    this.lost = new Promise((_resolve, reject) => {
      this.#lose = reject;
    });
    this.lost.catch(() => {});
    socket.on("message", (data) => this.#receive(String(data)));
    socket.on("close", () => this.#closed());
    this.#pulse = setInterval(() => this.#feelPulse(), PULSE_MS);
    this.#pulse.unref();
  }

  /** Asks the browser something itself. */
  ask(method: string, params: object = {}): Promise<Readonly<Record<string, unknown>>> {
    const id = ++this.#asked;
    return new Promise((resolve, reject) => {
      this.#waiting.set(id, { resolve, reject });
      this.#send(JSON.stringify({ id, method, params }));
    });
  }

  send(message: string): void {
    // Only what is said to the browser itself is looked at; texts of documents have their quotation marks escaped.
    if (message.includes('"method":"Target.') || message.includes('"method":"Browser.')) this.#sendLookedAt(message);
    else this.#send(message);
  }

  close(): void {
    this.#socket.terminate();
  }

  #sendLookedAt(text: string): void {
    const message = JSON.parse(text) as Message;
    const { id = 0, method, params } = message;
    if (message.sessionId !== undefined) this.#send(text);
    else if (method === "Target.setAutoAttach" || method === "Browser.close")
      this.#deliver(JSON.stringify({ id, result: {} }));
    else if (method === "Target.createBrowserContext") {
      this.#makingContexts.add(id);
      this.#send(JSON.stringify({ ...message, params: { ...params, disposeOnDetach: true } }));
    } else this.#send(text);
  }

  #send(message: string): void {
    // After the end, whoever waits is told by the end.
    if (this.#socket.readyState === this.#socket.OPEN) this.#socket.send(message, () => undefined);
  }

  #receive(text: string): void {
    this.#silent = 0;
    let message: Message;
    try {
      message = JSON.parse(text) as Message;
      if (typeof message !== "object" || message === null) throw new Error("no message");
    } catch {
      // No browser speaks so.
      this.#socket.terminate();
      return;
    }
    if (message.sessionId === undefined && !this.#isForPuppeteer(message)) return;
    this.#deliver(text);
  }

  #deliver(text: string): void {
    // One turn of the loop each, so that whoever waits for a message has run before the next one comes.
    setImmediate(() => this.onmessage?.(text));
  }

  #isForPuppeteer(message: Message): boolean {
    const { id, method } = message;
    if (id !== undefined && id > OWN_QUESTIONS) {
      this.#answered(id, message);
      return false;
    }
    if (id !== undefined) {
      const made = this.#makingContexts.delete(id) ? message.result?.browserContextId : undefined;
      if (typeof made === "string") this.#contexts.add(made);
      return true;
    }
    if (method === "Target.targetCreated") return this.#isOwn(message.params?.targetInfo);
    if (method === "Target.targetInfoChanged") return this.#targets.has(message.params?.targetInfo?.targetId ?? "");
    if (method === "Target.targetDestroyed" || method === "Target.targetCrashed")
      return this.#targets.has(message.params?.targetId ?? "");
    return true;
  }

  #answered(id: number, { result, error }: Message): void {
    const waiting = this.#waiting.get(id);
    this.#waiting.delete(id);
    if (result) waiting?.resolve(result);
    else waiting?.reject(new Error(error?.message ?? "no answer"));
  }

  /** A tab of our own contexts is attached to, as Puppeteer would have had it; the page in it is Puppeteer's matter. */
  #isOwn(target: TargetInfo | undefined): boolean {
    if (!target || !this.#contexts.has(target.browserContextId ?? "")) return false;
    this.#targets.add(target.targetId);
    if (target.type === "tab")
      this.ask("Target.attachToTarget", { targetId: target.targetId, flatten: true }).catch(() => undefined);
    return true;
  }

  /** A network that is gone says nothing, not even that. */
  #feelPulse(): void {
    this.#silent++;
    if (this.#silent > VAIN_PULSES) this.#socket.terminate();
    else if (this.#silent > 1) this.ask("Browser.getVersion").catch(() => undefined);
  }

  #closed(): void {
    clearInterval(this.#pulse);
    const cause = new Error("forbindelsen blev afbrudt, eller det, der svarer, er ikke en browser");
    this.#lose(cause);
    for (const { reject } of this.#waiting.values()) reject(cause);
    this.#waiting.clear();
    setImmediate(() => this.onclose?.());
  }
}
