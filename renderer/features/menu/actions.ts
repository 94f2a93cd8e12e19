/** All that the context menu offers, in its order, wherever it is opened. */
import { isSameField } from '#core/fields';
import { addClause, clearField, withTimeRange } from '#core/query/edit';
import { excludeGroup } from '#core/query/group-edit';
import { formatIso } from '#core/time';
import type { AppState } from '../../state/app.svelte';
import type { FieldValue, MenuTarget } from '../../state/context-menu.svelte';
import { copyAsJson, copyAsTable } from '../../state/copy-events';
import { pivots } from '../../state/pivots';
import type { IconName } from '../../ui/icons';
import { texts } from './texts';

export type MenuActionId =
  | ('and' | 'without' | 'only')
  | ('facet-up' | 'facet-down' | 'facet-remove')
  | ('column' | 'facet' | 'group')
  | 'around'
  | ('copy' | 'copy-table' | 'copy-json');

export interface MenuAction {
  /** A line parts the sections. */
  readonly section: 'filter' | 'order' | 'field' | 'time' | 'copy';
  readonly icon?: IconName;
  /** As in the list of shortcuts. */
  readonly chord?: string;
  readonly label: (target: MenuTarget, app: AppState) => string;
  /** Whether it is offered there at all. */
  readonly isOffered: (target: MenuTarget, app: AppState) => boolean;
  /** Whether it can be done; where it cannot, it is shown as such. */
  readonly canRun?: (target: MenuTarget, app: AppState) => boolean;
  readonly run: (target: MenuTarget, app: AppState) => void;
}

const isPivot = ({ values, span }: MenuTarget): boolean => values !== undefined || span !== undefined;
const canPivot = ({ span, canFilter }: MenuTarget): boolean => span !== undefined || canFilter === true;
/** Several values are a group, whose fields stand beside each other already. */
const fieldOf = ({ values }: MenuTarget): string | null => (values?.length === 1 ? (values[0]?.field ?? null) : null);
const hasColumn = (field: string, app: AppState): boolean =>
  app.preferences.columns.some((column) => isSameField(column.field, field));
const namesOf = (values: readonly FieldValue[], app: AppState): string =>
  values.map(({ field }) => app.fields.label(field)).join(' × ');

