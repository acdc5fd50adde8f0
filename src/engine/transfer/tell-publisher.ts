import type { DeliveryReport } from '../../model/delivery-report.ts';
import type { EnginePorts } from '../ports.ts';
import { reportOf, sendReport } from './report-delivery.ts';
import type { TransferBook } from './transfer-book.ts';

/** @param prove Shows an edge that the file is here; left out where there is nothing to show. */
export type TellPublisher = (
  result: DeliveryReport['result'],
  prove?: (edge: string) => Promise<DeliveryReport['proof']>,
) => Promise<void>;

type Told = { readonly ports: EnginePorts; readonly maySendReports: () => boolean };

/**
 * A function that tells the publisher of a delivery how it ended, once, if the user agreed to it. It resolves when nothing
 * more is needed of the store; the report is still on its way then. It never rejects.
 */
export const publisherTold =
  (book: TransferBook, { ports, maySendReports }: Told): TellPublisher =>
  async (result, prove = async () => null) => {
    const { delivery } = book.record;
    if (delivery?.reportUrl == null || !maySendReports()) return;
    const { reportUrl } = delivery;
    // Written down before it is sent: a report that is lost is better than one that is counted twice.
    book.remember({ delivery: { ...delivery, reportUrl: null } });
    await book.persist().catch((error: unknown) => console.error('records', String(error)));
    const report = reportOf(book.record, result, await prove(reportUrl));
    void sendReport(reportUrl, report, ports);
  };
