import type { DeliveryReport } from '../../model/delivery-report.ts';
import { type ReportPorts, reportOf, sendReport } from './report-delivery.ts';
import type { TransferBook } from './transfer-book.ts';

export type TellPorts = {
  readonly book: TransferBook;
  readonly ports: ReportPorts;
  /** Whether the user agreed to it. */
  readonly maySendReports: () => boolean;
};

/**
 * Tells the publisher of a delivery how it ended, once, if the user agreed to it. Resolves when nothing more is needed of
 * the store; the report is still on its way then. Never rejects.
 */
export async function tellPublisher(
  { book, ports, maySendReports }: TellPorts,
  result: DeliveryReport['result'],
  prove: (edge: string) => Promise<DeliveryReport['proof']> = async () => null,
): Promise<void> {
  const { delivery } = book.record;
  if (delivery?.reportUrl == null || !maySendReports()) return;
  const { reportUrl } = delivery;
  // Written down before it is sent: a report that is lost is better than one that is counted twice.
  book.remember({ delivery: { ...delivery, reportUrl: null } });
  await book.persist().catch((error: unknown) => console.error('records', String(error)));
  const report = reportOf(book.record, result, await prove(reportUrl));
  void sendReport(reportUrl, report, ports);
}
