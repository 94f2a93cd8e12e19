/** All that is said about Trailglass itself. */
export const texts = {
  about: {
    title: 'About Trailglass',
    purpose: 'Reads AWS CloudTrail logs on this computer. It opens no connection and changes none of your files.',
    facts: { version: 'Version', runsIn: 'Runs in', licence: 'Licence' },
    runsIn: { electron: 'its own window', browser: 'a browser' },
    licence: 'MIT',
    licences: 'Licences',
    diagnostics: 'Copy diagnostics…',
  },
  licences: {
    title: 'Licences',
    beside:
      'The desktop app also holds Electron and Chromium: LICENSE.electron.txt and LICENSES.chromium.html lie beside the program.',
    of: (part: string) => `Licence of ${part}`,
  },
  diagnostics: {
    title: 'Copy diagnostics',
    what: 'For a report of a fault. This is all that is copied: versions, this computer, counts, and codes of what happened. No names, paths or events of what is open.',
    copy: 'Copy',
    /** What was copied. */
    copied: 'Diagnostics',
  },
} as const;
