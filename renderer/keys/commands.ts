/** What each command of the shortcuts does. */
import { assertNever } from '#contract/result';
import type { AppState } from '../state/app.svelte';
import { fieldOrder, orderAfterPress } from '../state/sort-order';
import { focusRegion, isFocusIn, moveRegion } from './regions';
import type { Command } from './shortcuts';

/** Does it; false where it makes no sense now, so that the key keeps its own meaning. */
export function runCommand(command: Command, app: AppState): boolean {
  switch (command) {
    case 'show-help':
      app.dialog = 'help';
      return true;
    case 'show-palette':
      app.dialog = 'palette';
      return true;
    case 'toggle-theme':
      app.preferences.nextTheme();
      return true;
    case 'toggle-density':
      app.preferences.toggleDensity();
      return true;
    case 'toggle-zone':
      app.preferences.toggleZone();
      return true;
    case 'choose-zone':
      app.dialog = 'zone';
      return true;
    case 'open':
      if (app.session.info?.nativeDialogs === true) void app.session.pick('folder');
      else app.dialog = 'open';
      return true;
    default:
      return app.session.isOpen && investigate(command, app);
  }
}

const anywhere = [
  'choose-zone',
  'open',
  'show-help',
  'show-palette',
  'toggle-density',
  'toggle-theme',
  'toggle-zone',
] as const;
type InvestigateCommand = Exclude<Command, (typeof anywhere)[number]>;

/** Whether a command can be given while no archive is open. */
export function needsNoArchive(command: Command): boolean {
  return anywhere.some((known) => known === command);
}

function investigate(command: InvestigateCommand, app: AppState): boolean {
  switch (command) {
    case 'add':
      if (app.session.info?.nativeDialogs === true) void app.session.pick('folder', 'add');
      else app.dialog = 'add';
      return true;
    case 'choose-span':
      app.dialog = 'span';
      return true;
    case 'show-report':
      if (app.session.report === null) return false;
      app.dialog = 'report';
      return true;
    case 'show-integrity':
      app.showIntegrity();
      return true;
    case 'toggle-duplicates':
      app.query.showDuplicates(!app.query.withDuplicates);
      return true;
    case 'close':
      if (!app.compare.isOpen) {
        // Where the detail lies over the list, the way back to the list takes it away.
        if (app.layout.isNarrow) app.layout.isDetailShown = false;
        return focusRegion('events');
      }
      if (!isFocusIn('query') || !focusRegion('comparison')) app.compare.close();
      return true;
    case 'compare-marked':
      app.compareMarked();
      return true;
    case 'compare-next-call':
      return app.compareSameCall('next');
    case 'compare-previous-call':
      return app.compareSameCall('previous');
    case 'copy-path':
      app.copyPath();
      return true;
    case 'copy-record':
      if (app.detail.event === null) return false;
      void app.toasts.copy(app.detail.event.raw, 'Raw record');
      return true;
    case 'fit-timeline':
      if (app.compare.isOpen) return false;
      void app.zoomToMatches();
      return true;
    case 'focus-query':
      return focusRegion('query');
    case 'history-back':
      app.query.back();
      return true;
    case 'history-forward':
      app.query.forward();
      return true;
    case 'next-change':
      app.compare.view.stepPlace(1);
      return true;
    case 'next-compared':
      void app.compare.step(1);
      return true;
    case 'next-event':
      app.selection.step(1);
      return true;
    case 'next-hit':
    case 'previous-hit':
      if (app.groups.isOpen || !app.layout.isDetailShown) return false;
      return app.detail.hits.step(command === 'next-hit' ? 1 : -1);
    case 'next-region':
      moveRegion(1);
      return true;
    case 'next-spike':
    case 'previous-spike':
      if (app.compare.isOpen) return false;
      app.goToSpike(command === 'next-spike' ? 1 : -1);
      return true;
    case 'previous-change':
      app.compare.view.stepPlace(-1);
      return true;
    case 'previous-compared':
      void app.compare.step(-1);
      return true;
    case 'previous-event':
      app.selection.step(-1);
      return true;
    case 'previous-region':
      moveRegion(-1);
      return true;
    case 'swap-sides':
      app.compare.swap();
      return true;
    case 'toggle-detail-tab':
      app.detail.tab = app.detail.tab === 'tree' ? 'raw' : 'tree';
      return true;
    case 'toggle-groups':
      if (app.groups.isOpen) app.groups.close();
      else app.groups.open();
      return true;
    case 'toggle-noise':
      app.compare.toggleNoise();
      return true;
    case 'toggle-rest':
      app.compare.view.toggleRest();
      return true;
    case 'toggle-sort':
      app.query.setSort(orderAfterPress(app.query.sort, fieldOrder(app.query.sort).field));
      return true;
    default:
      return assertNever(command);
  }
}
