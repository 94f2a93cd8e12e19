/** The fields of the open data: for completion, the pickers, and to tell a field test from a word. */
import type { FieldInfo } from '#contract/query';
import { namedField } from '#core/fields';
import { createFieldLookup, type FieldLookup } from '#core/query/field-lookup';
import type { Host } from '../host/host';

export class Fields implements FieldLookup {
  private readonly host: Host;
  private isLoading = false;
  private isStale = false;
  list = $state.raw<readonly FieldInfo[]>([]);
  private readonly lookup = $derived(createFieldLookup(this.list.map((field) => field.name)));
  private readonly labels = $derived(new Map(this.list.map((field) => [field.name, field.label])));

  constructor(host: Host) {
    this.host = host;
  }

  /** Loads the list again. Requests made while one is running become one more after it. */
  async load(): Promise<void> {
    this.isStale = this.isLoading;
    if (this.isLoading) return;
    this.isLoading = true;
    try {
      this.list = await this.host.call('field.list', null);
    } catch {
      // Without the list every name but the short ones reads as a word; the next load corrects that.
      this.list = [];
    } finally {
      this.isLoading = false;
    }
    if (this.isStale) await this.load();
  }

  clear(): void {
    this.list = [];
  }

  /** True for a short name, for a path in the data and for the beginning of one, in any case. */
  has(name: string): boolean {
    return this.lookup.has(name);
  }

  /** How a field is headed: `Service`, or the path itself. */
  label(name: string): string {
    return namedField(name)?.label ?? this.labels.get(name) ?? name;
  }
}
