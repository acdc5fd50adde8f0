import { IconButton } from '../components/icon-button.tsx';
import { sayDetail } from '../words/detail-words.ts';
import type { TabProps } from './transfer-detail.tsx';

type Props = Pick<TabProps, 'actions' | 'announce'> & {
  readonly text: string;
  /** What it does: "Copy the address". */
  readonly name: string;
};

/** Copies a text, and says so. */
export function CopyButton({ text, name, actions, announce }: Props) {
  const copy = async () => announce(sayDetail((await actions.copyText(text)) ? 'copied' : 'notCopied'));
  return <IconButton icon="paste" name={name} onClick={() => void copy()} />;
}
