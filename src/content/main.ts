import { areLinksLeft, captureLink, deliverLink, isExtensionAlive } from '../platform/webext/page-link.ts';
import { leftLinks } from './left-links.ts';
import { linkInPath, linkToCapture } from './link-to-capture.ts';
import { wasTaken } from './was-taken.ts';

/** What comes before a click: of a mouse, of a finger, of the keyboard. */
const POINTINGS = ['mouseover', 'pointerdown', 'focusin'];

/** A few listeners for the whole page: links cost nothing until one is pointed at, and a page has nothing to see. */
const listening = new AbortController();
const { signal } = listening;
window.addEventListener('click', onClick, { capture: true, signal });
for (const pointing of POINTINGS)
  window.addEventListener(pointing, onPointing, { capture: true, passive: true, signal });

const left = leftLinks({ ask: areLinksLeft, nowMs: () => performance.now() });
let isFollowing = false;

function onPointing(event: Event): void {
  if (!event.isTrusted) return;
  if (linkInPath(event.composedPath() as Element[], document.baseURI) !== null && isStillHere()) left.pointed();
}

function onClick(event: MouseEvent): void {
  if (isFollowing || left.areLeft()) return;
  const link = linkToCapture(event, event.composedPath() as Element[], document.baseURI);
  if (link === null || !isStillHere()) return;
  event.preventDefault();
  event.stopImmediatePropagation();
  const asked = link.published === null ? captureLink(link.url) : deliverLink(link.published);
  void asked.then((reply) => {
    if (!wasTaken(reply)) follow(link.element);
  });
}

/** Whether anybody would answer; if not, the page is left alone for good. */
function isStillHere(): boolean {
  const isAlive = isExtensionAlive();
  if (!isAlive) listening.abort();
  return isAlive;
}

/** The browser's own way: the same click again, which this time passes, with the link's target and the page's handlers. */
function follow(link: Element): void {
  isFollowing = true;
  try {
    link.dispatchEvent(new MouseEvent('click', { bubbles: true, cancelable: true, composed: true, view: window }));
  } finally {
    isFollowing = false;
  }
}
