import { PrintShop } from "../print/print-shop.ts";
import type { Console } from "./console.ts";

/** A shop whose browser can be sent on its way before anything that needs it has been loaded. */
export interface EarlyShop {
  readonly shop: PrintShop;
  /** Begins to start the browser, once. */
  begin(): void;
  /** Settles when the browser's process has been started, or could not be: loading takes the whole thread from then on. */
  underWay(): Promise<void>;
}

/** A shop for a command. Why its browser cannot be started is told by the first print. */
export function earlyShop(override: string | undefined, console: Console, signal: AbortSignal): EarlyShop {
  let onSpawned = () => {};
  const spawned = new Promise<void>((resolve) => {
    onSpawned = resolve;
  });
  const onNotice = (text: string) => console.remark(text);
  const shop = new PrintShop({ override, signal, onNotice, onSpawned: () => onSpawned() });
  const begin = () => void shop.start().catch(() => onSpawned());
  return {
    shop,
    begin,
    underWay: () => {
      begin();
      return spawned;
    },
  };
}
