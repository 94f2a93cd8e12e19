/** What the palette finds: commands, values, fields, topics of the help and recent archives. */
import { formatCount } from '#core/figures';
import { includeValue } from '#core/query/edit';
import { quoteField } from '#core/query/print';
import { needsNoArchive, runCommand } from '../../keys/commands';
import { focusRegion } from '../../keys/regions';
import { shortcutGroups } from '../../keys/shortcuts';
import type { AppState } from '../../state/app.svelte';
import { languageRows } from '../help/language';
import type { Findable } from '../../lib/ranking';
import { texts } from './texts';

export interface Entry extends Findable {
  readonly kind: keyof typeof texts.kinds;
  /** Beside the label: a number of events, a meaning. */
  readonly detail: string;
  /** The chord of a command. */
  readonly chord: string | null;
  readonly run: () => void;
}

/** Fields that can become a column or a facet here; the pickers list all. */
const mostFields = 300;

/** In the order in which they are shown while nothing is typed. */
export function paletteEntries(app: AppState): readonly Entry[] {
  const always = [...commands(app), ...archives(app)];
  return app.session.isOpen
    ? [...always, ...values(app), ...fields(app), ...topics(app), ...ofTheApp(app)]
    : [...always, ...topics(app), ...ofTheApp(app)];
}

function commands(app: AppState): readonly Entry[] {
  const occasion = app.compare.isOpen ? 'comparison' : 'list';
  return shortcutGroups
    .filter(({ during }) => during === undefined || during === occasion)
    .flatMap(({ title, shortcuts }) =>
      shortcuts.flatMap(({ command, label, chords }): readonly Entry[] => {
        if (command === null || command === 'show-palette') return [];
        if (!app.session.isOpen && !needsNoArchive(command)) return [];
        const run = (): void => void runCommand(command, app);
        return [{ ...plain('command', label, run), detail: title, words: title, weight: 2, chord: chords[0] ?? null }];
      }),
    );
}

function archives(app: AppState): readonly Entry[] {
  return app.session.recent
    .filter(({ available }) => available)
    .map(({ name, sources }) => ({
      ...plain('archive', texts.entries.archive(name), () => {
        void app.session.open(sources.map(({ sourceId }) => sourceId));
      }),
      detail: sources.map(({ label }) => label).join(', '),
    }));
}

/** The values that the facets list: the most frequent of the result. */
function values(app: AppState): readonly Entry[] {
  return app.facets.views.flatMap(({ field, counted }) =>
    (counted?.values ?? [])
      .filter(({ state }) => state === 'none')
      .map(({ value, label, count }) => ({
        ...plain('value', `${field}: ${label}`, () => {
          app.query.edit((text, known) => includeValue(text, known, field, value));
        }),
        words: `${app.fields.label(field)} ${value}`,
        detail: formatCount(count),
      })),
  );
}

function fields(app: AppState): readonly Entry[] {
  // A path is its own label; a short name goes before the paths that hold it, a path of many events before one of few.
  const list = app.fields.list.map((field) =>
    field.label === field.name
      ? { ...field, label: '', weight: 1 + Math.log10(field.events) / 10 }
      : { ...field, weight: 2 },
  );
  const inQuery = list.map(({ name, label, events, weight }) => ({
    ...plain('field', `${quoteField(name)}:`, () => writeField(app, name)),
    words: label,
    weight,
    detail: formatCount(events),
  }));
  const more = list.slice(0, mostFields).flatMap(({ name, label, weight }) => [
    {
      ...plain('column', texts.entries.column(name), () => app.preferences.addColumn(name)),
      words: label,
      weight: weight * 0.6,
    },
    { ...plain('facet', texts.entries.facet(name), () => app.facets.add(name)), words: label, weight: weight * 0.6 },
  ]);
  return [...inQuery, ...more];
}

/** Writes `field:` behind the query, where its values are completed. */
function writeField(app: AppState, name: string): void {
  const { text } = app.query;
  app.query.text = `${text}${text === '' || /\s$/.test(text) ? '' : ' '}${quoteField(name)}:`;
  focusRegion('query');
}

function topics(app: AppState): readonly Entry[] {
  return languageRows.map(({ write, meaning }) => ({
    ...plain('topic', write, () => {
      app.dialog = 'help';
    }),
    words: meaning,
    detail: meaning,
    weight: 0.8,
  }));
}

/** What the desktop app has in its Help menu, and a browser has nowhere else. */
function ofTheApp(app: AppState): readonly Entry[] {
  return (['about', 'licences', 'diagnostics'] as const).map((dialog) =>
    plain('command', texts.entries.ofTheApp[dialog], () => {
      app.dialog = dialog;
    }),
  );
}

function plain(kind: Entry['kind'], label: string, run: () => void): Entry {
  return { kind, label, words: '', detail: '', weight: 1, chord: null, run };
}
