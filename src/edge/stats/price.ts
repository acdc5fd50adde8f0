import type { IncomingMessage, ServerResponse } from 'node:http';
import * as v from 'valibot';
import { readText, sendJson, sendText } from './answer.ts';
import { type Book, PRICE } from './book.ts';

const MAX_BYTES = 1024;

/** `GET /api/price` tells the price or null; `PUT` sets it, as `{"perGB": 0.05, "currency": "EUR"}`. */
export async function answerPrice(request: IncomingMessage, response: ServerResponse, book: Book): Promise<void> {
  if (request.method !== 'PUT') return sendJson(response, await book.price());
  const price = v.safeParse(v.pipe(v.string(), v.parseJson(), PRICE), await readText(request, MAX_BYTES));
  if (!price.success) return sendText(response, 400, `this is no price: ${price.issues[0].message}`);
  await book.setPrice(price.output);
  sendJson(response, price.output);
}
