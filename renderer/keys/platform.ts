/** True where Command is the key that Ctrl is elsewhere. */
export const isMac = /mac/i.test(navigator.platform);
