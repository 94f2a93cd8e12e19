/** Electron's menus: what is in them, and what a click does. */
import { BrowserWindow } from './browser-window';
import { guarded, inside } from './guard';

interface Template {
  readonly label?: string;
  readonly role?: string;
  readonly type?: string;
  readonly id?: string;
  readonly enabled?: boolean;
  readonly visible?: boolean;
  readonly checked?: boolean;
  readonly accelerator?: string;
  readonly submenu?: readonly Template[] | Menu;
  readonly click?: (item: MenuItem, window: BrowserWindow | null, event: object) => void;
}

/** What the roles do that a test can see; the others are known by name only. */
const roles: Readonly<Record<string, (window: BrowserWindow | null) => void>> = {
  close: (window) => window?.close(),
  reload: (window) => window?.webContents.reload(),
  togglefullscreen: (window) => window?.setFullScreen(!window.isFullScreen()),
  zoomIn: (window) => void (window && (window.webContents.zoomFactor *= 1.1)),
  zoomOut: (window) => void (window && (window.webContents.zoomFactor /= 1.1)),
  resetZoom: (window) => void (window && (window.webContents.zoomFactor = 1)),
};

/** What Electron calls a role where the app gives it no label. */
const roleLabels: Readonly<Record<string, string>> = {
  editMenu: 'Edit',
  windowMenu: 'Window',
  quit: 'Quit',
  resetZoom: 'Actual Size',
  zoomIn: 'Zoom In',
  zoomOut: 'Zoom Out',
  togglefullscreen: 'Toggle Full Screen',
};

export class MenuItem {
  readonly label: string;
  readonly role: string | undefined;
  readonly type: string;
  readonly id: string;
  readonly accelerator: string | undefined;
  readonly submenu: Menu | undefined;
  enabled: boolean;
  visible: boolean;
  checked: boolean;
  private readonly onClick: Template['click'];

  constructor(template: Template) {
    const { label, role, type, submenu, enabled = true, visible = true, checked = false } = template;
    if (label === undefined && role === undefined && type !== 'separator')
      throw new Error('Invalid template for MenuItem');
    this.label = label ?? roleLabels[role ?? ''] ?? role ?? '';
    this.role = role;
    this.type = type ?? (submenu === undefined ? 'normal' : 'submenu');
    this.id = template.id ?? '';
    this.accelerator = template.accelerator;
    this.submenu = Array.isArray(submenu) ? Menu.buildFromTemplate(submenu) : (submenu as Menu | undefined);
    this.enabled = enabled;
    this.visible = visible;
    this.checked = checked;
    this.onClick = template.click;
  }

  click(): void {
    if (!this.enabled) return;
    const window = BrowserWindow.getFocusedWindow();
    if (this.onClick !== undefined) this.onClick(guarded(this as MenuItem, 'MenuItem'), window, {});
    else if (this.role === 'quit') quitter.quit();
    else roles[this.role ?? '']?.(window && inside(window));
  }
}

/** Set by the module: `app` knows windows, not menus. */
export const quitter = { quit: (): void => undefined };

export class Menu {
  readonly items: MenuItem[] = [];
  private static application: Menu | null = null;
  static lastPopup: Menu | null = null;

  static buildFromTemplate(template: readonly Template[]): Menu {
    const menu = new Menu();
    for (const each of template) menu.append(new MenuItem(each));
    return guarded(menu, 'Menu');
  }

  static setApplicationMenu(menu: Menu | null): void {
    Menu.application = menu;
  }

  static getApplicationMenu(): Menu | null {
    return Menu.application;
  }

  append(item: MenuItem): void {
    this.items.push(guarded(item, 'MenuItem'));
  }

  popup(): void {
    Menu.lastPopup = this;
  }

  getMenuItemById(id: string): MenuItem | null {
    for (const item of this.items) {
      const found = item.id === id ? item : (item.submenu?.getMenuItemById(id) ?? null);
      if (found !== null) return found;
    }
    return null;
  }
}
