import { captureLink, deliverLink, isExtensionAlive } from '../platform/webext/page-link.ts';
import { linkToCapture } from './link-to-capture.ts';
import { wasTaken } from './was-taken.ts';

/** One listener for the whole page: links cost nothing until one is clicked, and a page has nothing to see. */
window.addEventListener('click', onClick, { capture: true });

let isFollowing = false;

function onClick(event: MouseEvent): void {
  if (isFollowing) return;
  const link = linkToCapture(event, event.composedPath() as Element[], document.baseURI);
  if (link === null) return;
  if (!isExtensionAlive()) {
    window.removeEventListener('click', onClick, { capture: true });
    return;
  }
  event.preventDefault();
  event.stopImmediatePropagation();
  const asked = link.published === null ? captureLink(link.url) : deliverLink(link.published);
  void asked.then((reply) => {
    if (!wasTaken(reply)) follow(link.element);
  });
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
