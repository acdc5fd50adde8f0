/** Where something that is added came from, by the browser's word: decides what it may lead to and whether to ask. */
export type Provenance = {
  /** It may lead into the local network: the user gave it by hand, or its page is of this machine or network itself. */
  readonly isLocal: boolean;
  /** Host of the page that the user clicked in, for rules by site; null for what the user gave by hand. */
  readonly site: string | null;
  /**
   * Nobody clicked: the browser met it in what a server answered. The user is asked, whatever `askFirst` says; only a
   * site that may start at once is not asked about.
   */
  readonly isUnasked?: boolean;
  /** Its page is in a private window: it is forgotten when the last of these closes. */
  readonly isPrivateWindow?: boolean;
};

/** Typed, pasted, dropped or picked. */
export const BY_HAND: Provenance = { isLocal: true, site: null };

/** From another program, or from whoever made the browser open our page with it. */
export const FROM_OUTSIDE: Provenance = { isLocal: false, site: null, isUnasked: true };
