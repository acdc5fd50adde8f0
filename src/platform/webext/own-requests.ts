/** What a service worker has, as far as it is used here: pages and workers are compiled with the types of pages. */
type FetchEvent = Event & {
  readonly request: Request;
  readonly clientId: string;
  respondWith(answer: Promise<Response>): void;
};
type InstallEvent = Event & { addRoutes?(rules: object): Promise<void> };
type Client = { readonly url: string };
type ServiceWorkerScope = {
  readonly location: { readonly origin: string };
  readonly clients: { get(id: string): Promise<Client | undefined> };
  addEventListener(type: 'fetch', listener: (event: FetchEvent) => void): void;
  addEventListener(type: 'install', listener: (event: InstallEvent) => void): void;
};

/**
 * Has the background answer what our own pages ask of addresses of ours that begin with `path`. Only Chrome's background
 * is a service worker and can; in Firefox nothing is asked. Call it at once when the script runs.
 */
export function answerOwnRequests(path: string, answer: (request: Request) => Response): void {
  if (!('ServiceWorkerGlobalScope' in globalThis)) return;
  const scope = globalThis as unknown as ServiceWorkerScope;
  const { origin } = scope.location;
  // Everything else our pages load is files, and must not wait for a service worker that sleeps.
  scope.addEventListener('install', (event) => {
    const files = { condition: { not: { urlPattern: { pathname: `${path}*` } } }, source: 'network' };
    void event.addRoutes?.([files]).catch((error: unknown) => console.warn('routes', String(error)));
  });
  scope.addEventListener('fetch', (event) => {
    if (!event.request.url.startsWith(`${origin}${path}`)) return;
    const isOurs = scope.clients.get(event.clientId).then((client) => client?.url.startsWith(`${origin}/`) ?? false);
    event.respondWith(isOurs.then((ours) => (ours ? answer(event.request) : new Response(null, { status: 403 }))));
  });
}
