/**
 * Where a command comes from, as the engine host is told. `pageUrl` is the address of the page (or the origin of a frame
 * that has no address of its own) and decides whether the link may lead into the local network; null counts as public.
 */
export type CommandSource = { readonly kind: 'ui' } | { readonly kind: 'page'; readonly pageUrl: string | null };
