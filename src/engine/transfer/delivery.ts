import { CONTROL_SHARE, type DeliveryReport } from '../../model/delivery-report.ts';
import type { Patience, Policy } from '../../model/policy.ts';
import type { PublishedLink } from '../../model/published-link.ts';
import type { PublisherPatience } from '../../model/publisher-policy.ts';
import type { DeliveryView } from '../../model/transfer-view.ts';
import { isPrivateHost } from '../origin/private-host.ts';
import { type ChosenPatience, patienceOf } from './chosen-patience.ts';
import type { TransferRecord } from './transfer-record.ts';

/** A click in a page, as the browser says, and until when it may become a transfer. Times count from 1970. */
export type ClickedPage = {
  /** Null when it has no address on the web: it counts as public. */
  readonly url: string | null;
  /** In a private window or a container: nobody is told anything. */
  readonly isApart: boolean;
  readonly isPrivateWindow?: boolean;
  readonly clickedAtMs: number;
  readonly giveUpAtMs: number;
};

/** What is remembered of a transfer that a click on a publisher's link began. */
export type Delivery = {
  /** The publisher's server. */
  readonly host: string;
  readonly clickedAtMs: number;
  /** How long it may wait by the publisher's word; null without one, and when the user has chosen for it. */
  readonly patience: PublisherPatience | null;
  /** Time from the click until it was last looked at, pauses left out. */
  readonly spentMs: number;
  /** Whether it may have peers, or is left to its origins to compare with. */
  readonly cohort: DeliveryReport['cohort'];
  /** Who is to be told of its end; null when nobody is, and once it was told. */
  readonly reportUrl: string | null;
};

/**
 * Whether publishers can be told at this address about a click in this page: only by https, except within a local
 * network, and into one only from a page of one.
 */
export function mayReportTo(reportUrl: string, page: Pick<ClickedPage, 'url' | 'isApart'>): boolean {
  const { hostname, protocol } = new URL(reportUrl);
  if (page.isApart) return false;
  return isPrivateHost(hostname) ? isLocal(page) : protocol === 'https:';
}

/** Whether a page is of this machine or of a local network; such pages may lead there. */
export const isLocal = ({ url }: Pick<ClickedPage, 'url'>): boolean =>
  url !== null && isPrivateHost(new URL(url).hostname);

/**
 * The delivery that a click begins. When its end will be told, chance says whether it is one of those that are compared
 * with; nobody is left without peers for nothing.
 */
export function newDelivery(
  link: PublishedLink,
  page: ClickedPage,
  chosen: { readonly sendReports: boolean; readonly random: () => number; readonly spentMs: number },
): Delivery {
  const { fileUrl, reportUrl } = link;
  const isTold = chosen.sendReports && reportUrl !== null && mayReportTo(reportUrl, page);
  return {
    host: new URL(fileUrl).host,
    clickedAtMs: page.clickedAtMs,
    patience: link.policy.patience,
    spentMs: chosen.spentMs,
    cohort: isTold && chosen.random() < CONTROL_SHARE ? 'control' : 'mixed',
    reportUrl: isTold ? reportUrl : null,
  };
}

/** How long a transfer may wait: by its publisher's word, counted from the click, or else by the user's. */
export function patienceInForce({ patience, delivery }: Pick<TransferRecord, 'patience' | 'delivery'>): Patience {
  if (delivery?.patience == null) return patienceOf(patience);
  const { patience: wished, clickedAtMs } = delivery;
  if ('withinS' in wished) return { type: 'deadline', atMs: clickedAtMs + wished.withinS * 1_000 };
  return { type: 'least-rate', bytesPerS: wished.leastBytesPerS };
}

type Policed = Pick<TransferRecord, 'policy' | 'delivery'>;

/**
 * The policy that a transfer runs under. A click on a publisher's link is no consent to be seen by a swarm: until the
 * user shares, the file comes from its origins alone, and at once.
 */
export const policyInForce = (record: Policed, mayShare: boolean): Policy =>
  isLeftAlone(record, mayShare) ? 'peers-off' : record.policy;

/** What the user's own choice changes: a delivery that others are compared with is so no more. */
export const chosenPolicy = ({ delivery }: Pick<Policed, 'delivery'>, policy: Policy): Partial<TransferRecord> =>
  delivery?.cohort === 'control' ? { policy, delivery: { ...delivery, cohort: 'mixed', reportUrl: null } } : { policy };

/** The user's own patience takes the place of the publisher's. */
export const chosenPatience = (
  { delivery }: Pick<Policed, 'delivery'>,
  patience: ChosenPatience,
): Partial<TransferRecord> =>
  delivery == null ? { patience } : { patience, delivery: { ...delivery, patience: null } };

/** Whether a delivery keeps away from peers, also from those that might have its metadata. */
export const isLeftAlone = ({ delivery }: Pick<Policed, 'delivery'>, mayShare: boolean): boolean =>
  delivery != null && (delivery.cohort === 'control' || !mayShare);

/** A delivery as screens see it; null for any other transfer. */
export function deliveryView(
  { delivery }: Pick<Policed, 'delivery'>,
  { mayShare, sendsReports }: { readonly mayShare: boolean; readonly sendsReports: boolean },
): DeliveryView | null {
  if (delivery == null) return null;
  const { host, patience, cohort, reportUrl } = delivery;
  const reportsTo = reportUrl === null || !sendsReports ? null : new URL(reportUrl).host;
  return { host, patience, alone: cohort === 'control' ? 'compared' : mayShare ? null : 'not-sharing', reportsTo };
}
