/** The licences of what is built into Trailglass, whole, as their authors ask. */
import assemblyScript from '../../../node_modules/assemblyscript/LICENSE?raw';
import d3 from '../../../node_modules/d3-scale/LICENSE?raw';
import miniSearch from '../../../node_modules/minisearch/LICENSE.txt?raw';
import svelte from '../../../node_modules/svelte/LICENSE.md?raw';
import valibot from '../../../node_modules/valibot/LICENSE.md?raw';
import trailglass from '../../../LICENSE?raw';

export const licences: readonly { readonly part: string; readonly text: string }[] = [
  { part: 'Trailglass', text: trailglass },
  { part: "AssemblyScript's runtime", text: assemblyScript },
  { part: 'D3: scale, and the parts it is made of', text: d3 },
  { part: 'MiniSearch', text: miniSearch },
  { part: 'Svelte', text: svelte },
  { part: 'Valibot', text: valibot },
];
