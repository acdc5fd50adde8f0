/**
 * Where a command comes from, as the engine host is told. `pageUrl` is the address of the page (or the origin of a frame
 * that has no address of its own) and decides whether the link may lead into the local network; null counts as public.
 *
 * `isApart`: a private window or a container, whose cookies are its own and of which nobody is told anything. `atMs`:
 * when the background heard of it, in milliseconds since 1970.
 */
export type CommandSource = { readonly kind: 'ui' } | PageSource;

export type PageSource = {
  readonly kind: 'page';
  readonly pageUrl: string | null;
  readonly isApart: boolean;
  readonly atMs: number;
  /** The tab, when the browser names one. */
  readonly tabId?: number | undefined;
  /** Nobody clicked: the browser met it in what a server answered. */
  readonly isUnasked?: boolean;
  /** The page is in a private window, of which nothing is remembered when it closes. */
  readonly isPrivateWindow?: boolean;
};
