import { STORAGE_ID } from '../ui/totals/storage-part.tsx';

/** The view asks the engine before it has anything to show. */
const LONGEST_WAIT_MS = 5_000;

/** Goes to the totals, and there to what the store holds, as soon as it is drawn. */
export function showStorage(): void {
  location.hash = 'totals';
  const gaveUpAtMs = performance.now() + LONGEST_WAIT_MS;
  const look = () => {
    const part = document.getElementById(STORAGE_ID);
    if (part !== null) part.scrollIntoView();
    else if (performance.now() < gaveUpAtMs) requestAnimationFrame(look);
  };
  look();
}
