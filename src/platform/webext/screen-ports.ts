import { readScreenHello, SCREEN_PORT, type ScreenHello, type ScreenMessage } from '../../model/screen-events.ts';
import { api } from './api.ts';
import { senderKind, thisExtension } from './sender.ts';

/** One open screen, as the engine host sees it. */
export type Screen = {
  /** Does nothing once the screen has closed. */
  send(message: ScreenMessage): void;
  onClose(then: () => void): void;
};

/** What the engine host does when a screen opens, and when one that is open says something. */
export type ScreenWatcher = {
  readonly opened: (screen: Screen, hello: ScreenHello) => void;
  readonly said: (hello: ScreenHello) => void;
};

/** What the engine host does when a page of ours comes and goes. */
export type PageWatcher = { readonly opened: (name: string) => void; readonly closed: (name: string) => void };

/**
 * Tells the engine host of pages of ours that hold a port open whose name begins with `prefix`; what comes after it is the
 * name of the page. The page hears one word when it is known, and nothing else.
 */
export function listenForPages(prefix: string, { opened, closed }: PageWatcher): void {
  api.runtime.onConnect.addListener((port) => {
    if (!port.name.startsWith(prefix)) return;
    if (port.sender === undefined || senderKind(port.sender, thisExtension()) !== 'ui') {
      port.disconnect();
      return;
    }
    const name = port.name.slice(prefix.length);
    port.onDisconnect.addListener(() => closed(name));
    opened(name);
    port.postMessage('known');
  });
}

/**
 * Has the engine host meet the screens that open, with the first word that each of them says. Only pages of ours are let in. In Chrome the service worker must not
 * call this, or the port would end there. The returned function tells how many screens are open.
 */
export function listenForScreens({ opened, said }: ScreenWatcher): () => number {
  const open = new Set<chrome.runtime.Port>();
  api.runtime.onConnect.addListener((port) => {
    if (port.name !== SCREEN_PORT) return;
    if (port.sender === undefined || senderKind(port.sender, thisExtension()) !== 'ui') {
      port.disconnect();
      return;
    }
    open.add(port);
    port.onDisconnect.addListener(() => open.delete(port));
    const screen: Screen = {
      send: (message) => {
        if (open.has(port)) port.postMessage(message);
      },
      onClose: (then) => port.onDisconnect.addListener(then),
    };
    let isMet = false;
    port.onMessage.addListener((message: unknown) => {
      const hello = readScreenHello(message);
      said(hello);
      if (!isMet) opened(screen, hello);
      isMet = true;
    });
  });
  return () => open.size;
}
