import { ProgressBar } from '../components/progress-bar.tsx';
import { Facts } from './facts.tsx';
import { LedgerPart } from './ledger-part.tsx';
import { OwnFiles } from './own-files.tsx';
import { SpeedChart } from './speed-chart.tsx';
import { TransferChoices } from './transfer-choices.tsx';
import type { TabProps } from './transfer-detail.tsx';

/** What a transfer is, how it does, who brings it, and what may be chosen for it. */
export function OverviewTab(props: TabProps) {
  const { model, transfer } = props;
  return (
    <div class="overview">
      <div class="overview-bar">
        <ProgressBar view={transfer.value} />
      </div>
      <Facts {...props} />
      <SpeedChart speeds={model.speeds.value} />
      <LedgerPart {...props} />
      <TransferChoices {...props} />
      <OwnFiles {...props} />
    </div>
  );
}
