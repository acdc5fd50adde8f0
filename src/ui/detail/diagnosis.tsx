import type { Finding } from '../../model/transfer-details.ts';
import { Icon, type IconName } from '../components/icon.tsx';
import { sayDetail, stepWords } from '../words/detail-words.ts';
import type { Weight } from '../words/explanation.ts';
import { findingWords } from '../words/finding-words.ts';
import { ADD_SOURCE_FIELD_ID } from './add-source-form.tsx';
import { type Step, stepOf, weightOf } from './diagnosis-steps.ts';
import type { TabProps } from './transfer-detail.tsx';

const ICON: { readonly [W in Weight]: IconName } = { stops: 'alert', waits: 'wait', informs: 'inform' };

/** Why a transfer does not move or is slow, the worst first, each with the next step. Always in sight. */
export function Diagnosis(props: TabProps) {
  const findings = props.model.diagnosis.value;
  const [first, ...others] = findings ?? [];
  return (
    <section class="diagnosis" aria-label={sayDetail('diagnosis')}>
      {first === undefined ? (
        <p class="quiet">{sayDetail(findings === null ? 'diagnosing' : 'nothingFound')}</p>
      ) : (
        <FindingLine finding={first} {...props} />
      )}
      {others.length > 0 && (
        <details class="more-findings">
          <summary class="quiet-summary">{sayDetail.count('moreFindings', others.length)}</summary>
          <ul>
            {others.map((finding) => (
              <li key={JSON.stringify(finding)}>
                <FindingLine finding={finding} {...props} />
              </li>
            ))}
          </ul>
        </details>
      )}
    </section>
  );
}

function FindingLine({ finding, ...props }: TabProps & { readonly finding: Finding }) {
  const { title, next, action } = findingWords(finding);
  const step = stepOf(finding, action, props.transfer.value);
  const weight = weightOf(finding);
  return (
    <div class="finding" data-code={finding.code} data-weight={weight}>
      <Icon name={ICON[weight]} />
      <p>
        <span class="finding-title">{title}</span> <span class="finding-remedy">{next}</span>
      </p>
      {step !== null && (
        <button type="button" class="button button-small" onClick={() => void take(step, props)}>
          {stepWords(step)}
        </button>
      )}
    </div>
  );
}

/** Does the next step, or leads to where it is done. */
async function take(step: Step, { model, transfer, actions }: TabProps): Promise<void> {
  const { id } = transfer.peek();
  switch (step) {
    case 'resume':
    case 'retry':
      await actions.resume(id);
      return model.askNow();
    case 'start-now':
      await actions.startNow(id);
      return model.askNow();
    case 'settings':
      return actions.openSettings();
    case 'free-space':
      return actions.openStorage();
    case 'add-source':
      model.choose('sources');
      return focusSoon(`#${ADD_SOURCE_FIELD_ID}`);
    case 'choose-policy':
      model.choose('overview');
      return focusSoon('.detail .choices .picks select:last-of-type, .detail .choices select');
    case 'limits':
      model.choose('overview');
      return focusSoon('.detail .choices .limit-fields input');
  }
}

/** Puts the focus on what another tab shows, once it is drawn; its figures may still be on their way. */
function focusSoon(selector: string, triesLeft = 40): void {
  requestAnimationFrame(() => {
    const found = document.querySelector<HTMLElement>(selector);
    if (found !== null) {
      found.focus();
      found.scrollIntoView({ block: 'nearest' });
    } else if (triesLeft > 0) focusSoon(selector, triesLeft - 1);
  });
}
