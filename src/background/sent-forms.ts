const KEEP_MS = 60_000;
const MAX_FORM_CHARS = 65_536;
const MAX_FORMS = 10;

type Fields = Readonly<Record<string, readonly (string | ArrayBuffer)[]>>;
type Form = { readonly body: URLSearchParams; readonly atMs: number; isEncoded: boolean };

/**
 * The forms that pages have just sent, in case an answer to one is a torrent: for a minute, 64 KiB at most, and in
 * memory alone. Only of text fields in the ordinary encoding (`application/x-www-form-urlencoded`): files are never
 * kept, and nothing else is repeated.
 */
export class SentForms {
  readonly #forms = new Map<string, Form>();

  /** A form is being sent; null when it has no fields that can be told. */
  sent(requestId: string, fields: Fields | null, nowMs: number): void {
    for (const [id, { atMs }] of this.#forms) if (nowMs - atMs > KEEP_MS) this.#forms.delete(id);
    if (fields === null || this.#forms.size >= MAX_FORMS) return;
    const body = new URLSearchParams();
    for (const [name, values] of Object.entries(fields)) {
      for (const value of values) {
        if (typeof value !== 'string') return;
        body.append(name, value);
      }
    }
    if (body.toString().length <= MAX_FORM_CHARS) this.#forms.set(requestId, { body, atMs: nowMs, isEncoded: false });
  }

  /** With which type of body it went out. */
  typed(requestId: string, contentType: string): void {
    const form = this.#forms.get(requestId);
    if (form === undefined) return;
    if (/^application\/x-www-form-urlencoded\b/i.test(contentType.trim())) form.isEncoded = true;
    else this.#forms.delete(requestId);
  }

  /** The form of a request, once; null when there is none that may be repeated. */
  take(requestId: string, nowMs: number): URLSearchParams | null {
    const form = this.#forms.get(requestId);
    this.#forms.delete(requestId);
    return form?.isEncoded && nowMs - form.atMs <= KEEP_MS ? form.body : null;
  }
}
