import type { Signal } from '@preact/signals';
import { type Finding, type Level, levelOf } from '../publishing/server-check/finding.ts';
import { wordsOf } from '../publishing/server-check/finding-words.ts';
import { fixOf, type ServerKind } from '../publishing/server-check/fixes.ts';
import { Icon, type IconName } from '../ui/components/icon.tsx';
import type { AddressModel, AddressState } from './address-model.ts';
import { levelWords, PUBLISH_WORDS } from './publish-words.ts';
import { ServerKindSelect } from './server-kind-select.tsx';

const ICONS: { readonly [L in Level]: IconName } = { ok: 'done', advice: 'inform', problem: 'alert' };

type Props = { readonly address: AddressModel; readonly kind: Signal<ServerKind> };

/** What the check has found, line by line as it comes; when it is over, what needs somebody comes first. */
export function CheckRegion({ address, kind }: Props) {
  const findings = address.findings.value;
  const url = address.url.value;
  const state = address.state.value;
  if (url === null) return null;
  const isChecking = state.phase === 'checking';
  const shown = isChecking ? findings : [...findings].sort(byWeight);
  const ok = shown.filter((finding) => levelOf(finding) === 'ok');
  const others = shown.filter((finding) => levelOf(finding) !== 'ok');
  return (
    <section class="check" aria-label={PUBLISH_WORDS.check}>
      <h3>{PUBLISH_WORDS.check}</h3>
      <p class="quiet check-url" title={url}>
        {url}
      </p>
      {/* What is ready to be taken away comes before what could be done better. */}
      {state.phase === 'published' && others.length > 0 ? (
        <details class="folded">
          <summary>{PUBLISH_WORDS.adviceLines(others.length)}</summary>
          <Lines findings={others} url={url} kind={kind} />
        </details>
      ) : (
        <Lines findings={isChecking ? shown : others} url={url} kind={kind} />
      )}
      {isChecking && <p class="quiet checking">{PUBLISH_WORDS.checking}</p>}
      {!isChecking && ok.length > 0 && (
        <details class="folded fine">
          <summary>{others.length === 0 ? PUBLISH_WORDS.checkedFine : PUBLISH_WORDS.fineLines(ok.length)}</summary>
          <Lines findings={ok} url={url} kind={kind} />
        </details>
      )}
      <Verdict state={state} address={address} />
    </section>
  );
}

const WEIGHTS: { readonly [L in Level]: number } = { problem: 0, advice: 1, ok: 2 };
const byWeight = (a: Finding, b: Finding): number => WEIGHTS[levelOf(a)] - WEIGHTS[levelOf(b)];

type LinesProps = { readonly findings: readonly Finding[]; readonly url: string; readonly kind: Signal<ServerKind> };

function Lines({ findings, ...rest }: LinesProps) {
  return (
    <ul class="findings">
      {findings.map((finding) => (
        <FindingLine key={finding.code} finding={finding} {...rest} />
      ))}
    </ul>
  );
}

type LineProps = { readonly finding: Finding; readonly url: string; readonly kind: Signal<ServerKind> };

function FindingLine({ finding, url, kind }: LineProps) {
  const level = levelOf(finding);
  const { says, why } = wordsOf(finding);
  const fix = fixOf(finding, url);
  return (
    <li data-level={level} data-code={finding.code}>
      <Icon name={ICONS[level]} />
      <div>
        <p>
          <span class="only-spoken">{levelWords(level)} </span>
          {says}
        </p>
        {why !== null && <p class="quiet why">{why}</p>}
        {fix !== null && (
          <details class="fix">
            <summary>{PUBLISH_WORDS.howToFix}</summary>
            <ServerKindSelect kind={kind} />
            {/* Scrollable with the keyboard: its lines are not broken. */}
            {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a scrollable region must be reachable */}
            <pre class="code" tabIndex={0}>
              {fix[kind.value]}
            </pre>
          </details>
        )}
      </div>
    </li>
  );
}

function Verdict({ state, address }: { readonly state: AddressState; readonly address: AddressModel }) {
  if (state.phase !== 'checked') return null;
  const isBlocked = state.verdict === 'blocked';
  return (
    <div class="verdict" data-verdict={state.verdict}>
      <p role="status">{isBlocked ? PUBLISH_WORDS.blocked : PUBLISH_WORDS.doubtful}</p>
      <div class="verdict-buttons">
        <button type="button" class="button" onClick={() => void address.submit()}>
          {PUBLISH_WORDS.checkAgain}
        </button>
        {!isBlocked && (
          <button type="button" class="button button-quiet" onClick={() => void address.publishAnyway()}>
            {PUBLISH_WORDS.publishAnyway}
          </button>
        )}
      </div>
    </div>
  );
}
