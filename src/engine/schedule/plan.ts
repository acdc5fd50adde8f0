import { Draft } from './draft.ts';
import { planOrigins } from './plan-origins.ts';
import { planPeers } from './plan-peers.ts';
import type { Decision, PlanView } from './plan-view.ts';

/**
 * Decides what to ask for now, and of whom: origins stream long runs from the front, peers bring the rarest pieces,
 * whoever is idle takes over from whoever is slow, and what little is left is asked for twice within a fixed waste.
 * Pure: same view, same decisions, in the order in which they are to be carried out; the view is not modified.
 */
export function plan(view: PlanView): Decision[] {
  const draft = new Draft(view);
  planPeers(draft);
  planOrigins(draft);
  return draft.decisions;
}
