import type { Signal } from '@preact/signals';
import { useLayoutEffect, useRef } from 'preact/hooks';
import { Icon } from '../components/icon.tsx';
import type { MenuItem, OpenMenu } from './menu-model.ts';

type Props = { readonly menu: Signal<OpenMenu | null> };

/** Shows the menu that is open, if any. Keys are those of a menu (WAI-ARIA): arrows, Home, End, first letters, Escape. */
export function MenuHost({ menu }: Props) {
  return menu.value === null ? null : <Menu key={menu.value.label} open={menu.value} menu={menu} />;
}

function Menu({ open, menu }: Props & { readonly open: OpenMenu }) {
  const box = useRef<HTMLDivElement>(null);
  const close = () => {
    if (menu.peek() === open) menu.value = null;
    open.returnTo?.focus();
  };
  const entries = () => [...(box.current?.querySelectorAll<HTMLElement>('button') ?? [])];
  useLayoutEffect(() => {
    const element = box.current;
    if (element === null) return;
    place(element, open.at);
    (element.querySelector<HTMLElement>('[aria-checked="true"]') ?? entries()[0])?.focus();
    const closeOutside = (event: Event) => {
      if (!(event.target instanceof Node && element.contains(event.target))) menu.value = null;
    };
    document.addEventListener('pointerdown', closeOutside, true);
    addEventListener('resize', close);
    return () => {
      document.removeEventListener('pointerdown', closeOutside, true);
      removeEventListener('resize', close);
    };
  }, [open]);
  const choose = (item: MenuItem & { kind: 'item' }) => {
    close();
    item.act();
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const all = entries();
    const at = all.indexOf(document.activeElement as HTMLElement);
    const starting = all.findIndex(
      (one, index) => index > at && one.textContent?.trim().toLowerCase().startsWith(event.key.toLowerCase()),
    );
    const to: Readonly<Record<string, number>> = {
      ArrowDown: (at + 1) % all.length,
      ArrowUp: (at - 1 + all.length) % all.length,
      Home: 0,
      End: all.length - 1,
    };
    const next = to[event.key] ?? (event.key.length === 1 && event.key !== ' ' ? starting : -1);
    event.stopPropagation();
    if (event.key === 'Escape' || event.key === 'Tab') close();
    else if (next >= 0) all[next]?.focus();
    else return;
    event.preventDefault();
  };
  return (
    <div ref={box} class="menu" role="menu" aria-label={open.label} tabIndex={-1} onKeyDown={onKeyDown}>
      {open.items.map((item, index) =>
        item.kind === 'line' ? (
          // biome-ignore lint/a11y/useSemanticElements: a menu may hold no <hr>
          <div key={`line ${index}`} class="menu-line" role="separator" />
        ) : (
          <button
            key={item.label}
            type="button"
            tabIndex={-1}
            {...roleOf(item)}
            data-danger={item.isDanger}
            onClick={() => choose(item)}
            onPointerMove={(event) => event.currentTarget.focus()}
          >
            {item.isChecked === undefined
              ? item.icon && <Icon name={item.icon} />
              : item.isChecked && <Icon name="done" />}
            <span>{item.label}</span>
            {item.keys !== undefined && <span class="menu-keys">{item.keys}</span>}
          </button>
        ),
      )}
    </div>
  );
}

const roleOf = ({ isChecked }: MenuItem & { kind: 'item' }) =>
  isChecked === undefined
    ? { role: 'menuitem' as const }
    : { role: 'menuitemradio' as const, 'aria-checked': isChecked };

/** Puts the menu where it was asked for, and wholly into the window. */
function place(element: HTMLElement, { x, y }: OpenMenu['at']): void {
  const { width, height } = element.getBoundingClientRect();
  const start = document.documentElement.dir === 'rtl' ? x - width : x;
  element.style.left = `${Math.max(Math.min(start, innerWidth - width - 4), 4)}px`;
  element.style.top = `${Math.max(Math.min(y, innerHeight - height - 4), 4)}px`;
}