export const menuActions = {
  and: {
    section: 'filter',
    icon: 'filter',
    label: ({ span }) => texts.and[span === undefined ? 'value' : 'span'],
    isOffered: isPivot,
    canRun: canPivot,
    run: ({ values = [], span }, app) => {
      if (span !== undefined) app.zoomTo(span);
      else
        app.query.edit((text, known) =>
          values.reduce((edited, { field, text: value }) => pivots.require(edited, known, field, value), text),
        );
    },
  },
  without: {
    section: 'filter',
    icon: 'filter-off',
    label: ({ span }) => texts.without[span === undefined ? 'value' : 'span'],
    isOffered: isPivot,
    canRun: canPivot,
    run: ({ values = [], span }, app) => {
      const group = values.map(({ field, text: value }) => ({ field, value }));
      app.query.edit((text, known) =>
        span === undefined
          ? excludeGroup(text, known, group)
          : addClause(text, known, withTimeRange('', known, span), true),
      );
    },
  },
  only: {
    section: 'filter',
    label: ({ values, span }, app) =>
      span === undefined ? texts.only.value(namesOf(values ?? [], app)) : texts.only.span,
    isOffered: isPivot,
    canRun: canPivot,
    run: ({ values = [], span }, app) => {
      if (span !== undefined) app.showOnly(span);
      else
        app.query.edit((text, known) => {
          const cleared = values.reduce((edited, { field }) => clearField(edited, known, field), text);
          return values.reduce((edited, { field, text: value }) => pivots.only(edited, known, field, value), cleared);
        });
    },
  },
  'facet-up': {
    section: 'order',
    icon: 'arrow-up',
    chord: 'Alt+ArrowUp',
    label: () => texts.facetUp,
    isOffered: ({ facet }) => facet !== undefined,
    canRun: ({ facet }, app) => app.preferences.facets[0] !== facet,
    run: ({ facet = '' }, app) => app.facets.move(facet, -1),
  },
  'facet-down': {
    section: 'order',
    icon: 'arrow-down',
    chord: 'Alt+ArrowDown',
    label: () => texts.facetDown,
    isOffered: ({ facet }) => facet !== undefined,
    canRun: ({ facet }, app) => app.preferences.facets.at(-1) !== facet,
    run: ({ facet = '' }, app) => app.facets.move(facet, 1),
  },
  'facet-remove': {
    section: 'order',
    icon: 'close',
    label: () => texts.facetRemove,
    isOffered: ({ facet }) => facet !== undefined,
    run: ({ facet = '' }, app) => app.facets.remove(facet),
  },
  column: {
    section: 'field',
    icon: 'column',
    label: () => texts.column,
    isOffered: (target, app) => {
      const field = fieldOf(target);
      return field !== null && target.canFilter === true && !hasColumn(field, app);
    },
    run: (target, app) => {
      const field = fieldOf(target);
      if (field === null) return;
      app.preferences.addColumn(field);
      app.toasts.show(texts.columnAdded(app.fields.label(field)));
    },
  },
  facet: {
    section: 'field',
    icon: 'facet',
    label: () => texts.facet,
    isOffered: (target, app) => {
      const field = fieldOf(target);
      return field !== null && target.canFilter === true && !app.preferences.facets.includes(field);
    },
    run: (target, app) => {
      const field = fieldOf(target);
      if (field === null) return;
      app.facets.add(field);
      app.toasts.show(texts.facetAdded(app.fields.label(field)));
    },
  },
  group: {
    section: 'field',
    icon: 'group',
    label: (target, app) => texts.group(app.fields.label(target.facet ?? fieldOf(target) ?? '')),
    isOffered: (target) => target.facet !== undefined || (fieldOf(target) !== null && target.canFilter === true),
    run: (target, app) => {
      const field = target.facet ?? fieldOf(target);
      if (field !== null) app.groups.open([field]);
    },
  },
  around: {
    section: 'time',
    label: ({ span }) => texts.around[span === undefined ? 'event' : 'span'],
    isOffered: ({ time, span }) => time !== undefined || span !== undefined,
    canRun: ({ time, span }) => typeof time === 'number' || span !== undefined,
    run: ({ time, span }, app) => {
      if (span !== undefined) app.showAround(span.from, span.to);
      else if (typeof time === 'number') app.showAround(time);
    },
  },
  copy: {
    section: 'copy',
    icon: 'copy',
    label: ({ span }) => (span === undefined ? texts.copyValue : texts.copySpan),
    isOffered: isPivot,
    run: ({ values = [], span }, app) => {
      const text =
        span === undefined
          ? values.map((value) => value.text).join('\t')
          : `${formatIso(span.from)}/${formatIso(span.to)}`;
      void app.toasts.copy(text, texts.copied[span === undefined ? 'value' : 'span']);
    },
  },
  'copy-table': {
    section: 'copy',
    icon: 'copy',
    chord: 'Mod+c',
    label: (_target, app) => texts.copyTable(app.selection.chosen.length),
    isOffered: ({ isRow }) => isRow === true,
    run: (_target, app) => void copyAsTable(app),
  },
  'copy-json': {
    section: 'copy',
    label: (_target, app) => texts.copyJson(app.selection.chosen.length),
    isOffered: ({ isRow }) => isRow === true,
    run: (_target, app) => void copyAsJson(app),
  },
} as const satisfies Record<MenuActionId, MenuAction>;

/** What is offered on a target, in order. */
export function actionsOn(target: MenuTarget, app: AppState): readonly (readonly [MenuActionId, MenuAction])[] {
  const all = Object.entries(menuActions) as readonly (readonly [MenuActionId, MenuAction])[];
  return all.filter(([, action]) => action.isOffered(target, app));
}

/** The value, or values, that a menu is about, in words; null for a row or a bar as such. */
export function headingOf({ values, facet }: MenuTarget, app: AppState): string | null {
  if (facet !== undefined) return app.fields.label(facet);
  if (values === undefined) return null;
  return values
    .map(({ field, text }) => texts.value(app.fields.label(field), text === '' ? texts.emptyValue : text))
    .join(', ');
}
